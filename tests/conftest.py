from __future__ import annotations

from tests.pulse import own_pulse, pulse, sound

__all__ = ["own_pulse", "pulse", "sound"]
