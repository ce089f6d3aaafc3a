"""Every action of the gate has a key, which is written on what a finger taps, and which does the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station.ui.buttons import Tile
from station.ui.header import Header
from station.ui.person_tile import PersonTile
from station.ui.recheck_page import WaiterButton
from station.ui.tappable import Tappable
from tests.ui.states import STATES, Stand
from tests.ui.test_layout import _laid_out, show, start_over

NAMES = {
    **{f"F{number}": getattr(Qt.Key, f"Key_F{number}") for number in range(1, 13)},
    "Esc": Qt.Key.Key_Escape, "Enter": Qt.Key.Key_Return, "←": Qt.Key.Key_Backspace, "End": Qt.Key.Key_End,
    "Home": Qt.Key.Key_Home, "Ins": Qt.Key.Key_Insert, "PgDn": Qt.Key.Key_PageDown, "PgUp": Qt.Key.Key_PageUp,
    **{character: Qt.Key(ord(character)) for character in "0123456789/*+"},
}  # fmt: skip
HELD = "按住空格"  # test_help holds it
NAMED_ALONE = {"Ins"}  # test_opening_by_hand presses it, with what opens the barrier behind it
FEW = ("many_wait", "correction_page", "last_page", "no_code_page", "visitors_surname")  # others: slow
WITHOUT_A_KEY = {"其他度数"}  # other values to tap: on the keyboard any value is typed at once
_KEY = re.compile(r"F\d+|PgUp|Esc")


@dataclass(frozen=True)
class Action:
    """What can be tapped in one state; its number finds it again in another window."""

    number: int
    where: str
    called: str
    part: str = ""  # of a line in which several things can be tapped

    def find(self, stand: Stand) -> QWidget:
        return list(targets(stand))[self.number]

    def tap(self, stand: Stand) -> None:
        target = self.find(stand)
        at = QPoint()
        if isinstance(target, Header):
            box = target._way_box() if self.part == "F12" else target._light_box()
            at = box.center().toPoint()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)


@dataclass
class Heard:
    """Two windows in the same state: one is tapped, the other hears the key."""

    tapped: Stand
    typed: Stand
    asked: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, open_gate: Callable[..., Stand]) -> Heard:
        heard = cls(open_gate((1366, 768)), open_gate((1366, 768)))
        for name, stand in (("tap", heard.tapped), ("key", heard.typed)):
            stand.window.admin_asked.connect(lambda name=name: heard.asked.append(name))
        return heard

    def both(self, act: Callable[[Stand], None]) -> None:
        for stand in (self.tapped, self.typed):
            act(stand)
            QApplication.processEvents()

    def differ(self) -> Sequence[object]:
        """What the two show, or want of the lane, that the other does not."""
        one, other = ([*_laid_out(stand.window), *stand.wishes.made] for stand in (self.tapped, self.typed))
        if one == other:
            return []
        return [each for each in one if each not in other] + [each for each in other if each not in one]


def targets(stand: Stand) -> Iterator[QWidget]:
    """What answers to a finger now; what lies under an open page does not."""
    covered = stand.window.pages.any_open
    for one in stand.window.findChildren(QWidget):
        if not one.isVisible() or not one.isEnabled():
            continue
        if covered and place(stand, one).endswith(("ButtonRow", "Panel", "LastFive", "Header", "Bar")):
            continue
        if isinstance(one, QAbstractButton) or (isinstance(one, Tappable) and one.can_be_tapped()):
            yield one


def place(stand: Stand, one: QWidget) -> str:
    while (parent := one.parentWidget()) is not None and parent is not stand.window:
        one = parent
    return type(one).__name__


def actions(stand: Stand) -> list[tuple[Action, tuple[object, ...]]]:
    """All of this moment, each with what tells it from those that were looked at before."""
    found = [
        (Action(number, place(stand, one), one.accessibleName(), part), one)
        for number, one in enumerate(targets(stand))
        for part in (("F12", "F9") if isinstance(one, Header) else ("",))
    ]
    return [(action, signature(stand, action, one)) for action, one in found]


def strokes(stand: Stand, action: Action) -> list[Qt.Key]:
    """The keys that are written on it, or for a choice without one: arrows and ENTER, or its digits."""
    one = action.find(stand)
    if action.part:
        assert action.part in action.called, f"{action.part} is not written in {action.called}"
        return [NAMES[action.part]]
    if isinstance(one, PersonTile):
        tiles = [each for each in targets(stand) if isinstance(each, PersonTile)]
        return [Qt.Key.Key_Right] * (1 + tiles.index(one)) + [Qt.Key.Key_Return]
    if isinstance(one, Tile):
        return [Qt.Key(ord(digit)) for digit in action.called if digit != "."]
    if isinstance(one, WaiterButton):
        return [NAMES[action.called.split(",")[0]]]
    if isinstance(one, QAbstractButton):
        return [NAMES[action.called.split()[-1]]]
    return [NAMES[_KEY.findall(action.called)[-1]]]


def signature(stand: Stand, action: Action, one: QWidget) -> tuple[object, ...]:
    """The same button of the same page is looked at once, whoever is named beside it."""
    if isinstance(one, PersonTile):
        return (action.where, stand.window.pages.visitor.flow.step, "tile")
    if isinstance(one, Tile) and "." in action.called:
        return (action.where, "value")
    if isinstance(one, Tappable):
        return (action.where, action.part)
    return (action.where, re.sub(r"\d+ (?=\D)|· \d+ 超时 ", "", action.called))


@pytest.mark.parametrize(
    ("states", "least"),
    [(FEW, 20), pytest.param(tuple(STATES), 70, marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_every_action_is_on_the_key_that_is_written_on_it(
    open_gate: Callable[..., Stand], states: Sequence[str], least: int
) -> None:
    heard, seen = Heard.open(open_gate), set[tuple[object, ...]]()
    for name in states:
        heard.both(partial(reach, name))
        for action, key in actions(heard.tapped):
            if action.called in WITHOUT_A_KEY or action.called.endswith(HELD):
                continue
            if key in seen:
                continue
            seen.add(key)
            keys = strokes(heard.typed, action)
            if action.called.split()[-1] in NAMED_ALONE:
                continue
            action.tap(heard.tapped)
            for stroke in keys:
                press(heard.typed, stroke)
            heard.both(lambda stand: stand.window.tick())
            assert not heard.differ(), (name, action, keys)
            heard.both(begin_anew)
            heard.both(partial(reach, name))
        heard.both(begin_anew)
    assert heard.asked.count("tap") == heard.asked.count("key") > 0
    assert len(seen) >= least


def begin_anew(stand: Stand) -> None:
    """What stays on a gate goes, too: large letters, another light."""
    start_over(stand)
    if stand.window.wardrobe.large:
        stand.press(Qt.Key.Key_End)
    while "白天" not in stand.window.header.accessibleName():
        stand.press(Qt.Key.Key_F9)


def reach(name: str, stand: Stand) -> None:
    """The state, and a finger that has been off the screen for a while."""
    show(stand, name)
    stand.clock.advance(1.0)


def press(stand: Stand, key: Qt.Key) -> None:
    """As a person does it: slower than a scanner."""
    QTest.keyClick(stand.window, key)
    stand.clock.advance(0.0)
    stand.window.keys.settle()
