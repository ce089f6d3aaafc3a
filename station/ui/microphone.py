"""A microphone of this PC, with Qt Multimedia. Where there is none, or no sound library, it says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

log = logging.getLogger(__name__)

RATES = (24_000, 48_000, 44_100)  # the first that it can do

Heard = Callable[[bytes], None]  # mono samples of 16 bit, as they come


class Microphone(Protocol):
    @property
    def name(self) -> str:
        """What the system calls it; "" if there is none."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    def listen(self, heard: Heard) -> bool:
        """Whether it could be opened."""

    def stop(self) -> None: ...


class Deaf:
    """Where there is none."""

    name, rate = "", RATES[0]

    def listen(self, heard: Heard) -> bool:
        return False

    def stop(self) -> None:
        """Nothing was opened."""


def microphone(parent: QObject) -> Microphone:
    """The PC's own."""
    try:
        from station.ui.microphone_qt import QtMicrophone
    except ImportError as error:  # no libpulse on this PC
        log.warning("no microphone: %s", error)
        return Deaf()
    return QtMicrophone(parent)
