"""Switches off the reports that libraries send to their makers, before they are imported.

Each reads its variable once, when it is imported or first used; child processes inherit all.
"""

from __future__ import annotations

import os

OFF = {
    # onnxruntime from 1.29 on, on Linux and macOS: the machine, its model files and an id that it
    # keeps in the user's cache, to Microsoft.
    "ORT_DISABLE_TELEMETRY": "1",
    # huggingface_hub and hf_xet: what is installed beside them, and how a download went.
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Whoever else asks.
    "DO_NOT_TRACK": "1",
}


def switch_off() -> None:
    os.environ.update(OFF)
