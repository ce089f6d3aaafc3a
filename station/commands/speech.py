"""The screen's words in a terminal: their translation needs a Qt application, which shows nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QTranslator

from station.commands.words import in_english
from station.judge import ASSETS


@contextmanager
def speaking() -> Iterator[None]:
    """Within, what `station.ui` says is in the terminal's language; Chinese is in the source."""
    translator = QTranslator()
    if not in_english() or not translator.load(str(ASSETS / "i18n" / "en.qm")):
        yield
        return
    application = QCoreApplication.instance() or QCoreApplication(["station"])
    application.installTranslator(translator)
    try:
        yield
    finally:
        application.removeTranslator(translator)
