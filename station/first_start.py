"""The wizard put together: before the first start with nothing open, and over a gate that runs.

What is chosen is written by `station.settings_file`, all at once, at the end.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from station.center_alone import alone
from station.center_desk import BUSY, granted
from station.core.contact import Trouble
from station.core.operators import OperatorError
from station.core.override import Role
from station.device_setup import DeviceSetup
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.operators import Operators as JournalOperators
from station.journal.recovery import new_key
from station.reports.passes import PrintError
from station.reports.recovery_sheet import write_sheet
from station.running.single_instance import First, claim
from station.running.window_life import to_front
from station.settings import Settings, SettingsError, load_settings
from station.settings_file import change_settings
from station.sync.wishes import Granted, Wish
from station.ui import center_words, enrol_words, operator_words
from station.ui import words as screen_words
from station.ui.admin import desk_words
from station.ui.admin.bench import Bench, SaveError
from station.ui.admin.desk import DeskError
from station.ui.application import prepare
from station.ui.bridge import Bridge
from station.ui.theme import ASSETS, load_theme
from station.ui.wizard import words
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.draft import Value
from station.ui.wizard.window import Wizard
from station.version import version

Enrol = Callable[[str, str], str]  # address and code to how the center calls us; raises NotEnrolledError


def run(data: Path) -> Settings | None:
    """Show the wizard in a window of its own; returns the settings after it, changed or not.

    None: this folder has a window already, the gate's or another wizard's. Raises SettingsError for a file
    that cannot be used.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    settings = load_settings(data)
    prepare(application, settings.language)
    first = claim(data)
    if first is None:
        return None
    try:
        _show(application, data, settings, first)
    finally:
        first.close()
    return load_settings(data)


def _show(application: QApplication, data: Path, settings: Settings, first: First) -> None:
    desk = Desk.before_the_start(data)
    theme = load_theme("day" if settings.theme == "auto" else settings.theme)
    window = QWidget()
    wizard = Wizard(window, desk, theme=theme, language=settings.language, alone=True)
    window.setWindowTitle(words.set_up_title())
    wizard.finished.connect(lambda changes: application.quit())
    wizard.left.connect(application.quit)
    window.showMaximized()
    first.raised.connect(lambda: to_front(window))
    wizard.open()
    application.exec()
    wizard.step.leave()
    window.deleteLater()


class Desk:
    """`ui.wizard.desk.WizardDesk` on the real devices and settings."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        save: Callable[[Mapping[str, Value]], None],
        enrol: Enrol,
        operators: Operators,
        gate: Bridge | None = None,
    ) -> None:
        """`save` raises SaveError; `gate` brings what an open gate's devices publish."""
        self._settings, self._save, self._enrol, self._gate = settings, save, enrol, gate
        self._operators = operators
        self._bench = DeviceSetup(settings, lambda changes: None)

    @classmethod
    def before_the_start(cls, data: Path) -> Desk:
        """Nothing is open yet; of the settings none is used before the end."""

        def save(changes: Mapping[str, Value]) -> None:
            try:
                change_settings(data, changes)
            except SettingsError as error:
                raise SaveError(str(error)) from error

        enrol = functools.partial(enrol_alone, data)
        return cls(lambda: _UNUSED, save, enrol, OperatorsBefore(data))

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
    def has_operators(self) -> bool:
        return self._operators.used()

    def make_admin(self, number: str, pin: str) -> None:
        try:
            self._operators.add(number, words.first_admin(), Role.ADMIN, pin)
        except DeskError as error:
            raise SaveError(str(error)) from error

    def new_recovery(self) -> str:
        try:
            return self._operators.new_recovery()
        except DeskError as error:
            raise SaveError(str(error)) from error

    def write_recovery(self, path: Path, key: str) -> None:
        self._operators.write_recovery(path, key)

    def enrol(self, address: str, code: str) -> str:
        return self._enrol(address, code)

    def save(self, changes: Mapping[str, Value]) -> None:
        self._save(changes)


class Operators(Protocol):
    """Of a gate that runs, or of one that was never opened."""

    def used(self) -> bool: ...

    def add(self, number: str, name: str, role: Role, pin: str) -> None:
        """Raises DeskError."""

    def new_recovery(self) -> str:
        """Of whoever was made first. Raises DeskError."""

    def write_recovery(self, path: Path, key: str) -> None:
        """Raises DeskError."""


class OperatorsBefore:
    """While no gate is open: the journal is ours for a moment."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def used(self) -> bool:
        """Nobody before there is a journal; a journal that does not open makes nobody either."""
        if not any(self._data.glob("journal*")):
            return False
        try:
            with Journal.open(self._data, now=_utc_now) as journal:
                return JournalOperators(journal).any()
        except (JournalError, VaultError):
            return False

    def add(self, number: str, name: str, role: Role, pin: str) -> None:
        with self._journal() as journal:
            JournalOperators(journal).add(number, name, role, pin)

    def new_recovery(self) -> str:
        with self._journal() as journal:
            first = JournalOperators(journal).all()[0]
            return new_key(journal, by=first.who, now=_utc_now())

    def write_recovery(self, path: Path, key: str) -> None:
        try:
            write_sheet(path, key, load_settings(self._data).gate, _utc_now().astimezone())
        except (PrintError, SettingsError) as error:
            raise DeskError(desk_words.not_written(str(error))) from error

    @contextmanager
    def _journal(self) -> Iterator[Journal]:
        try:
            with Journal.open(self._data, now=_utc_now) as journal:
                yield journal
        except OperatorError as error:
            raise DeskError(operator_words.problem(error.problem)) from error
        except JournalError as error:
            raise DeskError(screen_words.problem(error.problem).sentence) from error
        except VaultError as error:
            raise DeskError(str(error)) from error


def _utc_now() -> datetime:
    return datetime.now(UTC)


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
