"""What is set once for the whole program before the first window: style, letters, language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QStyleFactory

from station.ui.language import SOURCE, speak
from station.ui.theme import load_fonts


def prepare(application: QApplication, language: str) -> None:
    """Make every PC show the same: Fusion style, the bundled fonts, and `language` (zh or en).

    Raises FileNotFoundError for a missing font or an unknown language.
    """
    application.setStyle(QStyleFactory.create("Fusion"))
    load_fonts(application)
    if language == SOURCE:
        speak_of_files(application)
    speak(application, language)


def speak_of_files(application: QApplication) -> QTranslator | None:
    """Qt's own words in Chinese, which its file dialog is made of; without its file they stay English."""
    translator = QTranslator(application)
    if not translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        return None
    application.installTranslator(translator)
    return translator
