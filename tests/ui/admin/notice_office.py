"""The section of notices and tasks over a gate, with what a test makes up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from station.ui.admin.notice_desk import CenterTaskLine, NoticeLine
from station.ui.admin.notice_section import NoticeSection
from tests.ui import scenes
from tests.ui.admin.over_gate import OverGate, admin_over
from tests.ui.states import Stand

HOUR = timedelta(hours=1)
LONG = "今天夜里全区停水检修，请住在高层的居民提前存水；老人和病人家请志愿者上门说一声。" * 3


@dataclass
class FakeDesk:
    """`NoticeDesk`; reading marks as read, as the real one does."""

    has: list[NoticeLine] = field(default_factory=list)
    to_do: list[CenterTaskLine] = field(default_factory=list)

    def notices(self) -> Sequence[NoticeLine]:
        found, self.has = self.has, [replace(one, read=True) for one in self.has]
        return found

    def tasks(self) -> Sequence[CenterTaskLine]:
        return sorted(self.to_do, key=lambda one: one.done)

    def tick(self, tasks: Sequence[CenterTaskLine], *, done: bool) -> None:
        ids = {one.id for one in tasks}
        self.to_do = [replace(one, done=done) if one.id in ids else one for one in self.to_do]


@dataclass
class NoticeOffice(OverGate):
    desk: FakeDesk

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> NoticeOffice:
        gate, desk = Stand.open(size, theme), FakeDesk()
        admin = admin_over(
            gate,
            lambda host: NoticeSection(host, desk, now=lambda: scenes.NOW),
        )
        return cls(gate, admin, desk)

    @property
    def section(self) -> NoticeSection:
        return self.only(NoticeSection)

    def show(self) -> NoticeSection:
        self.admin.open()
        QApplication.processEvents()
        return self.section

    def give(self, notices: int = 1, tasks: int = 2) -> None:
        now = scenes.NOW
        urgent = NoticeLine(now - HOUR, "今晚停水", "八点到十点，请提前存水。", urgent=True, read=False)
        usual = NoticeLine(now - 5 * HOUR, "<b>值班表</b>换了", LONG, urgent=False, read=True)
        self.desk.has = [urgent, *[usual] * (notices - 1)][:notices]
        texts = ("看看 3-2-501 的张大爷吃药没有", "给 5 号楼送药", "把旧的出入证收回来")
        self.desk.to_do = [
            CenterTaskLine(str(number), now - HOUR, text, due, done=False, late=due is not None and due < now)
            for number, text in enumerate((texts * 10)[:tasks])
            for due in [now + (2 * number - 1) * HOUR if number < 2 else None]
        ]


def _nothing(office: NoticeOffice) -> None:
    office.show()


def _usual(office: NoticeOffice) -> None:
    office.give(2, 3)
    office.show()


def _many(office: NoticeOffice) -> None:
    office.give(12, 20)
    section = office.show()
    section.table.mark([office.desk.to_do[0]])


STATES: dict[str, Callable[[NoticeOffice], None]] = {"nothing": _nothing, "usual": _usual, "many": _many}
