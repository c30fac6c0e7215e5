from __future__ import annotations

from tests.pulse import own_pulse, pulse, sound
from tests.spoken import candidate, spoken

__all__ = ["candidate", "own_pulse", "pulse", "sound", "spoken"]
