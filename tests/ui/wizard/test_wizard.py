"""The wizard: every step tries the hardware, can be skipped, and nothing is written before the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from station.core.model import Direction, Reading, Sample, Site
from station.ui.admin.bench import Found, Port, Trouble, Use
from station.ui.bridge import Bridge
from station.ui.wizard.admin_step import AdminStep
from station.ui.wizard.camera_step import CameraStep
from station.ui.wizard.center_step import CenterStep
from station.ui.wizard.choices import LEAST_PX
from station.ui.wizard.desk import NotEnrolledError
from station.ui.wizard.last_step import LastStep
from station.ui.wizard.plain_steps import GateStep, LanguageStep
from station.ui.wizard.sound_step import SoundStep
from station.ui.wizard.step import Step
from station.ui.wizard.thermometer_step import ThermometerStep
from tests.ui.admin.fakes import CAMERA, FREE, SENSOR, USED, FakeBench, sample
from tests.ui.admin.looking import cut, until
from tests.ui.wizard import stand as steps
from tests.ui.wizard.stand import STATES, FakeDesk, Stand

OpenWizard = Callable[..., Stand]


def test_everything_chosen_is_written_once_and_only_at_the_end(stand: Stand) -> None:
    steps.last_all(stand)
    assert stand.desk.saved == []
    assert stand.wizard.index == steps.LAST
    stand.wizard.next()
    (written,) = stand.desk.saved
    assert written == {
        "camera": CAMERA.source,
        "thermometer": f"{FREE.address},{SENSOR.family}",
        "gate": "幸福里小区 · 东门",
        "direction": Direction.IN,
    }
    assert stand.desk.made == [("1001", "730518")]
    stand.wizard.paper.seen()
    stand.wizard.next()
    assert stand.ends == [written]
    assert stand.desk.bench.opened == {}


def test_all_skipped_writes_nothing_and_each_step_says_what_happens_then(stand: Stand) -> None:
    while stand.wizard.index < steps.LAST:
        assert stand.wizard.step.if_skipped
        assert stand.wizard.step.if_skipped in stand.wizard._skipped.text()
        stand.wizard.skip()
    stand.wizard.next()
    assert stand.desk.saved == [{}]


def test_over_a_gate_that_runs_what_is_skipped_is_said_to_stay_as_it_is(open_wizard: OpenWizard) -> None:
    """Whoever only mends the gate's name is not told that the thermometer goes."""
    stand = open_wizard(desk=FakeDesk(gate=Bridge()))
    for index in (steps.LANGUAGE, steps.CAMERAS, steps.THERMOMETER, steps.GATE, steps.CENTER):
        step = stand.at(index)
        assert isinstance(step, Step)
        assert step.skipped == "照旧，不改"
        assert step.skipped in stand.wizard._skipped.text()
    stand.at(steps.LAST)
    told = " ".join(label.text() for label in stand.wizard.step.findChildren(QLabel))
    assert told.count("照旧，不改") == 5
    assert "体温枪" not in told


def test_leaving_in_the_middle_writes_nothing_and_closes_what_was_opened(stand: Stand) -> None:
    steps.cameras(stand)
    assert stand.desk.bench.opened
    stand.wizard.leave()
    assert (stand.desk.saved, stand.desk.bench.opened, stand.ends) == ([], {}, [None])


def test_going_back_keeps_what_was_chosen(stand: Stand) -> None:
    steps.gate(stand)
    stand.wizard.next()
    stand.wizard.back()
    assert isinstance(stand.wizard.step, GateStep)
    assert stand.wizard.step.ready
    assert stand.wizard.draft.gate == "幸福里小区 · 东门"


def test_what_was_skipped_on_the_second_way_is_not_written(stand: Stand) -> None:
    steps.cameras(stand)
    stand.wizard.next()
    stand.wizard.back()
    stand.wizard.skip()
    assert stand.wizard.draft.changes() == {}


def test_settings_that_cannot_be_written_are_told_and_can_be_tried_again(open_wizard: OpenWizard) -> None:
    stand = open_wizard(desk=FakeDesk(refusal="no space left"))
    stand.at(steps.LAST)
    stand.wizard.next()
    step = stand.wizard.step
    assert isinstance(step, LastStep)
    assert "no space left" in step.trouble.text()
    stand.desk.refusal = ""
    stand.wizard.next()
    assert len(stand.ends) == 1


def test_where_there_are_operators_nobody_is_made(open_wizard: OpenWizard) -> None:
    stand = open_wizard(desk=FakeDesk(has_operators=True))
    step = stand.at(steps.ADMIN)
    assert isinstance(step, AdminStep)
    for digits in ("1001", "730518", "730518"):
        step._take(digits)
    assert not step.ready
    assert step.skippable


# --- each step ----------------------------------------------------------------------------------


def test_each_camera_shows_its_live_picture(stand: Stand) -> None:
    steps.cameras(stand)
    step = stand.wizard.step
    assert isinstance(step, CameraStep)
    assert [tile.picture.shows_something for tile in step.tiles] == [True, True]


def test_the_name_of_a_camera_lies_inside_the_border_of_its_tile(stand: Stand) -> None:
    steps.cameras(stand)
    step = stand.wizard.step
    assert isinstance(step, CameraStep)
    tile = step.tiles[0]
    inside = tile.rect().adjusted(12, 12, -12, -12)  # the border is 10 px wide, a letter begins beside it
    assert inside.contains(tile.name.geometry())
    assert inside.contains(tile.picture.geometry())


def test_camera_that_does_not_open_says_why_and_the_others_go_on(stand: Stand) -> None:
    stand.desk.bench.answer = Trouble.BUSY
    step = stand.at(steps.CAMERAS)
    assert isinstance(step, CameraStep)
    assert "别的程序" in step.tiles[0].accessibleName()


def test_camera_of_the_gate_is_not_opened_again(open_wizard: OpenWizard) -> None:
    from tests.ui.admin.fakes import LANE_CAMERA

    gate = Bridge()
    stand = open_wizard(desk=FakeDesk(FakeBench(plugged=[], seen=[LANE_CAMERA]), gate))
    step = stand.at(steps.CAMERAS)
    assert isinstance(step, CameraStep)
    gate.publish(steps.picture())
    QApplication.processEvents()
    assert step.tiles[0].picture.shows_something
    assert stand.desk.bench.opened == {}


def test_thermometer_is_found_by_itself_and_counts_once_it_was_read(stand: Stand) -> None:
    step = stand.at(steps.THERMOMETER)
    assert isinstance(step, ThermometerStep)
    until(lambda: FREE.address in stand.desk.bench.opened)
    assert not stand.wizard.next_key.isEnabled()
    stand.desk.bench.opened[FREE.address](sample(22.4))
    QApplication.processEvents()
    assert step.value.text() == "22.4 ℃"
    assert "好的" not in step.said.text()
    assert stand.wizard.next_key.isEnabled()
    stand.desk.bench.opened[FREE.address](sample(33.9))
    QApplication.processEvents()
    assert "量到手了" in step.said.text()


def test_ports_are_asked_one_after_another_and_the_one_that_answers_is_taken(open_wizard: OpenWizard) -> None:
    class SecondAnswers(FakeBench):
        def search(self, port: Port, progress: object) -> Found | None:
            self.searches.append(port.address)
            return SENSOR if port.address == "usb:1-3" else None

    second = Port("usb:1-3", "USB 1-3", "CP2102", "/dev/ttyUSB2")
    stand = open_wizard(desk=FakeDesk(SecondAnswers(plugged=[FREE, second], seen=[])))
    stand.at(steps.THERMOMETER)
    until(lambda: "usb:1-3" in stand.desk.bench.opened)
    assert stand.desk.bench.searches == [FREE.address, "usb:1-3"]
    stand.desk.bench.opened["usb:1-3"](sample(22.0))
    QApplication.processEvents()
    assert stand.wizard.draft.thermometer == f"usb:1-3,{SENSOR.family}"


def test_search_ends_when_the_step_is_left(stand: Stand) -> None:
    steps.thermometer_searching(stand)
    stand.wizard.skip()
    assert isinstance(stand.wizard.step, SoundStep)
    assert stand.desk.bench.opened == {}
    assert stand.wizard.draft.thermometer is None


def test_thermometer_of_the_gate_is_heard_from_the_gate_and_stays_as_it_is(open_wizard: OpenWizard) -> None:
    gate = Bridge()
    stand = open_wizard(desk=FakeDesk(FakeBench(plugged=[USED], seen=[]), gate))
    stand.at(steps.THERMOMETER)
    gate.publish(Sample(Reading(36.0, Site.OBJECT, 22.0), 1.0, sample().instrument))
    QApplication.processEvents()
    assert stand.wizard.next_key.isEnabled()
    assert "thermometer" not in stand.wizard.draft.changes()
    assert stand.desk.bench.opened == {}
    assert USED.use is Use.THERMOMETER


def test_sound_is_a_tone_and_then_the_test_sentence(stand: Stand) -> None:
    step = stand.at(steps.SOUND)
    assert isinstance(step, SoundStep)
    step.play()
    assert stand.player.played == [["tones/pass", "zh_xiaobei/test"]]
    assert not stand.wizard.next_key.isEnabled()
    step.choices[0].click()
    assert stand.wizard.draft.heard is True


def test_pc_without_a_speaker_says_so_and_one_can_go_on(stand: Stand) -> None:
    step = stand.at(steps.SOUND)
    assert isinstance(step, SoundStep)
    stand.player.is_heard = False
    step.play()
    assert "没有找到喇叭" in step.said.text()
    stand.wizard.skip()
    assert stand.wizard.index == steps.GATE


def test_the_first_admin_has_a_number_and_a_pin_that_is_typed_twice(stand: Stand) -> None:
    step = stand.at(steps.ADMIN)
    assert isinstance(step, AdminStep)
    typed = (
        ("123", False), ("1001", False), ("1234", False), ("111111", False), ("730518", False),
        ("730519", False), ("730518", False), ("730518", True),
    )  # fmt: skip
    for digits, ready in typed:
        for digit in digits:
            QTest.keyClicks(stand.wizard, digit)
        QTest.keyClick(stand.wizard, Qt.Key.Key_Return)
        assert step.ready is ready, digits
    assert (stand.wizard.draft.admin, stand.wizard.draft.pin) == ("1001", "730518")
    assert "730518" not in repr(stand.wizard.draft)
    assert "数据钥匙" in step._said.text(), "where the disk is locked, and at what price"


def test_the_first_recovery_key_is_large_enough_to_copy_by_hand(stand: Stand) -> None:
    steps.paper(stand)
    assert stand.wizard.paper.shown.fontMetrics().height() >= 60
    assert not cut(stand.wizard.paper.shown)


def test_the_first_admin_goes_away_with_the_recovery_key_on_paper(stand: Stand, tmp_path: Path) -> None:
    steps.paper(stand)
    wizard = stand.wizard
    assert wizard.step is wizard.paper
    assert wizard.paper.shown.text() == "7K3QM-4TXA9-PVDC2-H8N5R-ZW6YB-E"
    assert (stand.desk.made, len(stand.desk.saved), stand.ends) == ([("1001", "730518")], 1, [])
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.step is wizard.paper, "it is shown this once: nobody leaves it by a slip"

    wizard.paper.write(tmp_path / "recovery.pdf")
    assert (tmp_path / "recovery.pdf").read_text("utf-8") == "7K3QM-4TXA9-PVDC2-H8N5R-ZW6YB-E"
    assert "打印以后请把这个文件删掉" in wizard.paper.trouble.text()
    wizard.next()
    assert stand.ends == [], "a second click on the same place"
    wizard.paper.seen()
    wizard.next()
    assert stand.ends == [stand.desk.saved[0]]
    assert wizard.paper.shown.text() == ""


def test_without_an_admin_there_is_no_paper(stand: Stand) -> None:
    steps.last(stand)
    stand.wizard.next()
    assert stand.ends == [stand.desk.saved[0]]


def test_enter_alone_never_skips_a_step(stand: Stand) -> None:
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or stand.wizard, Qt.Key.Key_Return)
    assert stand.wizard.index == 0


def test_center_takes_the_station_and_says_how_it_calls_it(stand: Stand) -> None:
    steps.center(stand)
    assert stand.desk.asked == [("https://10.0.0.7:8443", "K7QM-4TXA-9PVD")]
    assert stand.wizard.draft.center == "幸福里 东门"
    assert stand.wizard.next_key.isEnabled()


def test_center_that_refuses_is_told_and_alone_is_still_possible(stand: Stand) -> None:
    stand.desk.answer = NotEnrolledError("一次性码过了十分钟")
    steps.center(stand)
    step = stand.wizard.step
    assert isinstance(step, CenterStep)
    assert "十分钟" in step.said.text()
    assert not stand.wizard.next_key.isEnabled()
    step.choices[0].click()
    assert stand.wizard.next_key.isEnabled()


def test_enter_after_the_center_took_the_station_goes_on_and_does_not_throw_the_wizard_away(
    stand: Stand,
) -> None:
    stand.wizard.open(steps.CENTER)
    step = stand.wizard.step
    assert isinstance(step, CenterStep)
    step.choices[1].click()
    step.address.setText("https://10.0.0.7:8443")
    step.code.setText("K7QM-4TXA-9PVD")
    step.enrol_key.setFocus()
    QTest.keyClick(step.enrol_key, Qt.Key.Key_Return)
    _press_enter(stand)  # while the center is asked
    until(lambda: not step.busy)
    _press_enter(stand)
    assert stand.wizard.index == steps.LAST
    assert not stand.ends


def test_enter_after_the_center_refused_does_not_throw_the_wizard_away(stand: Stand) -> None:
    stand.desk.answer = NotEnrolledError("一次性码过了十分钟")
    stand.wizard.open(steps.CENTER)
    step = stand.wizard.step
    assert isinstance(step, CenterStep)
    step.choices[1].click()
    step.address.setText("https://10.0.0.7:8443")
    step.enrol_key.setFocus()
    QTest.keyClick(step.enrol_key, Qt.Key.Key_Return)
    until(lambda: not step.busy)
    _press_enter(stand)
    assert stand.wizard.isVisible()
    assert stand.wizard.index == steps.CENTER


def test_whoever_copied_the_recovery_key_can_go_on(stand: Stand) -> None:
    steps.last_all(stand)
    stand.wizard.next()
    assert not stand.wizard.next_key.isEnabled()  # whoever clicks twice
    stand.wizard.paper.seen()
    assert stand.wizard.next_key.isEnabled()
    stand.wizard.next_key.click()
    assert stand.ends == stand.desk.saved


def _press_enter(stand: Stand) -> None:
    """As a keyboard does: whatever has the focus gets it."""
    QTest.keyClick(stand.window.focusWidget() or stand.window, Qt.Key.Key_Return)


def test_language_changes_at_once_and_back(open_wizard: OpenWizard, application: QApplication) -> None:
    stand = open_wizard()
    step = stand.wizard.step
    assert isinstance(step, LanguageStep)
    step.choices[1].click()
    QApplication.processEvents()
    assert stand.wizard.draft.language == "en"
    again = stand.wizard.step
    assert isinstance(again, LanguageStep)
    assert again is not step
    again.choices[0].click()
    QApplication.processEvents()
    assert application.findChildren(QTranslator) == [] or stand.wizard.step.title.startswith("语言")
    assert stand.wizard.draft.language == "zh"


# --- layout -------------------------------------------------------------------------------------


def _seen(stand: Stand, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in stand.wizard.findChildren(kind) if one.isVisible()]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("state", STATES)
def test_no_text_is_cut_and_every_key_is_large_enough(
    open_wizard: OpenWizard, language: str, size: tuple[int, int], state: str
) -> None:
    stand = open_wizard(size, language=language)
    STATES[state](stand)
    QApplication.processEvents()
    texts = [*_seen(stand, QLabel), *_seen(stand, QAbstractButton)]
    assert [one.property("text") for one in texts if cut(one)] == []
    scale = size[0] / 1366
    for one in (*_seen(stand, QAbstractButton), *_seen(stand, QLineEdit)):
        assert min(one.width(), one.height()) >= round(LEAST_PX * scale) - 1, one.property("text")
        corner = one.mapTo(stand.wizard, one.rect().bottomRight())
        assert stand.wizard.rect().contains(corner), one.property("text")


def test_it_always_has_the_size_of_its_window(stand: Stand) -> None:
    stand.window.resize(1920, 1080)
    QApplication.processEvents()
    assert stand.wizard.size() == stand.window.size()
