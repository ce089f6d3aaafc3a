"""The screen's words in a terminal: their translation needs a Qt application, which shows nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from station.assets import ASSETS
from station.commands.words import in_english


@contextmanager
def speaking() -> Iterator[None]:
    """Within, what `station.ui` says is in the terminal's language; Chinese is in the source."""
    if not in_english():
        yield
        return
    from PySide6.QtCore import QCoreApplication, QTranslator  # 18 MB that Chinese does not need

    translator = QTranslator()
    if not translator.load(str(ASSETS / "i18n" / "en.qm")):
        yield
        return
    application = QCoreApplication.instance() or QCoreApplication(["station"])
    application.installTranslator(translator)
    try:
        yield
    finally:
        application.removeTranslator(translator)
