"""Pictures of every state of a screen, in every size, theme and language, for the make_*screens commands."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from station.ui.application import prepare
from station.ui.language import speak

SIZES = ((1366, 768), (1920, 1080), (1280, 720))
THEMES = ("day", "night", "sun")
LANGUAGES = ("zh", "en")

# Renders a state, by its name, in this size and theme to this file.
Render = Callable[[str, tuple[int, int], str, Path], None]


def take_pictures(states: Collection[str], render: Render) -> None:
    """As the command line says: FOLDER [WORD…]; words pick states, sizes, themes or languages."""
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    prepare(application, "zh")
    for language in LANGUAGES:
        translator = speak(application, language)
        for name, size, theme in itertools.product(states, SIZES, THEMES):
            labels = [name, f"{size[0]}", theme, language]
            if all(word in labels for word in words):
                render(name, size, theme, folder / f"{'-'.join(labels)}.png")
        if translator:
            application.removeTranslator(translator)
