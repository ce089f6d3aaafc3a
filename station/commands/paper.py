"""What printing needs in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication


@contextmanager
def letters() -> Iterator[QCoreApplication]:
    """Fonts need an application; where no window is open, one that asks for no display."""
    application = QGuiApplication.instance() or QGuiApplication(["station", "-platform", "offscreen"])
    yield application
