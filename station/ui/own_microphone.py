"""The microphone of this PC, with Qt Multimedia. Where there is none, or no sound library, it says so."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from station.ui.microphone import Deaf, Microphone

log = logging.getLogger(__name__)


def microphone(parent: QObject) -> Microphone:
    """The PC's own."""
    try:
        from station.ui.microphone_qt import QtMicrophone
    except ImportError as error:  # no libpulse on this PC
        log.warning("no microphone: %s", error)
        return Deaf()
    return QtMicrophone(parent)
