"""The self-test section: what is to be done comes first; the ways to practice and set-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QLabel

from station.selftest import Check, Found, Tick
from station.ui.admin.work import Job, Progress
from station.ui.selftest_section import SelfTestSection
from station.ui.theme import Theme, load_theme

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
