"""The self-test section: what is to be done comes first; the ways to practice and set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from station.selftest import Check, Found, Tick
from station.ui.admin.window import AdminWindow
from station.ui.admin.work import Job, Progress
from station.ui.selftest_section import SelfTestSection
from station.ui.theme import Theme, load_theme
from tests.ui.admin.looking import cut_texts, settle
from tests.ui.states import Stand

TICKS = [
    Tick(Check.CAMERA, True, Found.SEES_LIGHT),
    Tick(Check.SOUND, False, Found.NOTHING_TO_HEAR),
    Tick(Check.OFFLINE, None, Found.NOBODY_KNOWN),
]


@dataclass
class AtOnce:
    """A host that does all work at once. `busy`: something else is being done."""

    busy: bool = False
    said: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def theme(self) -> Theme:
        return load_theme("day")

    def work(
        self, what: str, job: Job, done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> bool:
        if not self.busy:
            done(job(Progress(lambda share: None)))
        return not self.busy

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        self.said.append((sentence, trouble))


@dataclass
class Desk:
    can_set_up: bool = True
    refusal: str = ""
    ticks: list[Tick] = field(default_factory=lambda: list(TICKS))
    wizards: int = 0
    recordings: int = 0

    def prepare(self) -> object:
        return "devices"

    def look(self, devices: object) -> Sequence[Tick]:
        assert devices == "devices"
        return self.ticks

    def set_up(self) -> None:
        self.wizards += 1

    def record(self) -> None:
        self.recordings += 1

    def practise(self) -> str:
        return self.refusal


def texts(section: SelfTestSection) -> list[str]:
    return [label.text() for label in section._inner.findChildren(QLabel)]


def test_what_does_not_work_comes_first_with_what_to_do(application: object) -> None:
    section = SelfTestSection(AtOnce(), Desk())
    section.enter()
    shown = texts(section)
    assert shown[0] == "✗"
    assert "→ 插上喇叭" in shown[2]
    assert "1 样不好" in section.verdict.text()
    section.deleteLater()


def test_good_gate_is_ready(application: object) -> None:
    section = SelfTestSection(AtOnce(), Desk(ticks=TICKS[:1]))
    section.enter()
    assert "可以上岗" in section.verdict.text()
    section.deleteLater()


def test_what_could_not_be_tried_is_not_called_well(application: object) -> None:
    locked = Tick(Check.OFFLINE, None, Found.LOCKED)
    section = SelfTestSection(AtOnce(), Desk(ticks=[*ALL_WELL[:-2], locked]))
    section.enter()
    assert "可以上岗" not in section.verdict.text()
    assert "1 样没看成" in section.verdict.text()
    assert texts(section)[0] == "·"
    section.deleteLater()


def test_gate_with_a_hand_held_thermometer_and_an_empty_book_is_ready(application: object) -> None:
    nothing = [
        Tick(Check.THERMOMETER, None, Found.NOT_CHOSEN),
        Tick(Check.JOURNAL, None, Found.EMPTY),
    ]
    section = SelfTestSection(AtOnce(), Desk(ticks=[*TICKS[:1], *nothing]))
    section.enter()
    assert "可以上岗" in section.verdict.text()
    section.deleteLater()


def test_busy_page_says_so(application: object) -> None:
    section = SelfTestSection(AtOnce(busy=True), Desk())
    section.enter()
    assert "等一下" in section.verdict.text()
    section.deleteLater()


def test_demo_cannot_be_set_up_and_practice_that_does_not_open_is_told(application: object) -> None:
    host = AtOnce()
    section = SelfTestSection(host, Desk(can_set_up=False, refusal="练习已经开着了。"))
    section.enter()
    assert section.set_up.isHidden()
    section.practise.click()
    assert host.said == [("练习已经开着了。", True)]
    section.deleteLater()


ALL_WELL = [
    Tick(Check.CAMERA, True, Found.SEES_CODE),
    Tick(Check.THERMOMETER, True, Found.READS, ("36.2",)),
    Tick(Check.SCANNER, True, Found.WORKS),
    Tick(Check.SOUND, True, Found.HEARD),
    Tick(Check.DISK, True, Found.ROOM, ("81200",)),
    Tick(Check.JOURNAL, True, Found.WHOLE, ("200",)),
    Tick(Check.CLOCK, True, Found.RIGHT),
    Tick(Check.RULES, True, Found.IN_FORCE, ("default", "3")),
    Tick(Check.OFFLINE, True, Found.DECIDED, ("20", "20")),
    Tick(Check.RECOVERY, True, Found.MADE),
]


Looked = tuple[Stand, AdminWindow, SelfTestSection]


@pytest.fixture
def looked(application: object, language: str) -> Iterator[Looked]:
    """The page over a gate where all is well, in each language."""
    gate = Stand.open()
    admin = AdminWindow(gate.window, gate.bridge, (lambda host: SelfTestSection(host, Desk(ticks=ALL_WELL)),))
    admin.open()
    settle(admin)
    [section] = admin.sections
    assert isinstance(section, SelfTestSection)
    yield gate, admin, section
    admin.shut_down()
    gate.window.close()


def test_all_ticks_of_a_good_gate_are_seen_without_scrolling(looked: Looked) -> None:
    """Whoever looks before a shift sees the last one too; the verdict is larger than what it sums up."""
    _, admin, section = looked
    assert len(section.ticks) == len(Check)
    assert section._area.verticalScrollBar().maximum() == 0
    assert cut_texts(admin) == []
    [found, *_] = [one for one in section._inner.findChildren(QLabel) if one.objectName() == "text"]
    assert section.verdict.fontMetrics().height() > found.fontMetrics().height()
    headings = [one.text() for one in section._inner.findChildren(QLabel) if one.objectName() == "heading"]
    assert all(text[0] == text[0].upper() for text in headings)


def test_keyboard_on_the_list_is_seen_and_moves_nothing(looked: Looked) -> None:
    """TAB stops there, so that the arrows scroll: without a mouse one must see where one is."""
    gate, _, section = looked
    gate.window.activateWindow()
    section.again.setFocus()
    QApplication.processEvents()
    before, places = section._area.grab().toImage(), section._inner.geometry()
    section._area.setFocus()
    QApplication.processEvents()
    assert section._area.hasFocus()
    assert section._area.grab().toImage() != before
    assert section._inner.geometry() == places
