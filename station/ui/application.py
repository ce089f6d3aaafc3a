"""What is set once for the whole program before the first window: style, letters, language."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyleFactory

from station.ui.language import speak
from station.ui.theme import load_fonts


def prepare(application: QApplication, language: str) -> None:
    """Make every PC show the same: Fusion style, the bundled fonts, and `language` (zh or en).

    Raises FileNotFoundError for a missing font or an unknown language.
    """
    application.setStyle(QStyleFactory.create("Fusion"))
    load_fonts(application)
    speak(application, language)
