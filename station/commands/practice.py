"""`station practice`: learn the gate with thirty invented people, without touching the real one."""

from __future__ import annotations

import argparse

from station.commands.journal import storage_words
from station.commands.result import CommandError, Exit
from station.commands.words import translate
from station.settings import SettingsError, load_settings


def practise(arguments: argparse.Namespace) -> Exit:
    """In a folder of its own, which is gone at the end; of the real one only the settings are read."""
    from station import practice_screen  # a window needs libraries that a headless PC may not have

    try:
        like = load_settings(arguments.data)
    except SettingsError as error:
        raise CommandError(translate("cli", "设置有误：{}").format(error)) from error
    with storage_words():
        return Exit(practice_screen.run(like))
