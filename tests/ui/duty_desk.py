"""A gate with operators: a real journal, and the door and the section of the admin page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from station.core.audit import Audited, Event, Line
from station.core.operators import Who
from station.core.override import Role
from station.journal.audit import put_on_record
from station.journal.entries import Journal
from station.journal.people import People, Person
from station.journal.pins import Cost
from station.operators_desk import StationOperatorsDesk
from station.signing_in import SigningIn
from station.ui.admin.operators import OperatorsSection
from station.ui.admin.operators_door import Door
from station.ui.admin.window import AdminWindow
from station.ui.admin.work import Progress
from station.ui.duty_at_gate import DutyAtGate
from tests.ui import scenes
from tests.ui.admin.looking import settle
from tests.ui.admin.over_gate import admin_over
from tests.ui.states import GATE, Stand

CHEAP = Cost(64, 1)
ADMIN, GUARD, VOLUNTEER = "1001", "3003", "2002"
PINS = {ADMIN: "730518", GUARD: "591736", VOLUNTEER: "4071"}
STAFF = {ADMIN: ("王建国", Role.ADMIN), GUARD: ("张伟", Role.GUARD), VOLUNTEER: ("李秀英", Role.VOLUNTEER)}


def audited(desk: StationOperatorsDesk, day: date) -> Sequence[Line]:
    """What stands on the page of a day, newest first."""
    return cast("Sequence[Line]", desk.audit(day)(Progress(lambda part: None)))


@dataclass
class DutyDesk:
    gate: Stand
    journal: Journal
    desk: StationOperatorsDesk
    admin: AdminWindow
    at_gate: DutyAtGate

    @classmethod
    def open(
        cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day", *, staff: bool = True
    ) -> DutyDesk:
        gate = Stand.open(size, theme)

        def now() -> datetime:
            return gate.clock.now().astimezone(UTC)

        journal = Journal.open(folder / "data", now=now, fingerprint=lambda path: "PC")
        signing = SigningIn(lambda: journal, now=now, monotonic=gate.clock.monotonic, cost=CHEAP)
        zone = gate.clock.now().tzinfo
        assert zone is not None
        desk = StationOperatorsDesk(signing, lambda: journal, zone, lambda: GATE, now)
        if staff:
            for number, (name, role) in STAFF.items():
                by = Who(ADMIN, Role.ADMIN) if number != ADMIN else Who()
                signing.operators.add(number, name, role, PINS[number], by=by)
                signing.operators.change_pin(number, PINS[number])
        signing.attend(journal)
        admin = admin_over(
            gate,
            lambda host: OperatorsSection(host, desk),
            door=Door(desk, gate.window.theme, monotonic=gate.clock.monotonic),
        )
        gate.window.admin_asked.connect(admin.open)
        return cls(gate, journal, desk, admin, DutyAtGate(gate.window, desk))

    @property
    def signing(self) -> SigningIn:
        return self.desk.signing

    @property
    def section(self) -> OperatorsSection:
        section = self.admin.sections[0]
        assert isinstance(section, OperatorsSection)
        return section

    @property
    def door(self) -> Door:
        assert self.admin.door is not None
        return self.admin.door

    def type(self, digits: str) -> None:
        """At the gate, as a person types, with ENTER."""
        self.gate.type(digits)
        self.gate.press(Qt.Key.Key_Return)

    def choose(self, name: str) -> None:
        """On the page where one signs in."""
        people = [one.name for one in self.desk.people()]
        self.gate.type(str(people.index(name) + 1))

    def sign_in(self, number: str) -> None:
        self.gate.press(Qt.Key.Key_Home)
        self.choose(STAFF[number][0])
        self.type(PINS[number])

    def at_the_door(self, number: str, pin: str) -> None:
        """Choose oneself and type."""
        leaves, place = divmod(
            [one.number for one in self.desk.trusted()].index(number), len(self.door.tiles)
        )
        for _ in range(leaves):
            self.door.more.click()
        self.door.tiles[place].tapped.emit()
        for digit in pin:
            self.door.pad.type(digit)
        self.door.pad.enter()
        QApplication.processEvents()

    def settle(self) -> None:
        settle(self.admin)

    def told(self) -> list[tuple[str, str]]:
        """What was put on record today, oldest first: what, and by whom."""
        return [(line.what, line.who) for line in audited(self.desk, self.desk.today())][::-1]

    def close(self) -> None:
        self.admin.shut_down()
        self.gate.window.close()
        self.journal.close()


# --- states for pictures and layout -----------------------------------------------------------


def _names(office: DutyDesk) -> None:
    office.gate.press(Qt.Key.Key_Home)


def _pin(office: DutyDesk) -> None:
    _names(office)
    office.choose("李秀英")
    office.gate.type("40")


def _wrong(office: DutyDesk) -> None:
    _names(office)
    office.choose("李秀英")
    office.type("9999")


def _new_pin(office: DutyDesk) -> None:
    office.signing.operators.reset_pin(VOLUNTEER, "6058", by=Who(ADMIN, Role.ADMIN))
    _names(office)
    office.choose("李秀英")
    office.type("6058")
    office.type("1234")
    office.type("1234")


def _on_duty(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    office.gate.tell(scenes.passed())


def _going_off(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    _names(office)


def _guard_signs(office: DutyDesk) -> None:
    office.sign_in(VOLUNTEER)
    office.gate.tell(scenes.stranger())
    office.gate.press(Qt.Key.Key_F8)
    office.gate.type("1")
    office.type(GUARD)


def _door(office: DutyDesk) -> None:
    office.admin.open()


def _door_many(office: DutyDesk) -> None:
    """More than one page of guards, and long names."""
    admin = Who(ADMIN, Role.ADMIN)
    for number in range(18):
        name = "阿卜杜热合曼·麦麦提明" if number % 2 else "Muhammad Abdurrahman ibn Yusuf al-Qasimi"
        office.signing.operators.add(str(5000 + number), name, Role.GUARD, f"83105{number:02}", by=admin)
    _door(office)


def _door_wrong(office: DutyDesk) -> None:
    _door(office)
    office.at_the_door(ADMIN, "111111")


def _lost(office: DutyDesk) -> None:
    _door(office)
    office.door.forgot.click()


def _in(office: DutyDesk) -> None:
    _door(office)
    office.at_the_door(ADMIN, PINS[ADMIN])


def _form(office: DutyDesk) -> None:
    _in(office)
    office.section.add.click()


def _reset(office: DutyDesk) -> None:
    _in(office)
    office.section.table.mark([office.section.table.lines[2].about])
    office.section.reset.click()


def _reset_long(office: DutyDesk) -> None:
    """Of somebody with a name as long as the field takes."""
    name = "Muhammad Abdurrahman ibn Yusuf al-Qasimi"
    office.signing.operators.change(VOLUNTEER, name, Role.VOLUNTEER, by=Who(ADMIN, Role.ADMIN))
    _reset(office)


def _recovery(office: DutyDesk) -> None:
    _in(office)
    office.section._make_recovery()


def _audit(office: DutyDesk) -> None:
    def put(what: Audited, who: str, note: str = "", **facts: str) -> None:
        office.gate.clock.advance(97)
        role = STAFF[who][1] if who else None
        at = office.gate.clock.now().astimezone(UTC)
        put_on_record(office.journal, Event(what, Who(who, role), "", tuple(facts.items()), note), at)

    put(Audited.SIGNED_IN, GUARD)
    put(Audited.OVERRIDE, GUARD, entry="1284", to="pass")
    put(Audited.SEARCHED, ADMIN)
    put(Audited.UNMASKED, ADMIN)
    put(
        Audited.EXPORTED,
        ADMIN,
        "街道 4 月 1 日来电话要的",
        days="2022-03-31/2022-03-31",
        rows="4213",
        masked="no",
    )
    put(Audited.POLICY, ADMIN, kind="codes_down")
    put(Audited.CLOCK_BACK, "", back_s="7200")
    put(Audited.PASS_REVOKED, ADMIN)
    put(Audited.SIGN_IN_FAILED, GUARD)
    put(Audited.OPENED_BY_HAND, GUARD, "救护车")
    _in(office)
    office.section.show_page(1)
    office.settle()


def _keys(office: DutyDesk) -> None:
    _in(office)
    office.section.lock.click()


def _keys_asked(office: DutyDesk) -> None:
    _keys(office)
    office.section.keys.wrap.click()


def _keys_in_pins(office: DutyDesk) -> None:
    _keys_asked(office)
    office.section.keys.form.pin.setText(PINS[ADMIN])
    office.section.keys.form.go.click()
    office.section.lock.click()


def _keys_changing(office: DutyDesk) -> None:
    """A new key, and the gate has not found the time yet."""
    residents = [Person(f"p{n}", f"张{n}", f"1-1-{n}", "resident") for n in range(40)]
    People(office.journal).add(residents, as_of=office.gate.clock.now().astimezone(UTC))
    _keys_in_pins(office)
    office.section.keys.rotate.click()
    office.section.keys.form.pin.setText(PINS[ADMIN])
    office.section.keys.form.go.click()


STATES: dict[str, Callable[[DutyDesk], None]] = {
    "names": _names,
    "pin": _pin,
    "wrong": _wrong,
    "new_pin": _new_pin,
    "on_duty": _on_duty,
    "going_off": _going_off,
    "guard_signs": _guard_signs,
    "door": _door,
    "door_many": _door_many,
    "door_wrong": _door_wrong,
    "lost": _lost,
    "operators": _in,
    "form": _form,
    "reset": _reset,
    "reset_long": _reset_long,
    "recovery": _recovery,
    "audit": _audit,
    "keys": _keys,
    "keys_asked": _keys_asked,
    "keys_in_pins": _keys_in_pins,
    "keys_changing": _keys_changing,
}


def _begin(office: DutyDesk) -> None:
    _door(office)


def _begin_form(office: DutyDesk) -> None:
    _door(office)
    office.section.add.click()


EMPTY_STATES: dict[str, Callable[[DutyDesk], None]] = {"begin": _begin, "begin_form": _begin_form}
