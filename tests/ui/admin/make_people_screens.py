"""Renders the section about people: `python -m tests.ui.admin.make_people_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `card night en`.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from station.ui.application import prepare
from station.ui.language import speak
from tests.ui.admin.make_screens import LANGUAGES, SIZES, THEMES
from tests.ui.admin.people_office import STATES, PeopleOffice


def render(name: str, size: tuple[int, int], theme: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = PeopleOffice.open(Path(folder), size, theme)
        STATES[name](office)
        office.admin.tick()
        QApplication.processEvents()
        office.gate.window.grab().save(str(path))
        office.close()


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    prepare(application, "zh")
    for language in LANGUAGES:
        translator = speak(application, language)
        for name, size, theme in itertools.product(STATES, SIZES, THEMES):
            labels = [name, f"{size[0]}", theme, language]
            if all(word in labels for word in words):
                render(name, size, theme, folder / f"{'-'.join(labels)}.png")
        if translator:
            application.removeTranslator(translator)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
