"""The set-up section: what is plugged in, what it says before anything is saved, what the gate uses."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan
from station.ui.admin.bench import Trouble
from station.ui.admin.device_panel import DevicePanel
from tests.ui import scenes
from tests.ui.admin import fakes
from tests.ui.admin.fakes import CAMERA, FREE, LANE_CAMERA, SENSOR, USED
from tests.ui.admin.looking import until
from tests.ui.admin.office import Office
from tests.ui.admin.states import in_use, reading, releasing, searching


def tap(office: Office, number: int) -> DevicePanel:
    """One of the listed: the used port, the free one, the gate's camera, another one."""
    office.setup.choices[number].click()
    until(lambda: not office.admin.work_bar.busy)
    return office.setup.panel


def command(office: Office, words: str) -> None:
    """Press the command with these words."""
    (found,) = [one for one in office.setup.panel.commands if words in one.text()]
    found.click()


def offered(office: Office) -> list[str]:
    return [one.text() for one in office.setup.panel.commands]


def test_every_device_is_named_by_what_it_is_and_where_it_is_plugged_in(office: Office) -> None:
    told = [button.text() for button in office.setup.choices]
    assert told == [
        "测温仪\nUSB 1-1.1 · 大门在用",
        "USB 转接线 CH340\nUSB 1-1.2 · 还没用上",
        "USB 2.0 Camera\nUSB 1-3 · 大门在用",
        "HD Pro Webcam C920\nUSB 1-2 · 还没用上",
    ]


def test_nothing_is_opened_before_somebody_asks(office: Office) -> None:
    assert office.setup.panel.sentence.text()
    assert office.bench.opened == {}
    assert office.bench.searches == []


def test_a_free_port_is_found_out_and_its_reading_shown_before_anything_is_saved(office: Office) -> None:
    reading(office)
    panel = office.setup.panel
    assert panel.title.text() == SENSOR.title
    assert panel.big.text() == "36.5 ℃"
    assert panel.about.text() == "原始值 36.52 · 环境 22.4 ℃ · 皮肤 · gy-mcu90614"
    assert offered(office) == ["用作测温仪", "用作第二支"]
    assert office.bench.kept == []


def test_saving_closes_the_port_first_and_the_gate_takes_it_over(office: Office) -> None:
    reading(office)
    command(office, "用作测温仪")  # the fake refuses while a port is open
    assert office.bench.kept == [("thermometer", "usb:1-1.2,gy-mcu90614")]
    assert "大门已经换过来" in office.said


def test_a_second_instrument_is_kept_beside_the_first(office: Office) -> None:
    reading(office)
    command(office, "用作第二支")
    assert office.bench.kept == [("thermometer_2", "usb:1-1.2,gy-mcu90614")]


def test_the_port_that_the_gate_uses_is_not_opened_but_its_readings_are_shown(office: Office) -> None:
    in_use(office)
    assert office.setup.panel.big.text() == "36.2 ℃"
    assert office.bench.opened == {}
    assert office.bench.searches == []


def test_readings_of_another_instrument_are_not_shown_for_it(office: Office) -> None:
    tap(office, 0)
    office.tell(fakes.sample(36.18, "usb:9-9"))
    assert office.setup.panel.big.isHidden()


def test_a_reading_that_stopped_is_not_shown_for_ever(office: Office) -> None:
    reading(office)
    office.setup.panel._stale.timeout.emit()
    assert "36" not in office.setup.panel.big.text()
    assert "没有读数" in office.setup.panel.about.text()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Trouble.BUSY, "别的程序正占着它"),
        (Trouble.NO_PERMISSION, "sudo usermod -aG dialout $USER"),
        (Trouble.GONE, "插头"),
        (Trouble.OTHER, "拔下来"),
    ],
)
def test_a_port_that_does_not_open_says_why_and_what_to_do(
    office: Office, trouble: Trouble, words: str
) -> None:
    office.bench.answer = trouble
    panel = tap(office, 1)
    assert words in panel.sentence.text()
    office.bench.answer = SENSOR
    command(office, "再试一次")
    until(lambda: not office.admin.work_bar.busy)
    assert "用作测温仪" in offered(office)


def test_a_search_shows_how_far_it_is_and_can_be_stopped(office: Office) -> None:
    searching(office)
    assert office.admin.work_bar.bar.value() > 0
    office.admin.work_bar.cancel.click()
    until(lambda: not office.admin.work_bar.busy)
    assert office.bench.opened == {}


def test_an_answer_that_comes_after_somebody_went_on_opens_nothing(office: Office) -> None:
    searching(office)
    office.setup.choices[3].click()
    office.bench.slow = False
    until(lambda: not office.admin.work_bar.busy)
    assert list(office.bench.opened) == [CAMERA.source]


def test_what_is_looked_at_is_closed_when_somebody_goes(office: Office) -> None:
    reading(office)
    tap(office, 3)
    assert list(office.bench.opened) == [CAMERA.source]
    office.admin.close_page()
    assert office.bench.opened == {}


def test_a_late_reading_of_the_former_device_is_not_shown(office: Office) -> None:
    reading(office)
    late = office.bench.opened[FREE.address]
    tap(office, 0)
    late(fakes.sample(39.9))
    QApplication.processEvents()
    assert office.setup.panel.big.isHidden()


def test_a_port_without_a_thermometer_may_be_a_scanner(office: Office) -> None:
    office.bench.answer = None
    panel = tap(office, 1)
    command(office, "GM65")
    office.bench.opened[FREE.address](Scan("https://kakou.invalid/1", 0.0, "scanner", "ttyUSB1"))
    until(lambda: "读到一个码" in panel.sentence.text())
    assert "kakou" not in panel.sentence.text()
    command(office, "用作扫码枪")
    assert office.bench.kept == [("scanner", "usb:1-1.2,gm65")]


def test_another_camera_is_seen_before_it_is_used(office: Office) -> None:
    panel = tap(office, 3)
    office.bench.opened[CAMERA.source](scenes.view())
    until(lambda: panel.picture.shows_something)
    command(office, "用这个摄像头")
    assert office.bench.kept == [("camera", CAMERA.source)]


def test_the_camera_of_the_gate_is_seen_through_the_gate(office: Office) -> None:
    panel = tap(office, 2)
    office.tell(scenes.view())
    assert panel.picture.shows_something
    assert LANE_CAMERA.source not in office.bench.opened
    assert offered(office) == []


def test_pictures_of_a_camera_keep_coming(office: Office) -> None:
    tap(office, 3)
    seen: list[object] = []
    office.setup._trial.view.connect(seen.append)
    for number in range(3):
        office.bench.opened[CAMERA.source](scenes.view())
        until(lambda number=number: len(seen) == number + 1)


def test_a_camera_that_may_not_be_opened_names_its_group(office: Office) -> None:
    office.bench.answer = Trouble.NO_PERMISSION
    panel = tap(office, 3)
    assert "usermod -aG video" in panel.sentence.text()


def test_a_device_that_is_pulled_out_while_it_is_looked_at_is_said_to_be_gone(office: Office) -> None:
    reading(office)
    lost = DeviceStatus(DeviceKind.THERMOMETER, DeviceState.LOST, "ttyUSB1", detail="SerialException")
    office.bench.opened[FREE.address](lost)
    until(lambda: "不在了" in office.setup.panel.sentence.text())


def test_a_device_goes_out_of_use_only_after_a_question(office: Office) -> None:
    releasing(office)
    assert office.bench.kept == []
    office.setup.question.answer(yes=False)
    assert office.bench.kept == []
    command(office, "不再用它")
    office.setup.question.answer(yes=True)
    assert office.bench.kept == [("thermometer", None)]


def test_settings_that_cannot_be_written_change_nothing_and_say_why(office: Office) -> None:
    office.bench.refusal = "settings.toml: Permission denied"
    reading(office)
    command(office, "用作测温仪")
    assert office.bench.kept == []
    assert "没有存成" in office.setup.panel.sentence.text()
    assert "Permission denied" in office.setup.panel.detail.text()


def test_the_demo_can_be_looked_at_and_not_saved(office: Office) -> None:
    office.bench.can_save = False
    panel = tap(office, 1)
    assert offered(office) == []
    assert "演示" in panel.sentence.text()


def test_what_was_plugged_in_meanwhile_is_found_by_looking_again(office: Office) -> None:
    office.bench.plugged, office.bench.seen = [], []
    assert office.setup.choices == []
    office.bench.plugged = [USED]
    office.setup.refresh()
    assert len(office.setup.choices) == 1
