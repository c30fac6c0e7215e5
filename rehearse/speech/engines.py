"""The libraries that run models are loaded one after the other.

CTranslate2 and ONNX Runtime may share their table of types (pybind11 does that where both were
built with the same version, as for Python 3.10). The second one that is loaded while the first is
still filling that table ends the whole process with a segmentation fault.
"""

from __future__ import annotations

import threading

LOADING = threading.RLock()
"""Held while one of them, or what imports it, is imported."""
