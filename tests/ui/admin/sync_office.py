"""The center section of the admin page, over a gate, with a center that a test makes up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from station.core.contact import Alarm, CenterStatus, ClockState, Link, Trouble
from station.settings import MOST_OF_DOCTOR
from station.ui.admin.sync_desk import Belonging, SyncDeskError
from station.ui.admin.sync_section import SyncSection
from station.ui.desk_error import DeskError
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand


@dataclass
class FakeDesk:
    """`SyncDesk`; what was asked of it is in `asked`."""

    now_is: CenterStatus = field(default_factory=CenterStatus)
    belongs: Belonging | None = None
    refusal: str = ""
    asked: list[str] = field(default_factory=list)
    pages: int = 3  # of a stick

    def status(self) -> CenterStatus:
        return self.now_is

    def belonging(self) -> Belonging | None:
        return self.belongs

    def now(self) -> None:
        self.asked.append("now")

    def oldest_pending(self) -> datetime | None:
        return scenes.NOW - timedelta(hours=5) if self.now_is.pending else None

    def enrol(self, url: str, code: str) -> str:
        self._hear(f"enrol {url} {code}")
        self.belongs = Belonging(url, "东门")
        self.now_is = CenterStatus(Link.ONLINE, last_contact=scenes.NOW, lists_as_of=scenes.NOW)
        return "东门"

    def export(self, to: Path) -> tuple[Path, int]:
        self._hear(f"export {to}")
        return to / "kakou-东门-1650000000.kkb", 12

    def take(self, file: Path) -> int:
        self._hear(f"take {file}")
        return self.pages

    def _hear(self, asked: str) -> None:
        self.asked.append(asked)
        if self.refusal:
            raise SyncDeskError(self.refusal)


@dataclass
class FakePhone:
    """`PhoneDesk`, with the number that holds."""

    holds: str = "12345"
    refusal: str = ""
    longest: int = MOST_OF_DOCTOR

    def number(self) -> str:
        return self.holds

    def keep(self, number: str) -> None:
        if self.refusal:
            raise DeskError(self.refusal)
        self.holds = number


@dataclass
class SyncOffice(OverGate):
    desk: FakeDesk
    phone: FakePhone

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> SyncOffice:
        gate, desk, phone = Stand.open(size, theme), FakeDesk(), FakePhone()
        admin = admin_over(
            gate,
            lambda host: SyncSection(host, desk, phone, now=lambda: scenes.NOW),
        )
        return cls(gate, admin, desk, phone)

    @property
    def section(self) -> SyncSection:
        return self.only(SyncSection)

    def show(self, status: CenterStatus | None = None) -> SyncSection:
        """Open the admin page; with a status: of an enrolled station."""
        if status:
            self.desk.now_is = status
            self.desk.belongs = Belonging("https://10.0.0.7:8443", "东门")
        self.admin.open()
        QApplication.processEvents()
        return self.section


def _not_enrolled(office: SyncOffice) -> None:
    office.show()


def _online(office: SyncOffice) -> None:
    now = scenes.NOW
    office.show(CenterStatus(Link.ONLINE, last_contact=now, lists_as_of=now, clock=ClockState(0.4, 0.01)))


def _offline(office: SyncOffice) -> None:
    hours = scenes.NOW - timedelta(hours=5)
    office.show(CenterStatus(Link.OFFLINE, Trouble.NO_WAY, 1234, hours, hours))


def _everything_wrong(office: SyncOffice) -> None:
    office.show(
        CenterStatus(
            Link.PAUSED,
            Trouble.OTHER_CERTIFICATE,
            99,
            None,
            None,
            0,
            ClockState(300.0, 0.1),
            frozenset(Alarm),
        )
    )


STATES: dict[str, Callable[[SyncOffice], None]] = {
    "not_enrolled": _not_enrolled,
    "online": _online,
    "offline": _offline,
    "everything_wrong": _everything_wrong,
}
