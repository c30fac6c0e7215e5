from __future__ import annotations

from tests.pulse import own_pulse, pulse, sound
from tests.spoken import spoken

__all__ = ["own_pulse", "pulse", "sound", "spoken"]
