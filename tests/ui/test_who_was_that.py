"""The last five in large letters, how everything is in words, and whether people stand in a queue."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station.core.contact import CenterStatus, Link
from station.core.model import DeviceKind, DeviceState
from station.ui.last_page import LastRows
from station.ui.note import Note
from tests.ui import scenes
from tests.ui.states import Stand

# --- who was that? --------------------------------------------------------------------------------


def test_a_shout_of_who_was_that_is_answered_in_large_letters(gate: Stand) -> None:
    gate.tell(scenes.passed(), scenes.red())
    gate.press(Qt.Key.Key_PageUp)
    rows = gate.window.pages.last.findChild(LastRows)
    assert gate.window.pages.last.isVisible()
    newest, before, *_ = rows.accessibleName().splitlines()
    assert newest == "10:24, 张*强 · 3-2-501, —, 禁止, 红码"
    assert before.startswith("10:24, 张*强 · 3-2-501, 36.5 ℃, 通行")
    assert min(line.font().pixelSize() for line in rows.lines()) >= 24
    gate.press(Qt.Key.Key_PageUp)
    assert not gate.window.pages.any_open


def test_a_finger_on_the_list_shows_it_large_too(gate: Stand) -> None:
    QTest.mouseClick(gate.window.last_five, Qt.MouseButton.LeftButton)
    assert gate.window.pages.last.isVisible()


def test_every_device_and_the_age_of_the_data_can_be_read_in_words(gate: Stand) -> None:
    gate.tell(
        *(scenes.status(kind) for kind in DeviceKind), scenes.status(DeviceKind.SOUND, DeviceState.LOST)
    )
    as_of = scenes.NOW - timedelta(minutes=7)
    gate.tell(CenterStatus(Link.ONLINE, lists_as_of=as_of))
    gate.press(Qt.Key.Key_PageUp)
    (note,) = gate.window.pages.last.findChildren(Note)
    for told in ("摄像头", "测温", "扫码枪", "道闸", "喇叭断了", "中心在线 · 名单 7 分钟前"):
        assert told in note.accessibleName(), told


# --- a queue ----------------------------------------------------------------------------------------


def one_after_the_other(gate: Stand, people: int, seconds: float) -> None:
    for number in range(people):
        gate.tell(scenes.needs_temperature(), scenes.passed(number=40 + number))
        gate.wait(seconds)


def test_who_comes_at_once_after_the_other_stands_in_a_queue(gate: Stand) -> None:
    one_after_the_other(gate, 7, 4.0)
    gate.tell(scenes.needs_temperature())
    assert "有人排队 · 5 分钟过了 7 人" in gate.window.preview.accessibleName()
    gate.wait(61.0)
    assert "排队" not in gate.window.preview.accessibleName()


def test_who_comes_now_and_then_does_not(gate: Stand) -> None:
    one_after_the_other(gate, 7, 25.0)
    assert "排队" not in gate.window.preview.accessibleName()
