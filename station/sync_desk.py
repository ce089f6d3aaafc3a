"""The center section of the admin page, at the gate that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from station.app import Station
from station.center_desk import granted
from station.center_link import CenterLink
from station.core.contact import CenterStatus, Trouble
from station.journal.errors import JournalError, VaultError
from station.sync.wishes import Granted, Wish
from station.ui import center_words, enrol_words
from station.ui.admin.sync_desk import Belonging, SyncDeskError

translate = QCoreApplication.translate


class StationSyncDesk:
    """`ui.admin.sync_desk.SyncDesk`. `station` gives None while the journal is not open."""

    def __init__(self, station: Callable[[], Station | None]) -> None:
        self._station = station

    def status(self) -> CenterStatus:
        running = self._station()
        return running.center.status if running else CenterStatus()

    def belonging(self) -> Belonging | None:
        try:
            found = self._link().desk.enrolment()
        except (JournalError, VaultError) as error:
            raise SyncDeskError(translate("words", "这台电脑的登记本读不了：{}").format(error)) from error
        return Belonging(found.url, found.name) if found else None

    def now(self) -> None:
        running = self._station()
        if running:
            running.center.now()

    def oldest_pending(self) -> datetime | None:
        try:
            return self._link().desk.oldest_pending()
        except JournalError as error:
            raise SyncDeskError(translate("words", "这台电脑的登记本读不了：{}").format(error)) from error

    def enrol(self, url: str, code: str) -> str:
        return self._do(Wish("enrol", url, code)).name

    def export(self, to: Path) -> tuple[Path, int]:
        done = self._do(Wish("export", file=str(to)), stick=True)
        return Path(done.name), done.pending

    def take(self, file: Path) -> int:
        return self._do(Wish("import", file=str(file)), stick=True).pages

    def _do(self, wish: Wish, *, stick: bool = False) -> Granted:
        done = granted(self._link().desk, wish)
        if not done.problem:
            return done
        words = enrol_words.problem(done.problem, QCoreApplication.translate, stick=stick)
        if not words and done.trouble:
            words = center_words.trouble(Trouble(done.trouble), QCoreApplication.translate)
        raise SyncDeskError(words or done.detail)

    def _link(self) -> CenterLink:
        running = self._station()
        if running is None:
            raise SyncDeskError(translate("words", "大门的登记本还没打开，请过一会儿再试"))
        return running.center
