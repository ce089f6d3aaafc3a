"""The language of the screen: Chinese is in the source, others are compiled from `assets/i18n/*.ts`."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from station.ui.theme import ASSETS

SOURCE = "zh"
LANGUAGES = (SOURCE, "en")


def speak(application: QApplication, language: str) -> QTranslator | None:
    """Make the screen speak `language` (zh or en); call before the first window. Raises FileNotFoundError.

    In Chinese these are Qt's own words, as in its file dialog; without Qt's file they stay English.
    The translator belongs to the application; it is returned so that a test can take it out again.
    """
    translator = QTranslator(application)
    if language == SOURCE:
        if not translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            return None
    elif not translator.load(str(ASSETS / "i18n" / f"{language}.qm")):
        raise FileNotFoundError(f"no translation for language {language!r}")
    application.installTranslator(translator)
    return translator
