"""The states of the admin page, each reached as at the gate: by taps, outcomes and what devices say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from station.core.model import DeviceKind, Severity
from station.core.outcome import NotStored, StorageProblem
from station.ui.admin.bench import Trouble, Use
from tests.ui import scenes
from tests.ui.admin import fakes
from tests.ui.admin.looking import until
from tests.ui.admin.office import Office


def idle(office: Office) -> None:
    office.admin.open()
    until(lambda: not office.admin.work_bar.busy)


def passes(office: Office) -> None:
    office.move_in()
    office.give_passes("3", "2", "5")
    section = office.passes
    section.table.mark([line.about for line in section.table.lines[2:6]])
    section.preview.show_now()
    until(lambda: not office.passes.preview.busy)


def passes_a6(office: Office) -> None:
    passes(office)
    section = office.passes
    section.unmasked.setChecked(True)
    section.table.mark([section.table.lines[3].about])
    section.preview.paper.setCurrentIndex(2)
    section.preview.show_now()
    until(lambda: not office.passes.preview.busy)


def passes_stop(office: Office) -> None:
    passes(office)
    office.tell(scenes.red(), scenes.passed())


def demo(office: Office) -> None:
    passes(office)
    office.tell(scenes.status(DeviceKind.CAMERA, emulated=True), scenes.red(emulated=True))


def passes_recheck(office: Office) -> None:
    passes(office)
    office.tell(scenes.fever())


def passes_correct(office: Office) -> None:
    passes(office)
    stranger = scenes.stranger()
    office.tell(stranger, scenes.correction(stranger, Severity.PASS))


def not_recorded(office: Office) -> None:
    passes(office)
    office.tell(NotStored(StorageProblem.DISK_FULL))


def revoking(office: Office) -> None:
    passes(office)
    office.passes.revoke.click()


def issuing(office: Office) -> None:
    office.move_in()
    office.give_passes("3-2-101")
    section = office.passes
    section.show_mode(issuing=True)
    section.house.setText("3-2")
    section.look_up()


def issued(office: Office) -> None:
    issuing(office)
    office.passes.issue.click()
    until(lambda: not office.passes.preview.busy)


def nobody_there(office: Office) -> None:
    section = office.passes
    section.show_mode(issuing=True)
    section.house.setText("9-9")
    section.look_up()


def devices(office: Office) -> None:
    assert office.setup
    office.gate.bridge.publish(scenes.passed())


def _tap(office: Office, number: int) -> None:
    office.setup.choices[number].click()


def searching(office: Office) -> None:
    office.bench.slow = True
    _tap(office, 1)
    until(lambda: office.admin.work_bar.bar.value() > 0)


def reading(office: Office) -> None:
    _tap(office, 1)
    until(lambda: fakes.FREE.address in office.bench.opened)
    office.bench.opened[fakes.FREE.address](fakes.sample())
    until(lambda: office.setup.panel.big.isVisible())


def in_use(office: Office) -> None:
    _tap(office, 0)
    office.tell(fakes.sample(36.18, fakes.USED.spoken_of))


def releasing(office: Office) -> None:
    in_use(office)
    office.setup.panel.commands[0].click()


def unknown_device(office: Office) -> None:
    office.bench.answer = None
    _tap(office, 1)
    until(lambda: not office.admin.work_bar.busy)


def held(office: Office) -> None:
    office.bench.answer = Trouble.BUSY
    _tap(office, 1)
    until(lambda: not office.admin.work_bar.busy)


def not_allowed(office: Office) -> None:
    office.bench.answer = Trouble.NO_PERMISSION
    _tap(office, 1)
    until(lambda: not office.admin.work_bar.busy)


def camera(office: Office) -> None:
    from tests.ui.make_screens import camera_picture

    _tap(office, 3)
    office.bench.opened[fakes.CAMERA.source](camera_picture())
    QApplication.processEvents()


def nothing_plugged_in(office: Office) -> None:
    office.bench.plugged, office.bench.seen = [], []
    assert office.setup


def many_devices(office: Office) -> None:
    scanner = replace(fakes.FREE, address="usb:1-4", socket="USB 1-4", use=Use.SCANNER, spoken_of="usb:1-4")
    more = [replace(fakes.FREE, address=f"usb:1-1.{n}", socket=f"USB 1-1.{n}") for n in range(3, 7)]
    office.bench.plugged = [fakes.USED, fakes.FREE, scanner, *more]
    _tap(office, 2)


STATES: dict[str, Callable[[Office], None]] = {
    "idle": idle,
    "demo": demo,
    "passes": passes,
    "passes_a6": passes_a6,
    "passes_stop": passes_stop,
    "passes_recheck": passes_recheck,
    "passes_correct": passes_correct,
    "not_recorded": not_recorded,
    "revoking": revoking,
    "issuing": issuing,
    "issued": issued,
    "nobody_there": nobody_there,
    "devices": devices,
    "searching": searching,
    "reading": reading,
    "in_use": in_use,
    "releasing": releasing,
    "unknown_device": unknown_device,
    "held": held,
    "not_allowed": not_allowed,
    "camera": camera,
    "nothing_plugged_in": nothing_plugged_in,
    "many_devices": many_devices,
}
