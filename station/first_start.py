"""The wizard put together: before the first start with nothing open, and over a gate that runs.

What is chosen is written by `station.settings_file`, all at once, at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from station.center_alone import alone
from station.center_desk import BUSY, granted
from station.core.contact import Trouble
from station.device_setup import DeviceSetup
from station.journal.errors import JournalError, VaultError
from station.settings import Settings, SettingsError, load_settings
from station.settings_file import change_settings
from station.sync.wishes import Granted, Wish
from station.ui import center_words, enrol_words
from station.ui.admin.bench import Bench, SaveError
from station.ui.application import prepare
from station.ui.bridge import Bridge
from station.ui.theme import ASSETS, load_theme
from station.ui.wizard import words
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.draft import Value
from station.ui.wizard.window import Wizard
from station.version import version

Enrol = Callable[[str, str], str]  # address and code to how the center calls us; raises NotEnrolledError


def run(data: Path) -> Settings:
    """Show the wizard in a window of its own; returns the settings after it, changed or not.

    Raises SettingsError for a file that cannot be used.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    settings = load_settings(data)
    prepare(application, settings.language)
    desk = Desk.before_the_start(data)
    theme = load_theme("day" if settings.theme == "auto" else settings.theme)
    window = QWidget()
    wizard = Wizard(window, desk, theme=theme, language=settings.language, alone=True)
    window.setWindowTitle(words.set_up_title())
    wizard.finished.connect(lambda changes: application.quit())
    wizard.left.connect(application.quit)
    window.showMaximized()
    wizard.open()
    application.exec()
    wizard.step.leave()
    window.deleteLater()
    return load_settings(data)


class Desk:
    """`ui.wizard.desk.WizardDesk` on the real devices and settings."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        save: Callable[[Mapping[str, Value]], None],
        enrol: Enrol,
        gate: Bridge | None = None,
    ) -> None:
        """`save` raises SaveError; `gate` brings what an open gate's devices publish."""
        self._settings, self._save, self._enrol, self._gate = settings, save, enrol, gate
        self._bench = DeviceSetup(settings, lambda changes: None)

    @classmethod
    def before_the_start(cls, data: Path) -> Desk:
        """Nothing is open yet; of the settings none is used before the end."""

        def save(changes: Mapping[str, Value]) -> None:
            try:
                change_settings(data, changes)
            except SettingsError as error:
                raise SaveError(str(error)) from error

        return cls(lambda: _UNUSED, save, lambda url, code: enrol_alone(data, url, code))

    @property
    def bench(self) -> Bench:
        return self._bench

    @property
    def gate(self) -> Bridge | None:
        return self._gate

    @property
    def voice(self) -> Path:
        return ASSETS / "voice"

    @property
    def admins(self) -> tuple[str, ...]:
        return self._settings().admins

    def enrol(self, address: str, code: str) -> str:
        return self._enrol(address, code)

    def save(self, changes: Mapping[str, Value]) -> None:
        self._save(changes)


def enrol_alone(data: Path, url: str, code: str) -> str:
    """With the journal for ourselves, as long as the gate is not open. Raises NotEnrolledError."""
    try:
        with alone(data, version()) as here:
            said = granted(here.desk, Wish("enrol", url, code))
    except (JournalError, VaultError) as error:
        said = Granted(BUSY, "", str(error))
    if said.problem:
        raise NotEnrolledError(_why_not(said))
    return said.name


def _why_not(said: Granted) -> str:
    """In words, for the person who typed the code."""
    translate = QApplication.translate
    told = enrol_words.problem(said.problem, translate)
    trouble = center_words.trouble(Trouble(said.trouble), translate) if said.trouble else ""
    return told or trouble or enrol_words.problem(BUSY, translate)


_UNUSED = Settings(camera="", thermometer=None)  # no camera counts as taken: nothing is open
