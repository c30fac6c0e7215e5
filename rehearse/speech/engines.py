"""Loads the libraries that run models, one after the other, and ONNX Runtime without its reports.

CTranslate2 and ONNX Runtime may share their table of types (pybind11 does that where both were
built with the same version, as for Python 3.10). The second one that is loaded while the first is
still filling that table ends the whole process with a segmentation fault.
"""

from __future__ import annotations

import threading
from typing import Any

from rehearse.speech import telemetry

LOADING = threading.RLock()
"""Held while one of them, or what imports it, is imported."""


def onnxruntime() -> Any:
    """ONNX Runtime, which reports nothing to its makers. Raises ImportError and OSError."""
    telemetry.switch_off()
    with LOADING:
        import onnxruntime as library

    library.disable_telemetry_events()  # on Windows no variable is asked
    return library
