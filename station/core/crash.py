"""What the window crashed of, as far as anybody knows."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Which part of the program was at work."""

    CAMERA = "camera"
    SERIAL = "serial"
    SYNC = "sync"
    PROGRAM = "program"
    KILLED = "killed"  # nothing was written: killed from outside, or no memory was left
