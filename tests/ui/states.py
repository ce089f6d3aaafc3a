"""The states of the gate screen, each reached as it is at the gate: by outcomes and by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.core.contact import CenterStatus, ClockState, Link, OwnList, Trouble
from station.core.model import DeviceEvent, DeviceKind, DeviceState, Obstacle, Severity
from station.core.outcome import (
    ClockWarning,
    DailyExport,
    DrillVerified,
    ExportProblem,
    InstrumentState,
    LeftUncleared,
    ListsChanged,
    LookbacksOpen,
    NoticesHere,
    NotStored,
    Outcome,
    PartShown,
    RecheckList,
    SpaceLeft,
    StaffReadings,
    StorageProblem,
    TrustUnreadable,
)
from station.core.space import Level
from station.ui import running_words
from station.ui.bridge import Bridge
from station.ui.gate import GateWindow
from station.ui.last_five import LastLine
from station.ui.person_tile import PersonTile
from station.ui.visitor_desk import Rules
from tests.ui import neighbours, scenes
from tests.ui.reception import CHORES, GUESTS, Reception

GATE = "幸福里小区 · 东门"
DOCTOR = "王医生 138 0000 0000"


@dataclass
class Stand:
    """A gate window with its bridge, a clock that is moved by hand, and the wishes it uttered."""

    window: GateWindow
    bridge: Bridge
    clock: scenes.Clock
    wishes: scenes.Wishes

    @classmethod
    def open(
        cls,
        size: tuple[int, int] = (1366, 768),
        theme: str = "day",
        doctor: str = DOCTOR,
        *,
        elder: bool = False,
    ) -> Stand:
        clock, bridge, wishes = scenes.Clock(), Bridge(), scenes.Wishes()
        window = GateWindow(
            wishes,
            bridge,
            gate_name=GATE,
            theme=theme,
            elder=elder,
            doctor=doctor,
            role_of=scenes.role_of,
            monotonic=clock.monotonic,
            now=clock.now,
        )
        window.resize(*size)
        window.pages.no_code.use(neighbours.Neighbours())
        window.show()
        window.show_day({Severity.PASS: 327, Severity.RECHECK: 4, Severity.STOP: 1}, last_lines())
        return cls(window, bridge, clock, wishes)

    def tell(self, *events: DeviceEvent | Outcome) -> None:
        """Events arrive, as from a device's thread or from the lane."""
        for event in events:
            self.bridge.publish(event)
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.clock.advance(seconds)
        self.window.tick()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def type(self, characters: str, gap_s: float = 0.3) -> None:
        """Somebody types; `gap_s` between the keys."""
        for character in characters:
            QTest.keyClicks(self.window, character)
            self.clock.advance(gap_s)
            self.window.keys.settle()


def last_lines() -> list[LastLine]:
    """Four entries before this one."""
    told = (scenes.passed(number=4), scenes.red(number=3), scenes.stranger(number=2), scenes.passed(number=1))
    return [LastLine.of(outcome.stored, outcome.person) for outcome in told]


def _idle(stand: Stand) -> None: ...


def _way_out(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F12)


def _way_out_demo(stand: Stand) -> None:
    _demo(stand)
    stand.press(Qt.Key.Key_F12)


def _codes_down(stand: Stand) -> None:
    _pass(stand)
    stand.window.show_codes_down(True)


def _codes_down_idle(stand: Stand) -> None:
    stand.window.show_codes_down(True)


def _codes_down_measured(stand: Stand) -> None:
    stand.window.show_codes_down(True)
    _needs_code(stand)


def _needs_temperature(stand: Stand) -> None:
    stand.tell(scenes.needs_temperature())
    stand.clock.advance(3)


def _needs_code(stand: Stand) -> None:
    stand.tell(scenes.needs_code())
    stand.clock.advance(4)


def _pass(stand: Stand) -> None:
    stand.tell(scenes.passed())
    stand.clock.advance(1)


def _queue(stand: Stand) -> None:
    """Seven come one behind the other."""
    for number in range(7):
        stand.tell(scenes.needs_temperature(), scenes.passed(number=40 + number))
        stand.wait(4)
    stand.tell(scenes.needs_temperature())


def _elsewhere(stand: Stand) -> None:
    """Another program has the keyboard."""
    stand.window.sidelines.notices.elsewhere(running_words.elsewhere())
    stand.wait(0.2)


def _barrier(stand: Stand) -> None:
    """A gate with a barrier, and whatever else there is to plug in."""
    stand.window.buttons.show_barrier(True)
    stand.tell(*(scenes.status(kind) for kind in DeviceKind))


def _opening_page(stand: Stand) -> None:
    _barrier(stand)
    stand.window.pages.open(stand.window.pages.opening)


def _opening_number(stand: Stand) -> None:
    _opening_page(stand)
    stand.type("1")


def _last_page(stand: Stand) -> None:
    _barrier(stand)
    _center_offline(stand)
    stand.tell(scenes.passed(), scenes.fever(), scenes.red(), scenes.stranger(), scenes.confirmed())
    stand.press(Qt.Key.Key_PageUp)


def _last_page_empty(stand: Stand) -> None:
    stand.window.show_day({}, ())
    stand.press(Qt.Key.Key_PageUp)


def _fever(stand: Stand) -> None:
    stand.tell(scenes.fever())
    stand.clock.advance(2)


def _unknown(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.clock.advance(2)


def _stop(stand: Stand) -> None:
    stand.tell(scenes.red())
    stand.clock.advance(4)


def _next_person(stand: Stand) -> None:
    stand.tell(scenes.no_temperature(), scenes.needs_temperature())
    stand.clock.advance(2)


def _corrected(stand: Stand) -> None:
    stranger = scenes.stranger()
    stand.tell(stranger, scenes.correction(stranger, Severity.PASS))
    stand.clock.advance(1)


def _disk_full(stand: Stand) -> None:
    stand.tell(NotStored(StorageProblem.DISK_FULL))


def _one_by_one(stand: Stand) -> None:
    stand.tell(scenes.one_by_one())
    stand.clock.advance(2)


def _no_code_page(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)


def _many_buildings(stand: Stand) -> None:
    stand.window.pages.no_code.use(neighbours.Neighbours(many=30))
    stand.press(Qt.Key.Key_F1)


def _building(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)
    tap_place(stand, 0)


def _large_building(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)
    tap_place(stand, 1)


def _unit(stand: Stand) -> None:
    _large_building(stand)
    stand.clock.advance(1)
    tap_place(stand, 1)


def _typed_house(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)
    stand.type("2-1-1")


def _nobody_found(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F1)
    stand.type("zxq 123456789012")


def _roster_not_ready(stand: Stand) -> None:
    stand.window.pages.no_code.use(neighbours.Neighbours(ready=False))
    stand.press(Qt.Key.Key_F1)


def _visitors(stand: Stand, desk: Reception | None = None, keys: str = "") -> None:
    stand.window.pages.visitor.use(desk or Reception())
    stand.press(Qt.Key.Key_F1)
    stand.press(Qt.Key.Key_F1)
    for key in keys:
        stand.press(Qt.Key.Key_Return) if key == "\r" else stand.type(key)


def _visitors_nobody(stand: Stand) -> None:
    _visitors(stand, Reception(there=(), to_come=(), waiting=()))


def _visitors_two_houses(stand: Stand) -> None:
    _visitors(stand, keys="32501")


def _visitors_no_house(stand: Stand) -> None:
    _visitors(stand, keys="99999\r")


def _visitors_what_for(stand: Stand) -> None:
    _visitors(stand, keys="32502\r")


def _visitors_phone(stand: Stand) -> None:
    _visitors(stand, keys="32502\r113800")


def _visitors_travel(stand: Stand) -> None:
    _visitors(stand, Reception(Rules(phone=False, travel=True)), "32502\r1")


def _visitors_code(stand: Stand) -> None:
    _visitors(stand, Reception(Rules(phone=False, code=True)), "32502\r1")


def _visitors_surname(stand: Stand) -> None:
    _visitors(stand, Reception(Rules(phone=False, code=True)), "32502\r12")


def _visitors_leave(stand: Stand) -> None:
    _visitors(stand, keys="/")


def _visitors_many_leave(stand: Stand) -> None:
    _visitors(stand, Reception(there=GUESTS * 9), "/")


def _parcels_wait(stand: Stand) -> None:
    _visitors(stand, keys="*")


def _parcel_kind(stand: Stand) -> None:
    _visitors(stand, keys="32502\r5")


def _parcel_ending(stand: Stand) -> None:
    _visitors(stand, Reception(waiting=CHORES[:1]), keys="*3\r")


def _errand_kind(stand: Stand) -> None:
    _visitors(stand, keys="32502\r6")


def _visitors_way_out(stand: Stand) -> None:
    _visitors(stand, Reception(Rules(coming_in=False), waiting=()))


def tap_place(stand: Stand, place: int) -> None:
    """A finger on one of the tiles of the page for people without a code."""
    tiles = stand.window.pages.no_code.findChildren(PersonTile)
    QTest.mouseClick(tiles[place], Qt.MouseButton.LeftButton)


def _temperature_page(stand: Stand) -> None:
    stand.tell(scenes.no_temperature())
    stand.press(Qt.Key.Key_F3)


def _correction_page(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.press(Qt.Key.Key_F8)


def _reasons_to_let_pass(stand: Stand) -> None:
    _guard_is_asked_for(stand)
    stand.type(scenes.GUARD)
    stand.press(Qt.Key.Key_Return)


def _reasons_to_hold(stand: Stand) -> None:
    stand.tell(scenes.passed())
    stand.press(Qt.Key.Key_F8)
    stand.type("3")


def _guard_is_asked_for(stand: Stand) -> None:
    stand.tell(scenes.red())
    stand.press(Qt.Key.Key_F8)
    stand.type("1")


def _unknown_number(stand: Stand) -> None:
    _guard_is_asked_for(stand)
    stand.type("99")
    stand.press(Qt.Key.Key_Return)
    stand.type("12")


def _test_page(stand: Stand) -> None:
    stand.tell(scenes.no_test())
    stand.press(Qt.Key.Key_F6)


def _travel_page(stand: Stand) -> None:
    stand.tell(scenes.nothing_asked_yet())
    stand.press(Qt.Key.Key_F6)
    stand.type("12")


def _nothing_asked_yet(stand: Stand) -> None:
    stand.tell(scenes.nothing_asked_yet())
    stand.clock.advance(2)


def _companions(stand: Stand) -> None:
    stand.tell(scenes.passed())
    stand.window.pages.no_code.use(neighbours.Neighbours(with_them=neighbours.wang_and_hers()))
    stand.press(Qt.Key.Key_F1)


def _code_held_up(stand: Stand) -> None:
    stand.tell(scenes.needs_temperature())
    with_them = neighbours.wang_and_hers(held_up=True)
    stand.window.pages.no_code.use(neighbours.Neighbours(with_them=with_them))
    stand.press(Qt.Key.Key_F1)


def _brought(stand: Stand) -> None:
    stand.tell(scenes.passed(), scenes.brought())
    stand.clock.advance(2)


def _codes_go_down(stand: Stand) -> None:
    stand.press(Qt.Key.Key_F2)


def _codes_come_back(stand: Stand) -> None:
    stand.window.show_codes_down(True)
    stand.press(Qt.Key.Key_F2)


def _announced(stand: Stand) -> None:
    stand.tell(LookbacksOpen(2), DrillVerified(132, 3))


def _drill_announced(stand: Stand) -> None:
    stand.tell(DrillVerified(132, 3))


def _lists_changed(stand: Stand) -> None:
    stand.tell(ListsChanged(1200))


def _trust_unreadable(stand: Stand) -> None:
    stand.tell(TrustUnreadable(12))


def _notice_came(stand: Stand) -> None:
    stand.tell(NoticesHere("东门今晚十点起封闭，请走南门，不要放人", 1))


def _disk_will_be_full(stand: Stand) -> None:
    stand.tell(SpaceLeft(Level.VERY_LOW, 980_000_000, 1))


def _day_not_exported(stand: Stand) -> None:
    stand.tell(DailyExport(ExportProblem.NOT_WRITTEN, 12))


def _overridden(stand: Stand) -> None:
    stand.window.last_five.show_overrides({"guard": 1, "volunteer": 2})
    stand.tell(scenes.passed())


def _overridden_while_many_wait(stand: Stand) -> None:
    _many_wait(stand)
    _overridden(stand)


def _colour_page(stand: Stand) -> None:
    stand.tell(scenes.stranger())
    stand.press(Qt.Key.Key_F6)


def _clock_warning(stand: Stand) -> None:
    stand.tell(ClockWarning(7200.0))


def _crowded(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA), scenes.view(crowded=True))


def _too_small(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA), scenes.view(too_small=True))


def _demo(stand: Stand) -> None:
    stand.tell(
        scenes.status(DeviceKind.CAMERA, emulated=True),
        scenes.status(DeviceKind.THERMOMETER, emulated=True),
        scenes.passed(emulated=True),
    )


def _center(stand: Stand, link: Link, hours: float | None = 0.0, **more: Any) -> None:
    as_of = None if hours is None else scenes.NOW - timedelta(hours=hours)
    stand.tell(CenterStatus(link, lists_as_of=as_of, **more))


def _center_online(stand: Stand) -> None:
    _center(stand, Link.ONLINE)


def _no_center(stand: Stand) -> None:
    """The roster of a gate that stands alone has an age, too."""
    stand.tell(CenterStatus(own=OwnList(scenes.NOW - timedelta(days=12), imported=True)))


def _center_offline(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.SCANNER))
    _center(stand, Link.OFFLINE, 3.0, trouble=Trouble.NO_WAY, pending=1234)


def _center_refuses(stand: Stand) -> None:
    _center(stand, Link.PAUSED, trouble=Trouble.UNKNOWN_HERE)


def _center_has_another_time(stand: Stand) -> None:
    _center(stand, Link.ONLINE, clock=ClockState(300.0, 0.02))


def _center_list_comes(stand: Stand) -> None:
    _demo(stand)
    _center(stand, Link.ONLINE, None, lists_left=98_500, pending=12)


def _camera_lost(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.CAMERA, DeviceState.LOST))


def _thermometer_lost(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST))


def _not_measured(stand: Stand) -> None:
    stand.tell(scenes.needs_temperature(), scenes.not_measured(Obstacle.COLD_SKIN))
    stand.clock.advance(3)


def _too_cold(stand: Stand) -> None:
    stand.tell(scenes.not_measured(Obstacle.AMBIENT_TOO_COLD))


def _somebody_waits(stand: Stand) -> None:
    stand.tell(scenes.fever(), RecheckList((scenes.one_who_waits(0.1),)))
    stand.clock.advance(2)


def _many_wait(stand: Stand) -> None:
    stand.tell(scenes.passed(), scenes.who_wait(5))
    stand.clock.advance(1)


def _recheck_page(stand: Stand) -> None:
    stand.tell(scenes.fever(), scenes.who_wait(3))
    stand.press(Qt.Key.Key_F4)


def _full_recheck_page(stand: Stand) -> None:
    stand.tell(scenes.who_wait(7))
    stand.press(Qt.Key.Key_F4)


def _recheck_value(stand: Stand) -> None:
    _recheck_page(stand)
    stand.type("1")


def _clinical(stand: Stand) -> None:
    _recheck_value(stand)
    stand.press(Qt.Key.Key_F2)


def _left_uncleared(stand: Stand) -> None:
    stand.tell(
        LeftUncleared(scenes.one_who_waits(121.0)),
        LeftUncleared(scenes.one_who_waits(121.0, None, key="hand:1")),
    )


def _confirmed(stand: Stand) -> None:
    stand.tell(scenes.confirmed())
    stand.clock.advance(4)


def _instrument_stuck(stand: Stand) -> None:
    stand.tell(InstrumentState((scenes.finding(),), doubtful=True))


def _other_instrument(stand: Stand) -> None:
    two_thermometers(stand)
    stand.tell(
        InstrumentState(active="first"),
        InstrumentState((scenes.finding(name="first"),), active="second"),
        scenes.status(DeviceKind.THERMOMETER, DeviceState.LOST, name="first"),
        scenes.passed(),
    )


def two_thermometers(stand: Stand) -> None:
    stand.window.show_thermometers(("first", "second"))
    stand.tell(*(scenes.status(DeviceKind.THERMOMETER, name=name) for name in ("first", "second")))


def _staff_wanted(stand: Stand) -> None:
    stand.tell(scenes.status(DeviceKind.THERMOMETER), InstrumentState(wants_staff=True))


def _staff(stand: Stand) -> None:
    stand.tell(StaffReadings((35.4,), 3), StaffReadings((35.4,), 3, hindered=True))
    stand.clock.advance(3)


def _staff_done(stand: Stand) -> None:
    stand.tell(StaffReadings((35.4, 35.5, 35.6), 3))


def _part_shown(stand: Stand) -> None:
    stand.tell(PartShown(1, 3, (2, 3)))
    stand.clock.advance(4)


def _thermal(stand: Stand) -> None:
    stand.tell(scenes.warmth())


def _high_by_baseline(stand: Stand) -> None:
    stand.tell(scenes.fever(degrees=36.5, limit_c=36.3))
    stand.clock.advance(1)


STATES: dict[str, Callable[[Stand], None]] = {
    "idle": _idle,
    "way_out": _way_out,
    "way_out_demo": _way_out_demo,
    "codes_down": _codes_down,
    "idle_while_codes_are_down": _codes_down_idle,
    "measured_while_codes_are_down": _codes_down_measured,
    "needs_temperature": _needs_temperature,
    "needs_code": _needs_code,
    "pass": _pass,
    "queue": _queue,
    "barrier": _barrier,
    "keyboard_elsewhere": _elsewhere,
    "opening_page": _opening_page,
    "opening_number": _opening_number,
    "last_page": _last_page,
    "last_page_empty": _last_page_empty,
    "fever": _fever,
    "unknown": _unknown,
    "stop": _stop,
    "next_person": _next_person,
    "corrected": _corrected,
    "disk_full": _disk_full,
    "one_by_one": _one_by_one,
    "no_code_page": _no_code_page,
    "many_buildings": _many_buildings,
    "building": _building,
    "large_building": _large_building,
    "unit": _unit,
    "typed_house": _typed_house,
    "nobody_found": _nobody_found,
    "roster_not_ready": _roster_not_ready,
    "temperature_page": _temperature_page,
    "colour_page": _colour_page,
    "test_page": _test_page,
    "travel_page": _travel_page,
    "nothing_asked_yet": _nothing_asked_yet,
    "companions": _companions,
    "code_held_up": _code_held_up,
    "brought": _brought,
    "codes_go_down": _codes_go_down,
    "codes_come_back": _codes_come_back,
    "announced": _announced,
    "drill_announced": _drill_announced,
    "lists_changed": _lists_changed,
    "trust_unreadable": _trust_unreadable,
    "notice_came": _notice_came,
    "disk_will_be_full": _disk_will_be_full,
    "day_not_exported": _day_not_exported,
    "overridden": _overridden,
    "overridden_while_many_wait": _overridden_while_many_wait,
    "correction_page": _correction_page,
    "reasons_to_let_pass": _reasons_to_let_pass,
    "reasons_to_hold": _reasons_to_hold,
    "guard_is_asked_for": _guard_is_asked_for,
    "unknown_number": _unknown_number,
    "clock_warning": _clock_warning,
    "crowded": _crowded,
    "too small": _too_small,
    "demo": _demo,
    "camera_lost": _camera_lost,
    "center_online": _center_online,
    "no_center": _no_center,
    "center_offline": _center_offline,
    "center_refuses": _center_refuses,
    "center_has_another_time": _center_has_another_time,
    "center_list_comes": _center_list_comes,
    "thermometer_lost": _thermometer_lost,
    "not_measured": _not_measured,
    "too_cold": _too_cold,
    "somebody_waits": _somebody_waits,
    "many_wait": _many_wait,
    "recheck_page": _recheck_page,
    "full_recheck_page": _full_recheck_page,
    "recheck_value": _recheck_value,
    "clinical": _clinical,
    "left_uncleared": _left_uncleared,
    "confirmed": _confirmed,
    "instrument_stuck": _instrument_stuck,
    "other_instrument": _other_instrument,
    "staff_wanted": _staff_wanted,
    "staff": _staff,
    "staff_done": _staff_done,
    "part_shown": _part_shown,
    "thermal": _thermal,
    "high_by_baseline": _high_by_baseline,
    "visitors": _visitors,
    "visitors_nobody": _visitors_nobody,
    "visitors_two_houses": _visitors_two_houses,
    "visitors_no_house": _visitors_no_house,
    "visitors_what_for": _visitors_what_for,
    "visitors_phone": _visitors_phone,
    "visitors_travel": _visitors_travel,
    "visitors_code": _visitors_code,
    "visitors_surname": _visitors_surname,
    "visitors_leave": _visitors_leave,
    "visitors_many_leave": _visitors_many_leave,
    "parcels_wait": _parcels_wait,
    "parcel_kind": _parcel_kind,
    "parcel_ending": _parcel_ending,
    "errand_kind": _errand_kind,
    "visitors_way_out": _visitors_way_out,
}
