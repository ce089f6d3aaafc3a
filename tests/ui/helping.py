"""The gate's window with a journal behind its calls for help, and a center that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.contact import CenterStatus, Link
from station.help_office import HelpOffice
from station.ui.holding import HOLD_S
from tests.calling import AtTheGate
from tests.ui import scenes
from tests.ui.states import Stand

PHONE = "0571-8888 0000"
ANSWER = "可以进。他是 3 幢 501 的租客，昨天登记的，名单今天下午更新；请他把身份证给您看一眼。"


class HelpStand:
    """A stand whose lane has a help desk."""

    def __init__(self, folder: Path, stand: Stand) -> None:
        self.stand, self.window = stand, stand.window
        self.gate = AtTheGate(folder, stand.bridge.publish)
        self._running: AtTheGate | None = self.gate
        self.office = HelpOffice(
            *(stand.window, stand.bridge, lambda: self._running, lambda: PHONE),
            monotonic=stand.clock.monotonic,
            now=lambda: self.gate.now,
        )
        stand.window.wardrobe.dress()

    @classmethod
    def open(cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day") -> HelpStand:
        return cls(folder, Stand.open(size, theme))

    @property
    def page(self) -> str:
        """All that the page says, or nothing."""
        page = self.window.pages.help
        if not page.isVisible():
            return ""
        return " | ".join([page.title.text(), page._how.accessibleName(), page._next.accessibleName()])

    @property
    def bar(self) -> str:
        return self.window.sidelines.bar.accessibleName()

    def hold(self, seconds: float = HOLD_S + 0.1, key: Qt.Key = Qt.Key.Key_Space) -> None:
        QTest.keyPress(self.window, key)
        self.pass_hold(seconds)
        QTest.keyRelease(self.window, key)

    def pass_hold(self, seconds: float) -> None:
        self.stand.clock.advance(seconds)
        self.office.holding.tick()

    def lane(self, seconds: float = 1.0) -> None:
        """The lane's loop goes on."""
        self.gate.pass_time(seconds)
        QApplication.processEvents()
        self.window.tick()

    def close(self) -> None:
        self._running = None
        self.gate.journal.close()


def _whistled(at: HelpStand) -> str:
    at.stand.tell(scenes.stranger())
    at.hold()
    return at.window.pages.help.case


def _calling(at: HelpStand) -> None:
    _whistled(at)


def _not_out(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.OFFLINE)
    _whistled(at)
    at.lane()


def _without_center(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.NONE)
    _whistled(at)
    at.lane()


def _asked_without_center(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.NONE)
    _asked(at)
    at.lane()


def _fainted_offline(at: HelpStand) -> None:
    _not_out(at)
    at.stand.type("3")
    at.lane()


def _received(at: HelpStand) -> None:
    _whistled(at)
    at.gate.send()
    at.window.pages.help.offer_picture()
    at.stand.type("1")
    at.lane()


def _on_the_way(at: HelpStand) -> None:
    case = _whistled(at)
    at.gate.send()
    at.gate.answer(case, "马上来", state="going", going="社区民警小李")
    at.lane()
    at.lane()


def _bar_calling(at: HelpStand) -> None:
    _not_out(at)
    at.stand.press(Qt.Key.Key_Escape)


def _bar_on_the_way(at: HelpStand) -> None:
    _on_the_way(at)
    at.stand.press(Qt.Key.Key_Escape)


def _holding(at: HelpStand) -> None:
    QTest.keyPress(at.window, Qt.Key.Key_Space)
    at.pass_hold(HOLD_S * 0.7)


def _question(at: HelpStand) -> None:
    at.stand.tell(scenes.stranger())
    at.stand.press(Qt.Key.Key_F8)
    at.stand.press(Qt.Key.Key_F2)


def _verdict_or_ask(at: HelpStand) -> None:
    at.stand.tell(scenes.stranger())
    at.stand.press(Qt.Key.Key_F8)


def _asked(at: HelpStand) -> str:
    _question(at)
    at.stand.clock.advance(1)
    at.stand.type("1")
    return at.gate.desk.followed().helps[0].id


def _asked_offline(at: HelpStand) -> None:
    at.gate.status = CenterStatus(Link.OFFLINE)
    _asked(at)


def _answered(at: HelpStand) -> None:
    case = _asked(at)
    at.gate.send()
    at.gate.answer(case, ANSWER)
    at.lane()
    at.lane()


def _answer_page(at: HelpStand) -> None:
    _answered(at)
    at.stand.press(Qt.Key.Key_Escape)


HELP_STATES: dict[str, Callable[[HelpStand], None]] = {
    "holding": _holding,
    "calling": _calling,
    "not_out": _not_out,
    "without_center": _without_center,
    "asked_without_center": _asked_without_center,
    "fainted_offline": _fainted_offline,
    "received": _received,
    "on_the_way": _on_the_way,
    "bar_calling": _bar_calling,
    "bar_on_the_way": _bar_on_the_way,
    "verdict_or_ask": _verdict_or_ask,
    "question": _question,
    "asked_offline": _asked_offline,
    "answered": _answered,
    "answer_page": _answer_page,
}
