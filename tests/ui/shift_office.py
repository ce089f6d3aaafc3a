"""A gate at a change of shift: a real journal of a busy morning, the page for handing over, the rota."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from station.core.audit import Audited, Event
from station.core.contact import CenterStatus, ClockState, Link
from station.core.errand import Errand, ErrandKind
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.model import Direction
from station.core.operators import Who
from station.core.outcome import InstrumentState
from station.core.override import Role
from station.core.shift import Plan
from station.duty_desk import StationDutyDesk
from station.duty_facts import Live, Where, load_checklists
from station.duty_lists import DutyLists
from station.handing_over import StationHandoverDesk
from station.journal.audit import put_on_record
from station.journal.duties import Comer, Duties
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.errands import Errands
from station.rota_desk import StationRotaDesk
from station.signing_in import SigningIn
from station.ui.admin.places import Place
from station.ui.admin.rota import Mode, RotaSection
from station.ui.admin.window import AdminWindow
from station.ui.duty_at_gate import DutyAtGate
from station.ui.handover_page import HandoverPage
from tests.compound import STAND, Compound, busy
from tests.ui import scenes
from tests.ui.admin.over_gate import admin_over
from tests.ui.duty_desk import ADMIN, CHEAP, GUARD, PINS, STAFF, VOLUNTEER, audited
from tests.ui.states import GATE, Stand

TROUBLED = Live(
    (STAND.name,),
    {STAND.name: "working"},
    InstrumentState((Finding(STAND, FindingCode.DRIFT, (0.6,), 0.0),)),
    CenterStatus(Link.OFFLINE, pending=42, clock=ClockState(-3.0, 0.2)),
)


@dataclass
class ShiftOffice:
    gate: Stand
    compound: Compound
    signing: SigningIn
    desk: StationDutyDesk
    handover: StationHandoverDesk
    rota: StationRotaDesk
    admin: AdminWindow
    at_gate: DutyAtGate

    @classmethod
    def open(
        cls, folder: Path, size: tuple[int, int] = (1366, 768), theme: str = "day", *, staff: bool = True
    ) -> ShiftOffice:
        gate, compound = Stand.open(size, theme), Compound.open(folder / "station")
        journal, now = compound.journal, compound.clock.now
        signing = SigningIn(lambda: journal, now=now, monotonic=gate.clock.monotonic, cost=CHEAP)
        if staff:
            for number, (name, role) in STAFF.items():
                by = Who(ADMIN, Role.ADMIN) if number != ADMIN else Who()
                signing.operators.add(number, name, role, PINS[number], by=by)
                signing.operators.change_pin(number, PINS[number])
        signing.attend(journal)
        signing.begins = lambda one: Duties(journal).begin(Comer(one.name, one.who, "1"), now())
        desk = StationDutyDesk(signing, lambda: journal, scenes.ZONE, lambda: GATE, now)
        where = Where(GATE, "1", compound.policy, 12.0, scenes.ZONE)
        lists = DutyLists(lambda: journal, load_checklists()).now
        handover = StationHandoverDesk(
            desk, lambda: journal, lambda: where, lambda: TROUBLED, lists, lambda: "zh", now
        )
        rota = StationRotaDesk(desk, lambda: journal, lambda: GATE, scenes.ZONE, lists, lambda: "zh", now=now)
        place = Place("文档", folder / "documents")
        admin = admin_over(
            gate,
            lambda host: RotaSection(host, rota, where=lambda: [place]),
        )
        gate.window.admin_asked.connect(admin.open)
        at_gate = DutyAtGate(gate.window, desk, handover)
        return cls(gate, compound, signing, desk, handover, rota, admin, at_gate)

    @property
    def journal(self) -> Journal:
        return self.compound.journal

    @property
    def page(self) -> HandoverPage:
        return self.gate.window.pages.handover

    @property
    def section(self) -> RotaSection:
        section = self.admin.sections[0]
        assert isinstance(section, RotaSection)
        return section

    @property
    def said(self) -> str:
        return self.admin.work_bar.sentence.text()

    @property
    def header(self) -> str:
        return self.gate.window.header.accessibleName()

    def morning(self) -> None:
        """Everything that can stand on a sheet stands on it."""
        busy(self.compound)
        now, compound = self.compound.clock.now(), self.compound
        for name, minutes in (("徐桂英", 9), ("somebody", 7), ("周凤", 4)):
            compound.go(name, Direction.IN, now - timedelta(minutes=minutes), colour="red")
        compound.wait_at_the_side("王秀英", 37.4, minutes_ago=4)
        log = DutyLog(self.journal.connection)
        lost = log.happened("device", "camera usb-cam", now - timedelta(minutes=50))
        log.over(lost, now - timedelta(minutes=48))
        log.happened("left", "", now - timedelta(minutes=30))
        put_on_record(self.journal, Event(Audited.OPENED_BY_HAND, Who(GUARD, Role.GUARD), note="救护车"), now)
        parcel, late = (ErrandKind.EXPRESS, "3-2-501", 1), (ErrandKind.PRESCRIPTION, "3-1-402", 30)
        for kind, house, hours in (parcel, late):
            Errands(self.journal).take(Errand(f"{hours}", kind, house, now - timedelta(hours=hours)))
        compound.clock.at = now + timedelta(seconds=1)

    def later(self, hours: float) -> None:
        """Time passes, for journal and window alike."""
        self.compound.clock.at += timedelta(hours=hours)
        self.gate.clock.advance(hours * 3600)

    def type(self, digits: str) -> None:
        """At the gate, as a person types, with ENTER."""
        self.gate.type(digits)
        self.gate.press(Qt.Key.Key_Return)

    def sign_in(self, number: str) -> None:
        self.signing.sign_in(number, PINS[number])
        self.at_gate.show_duty()

    def ask(self) -> None:
        """For the page at which shifts are handed over."""
        self.at_gate.open_handover()
        QApplication.processEvents()

    def tap(self, name: str) -> None:
        """The tile with this name."""
        self.gate.clock.advance(1)
        (tile,) = [one for one in self.page.tiles if name in one.accessibleName()]
        tile.click()

    def shown(self) -> str:
        """All that the page says, title and buttons first."""
        page = self.page
        parts = [page.title.text(), page.note.accessibleName() if page.note.isVisible() else ""]
        for group in (page.cards, page.points, page.tiles, (page.go_on, page.other, page.more)):
            parts += [one.accessibleName() for one in group if one.isVisible()]
        return "\n".join(filter(None, parts))

    def told(self) -> list[tuple[str, str]]:
        """What was put on record today, oldest first: what, and by whom."""
        return [(line.what, line.who) for line in audited(self.desk, self.desk.today())][::-1]

    def plan(self, *plans: Plan) -> None:
        for one in plans:
            self.rota.plan(one)

    def show_rota(self, mode: Mode = Mode.ROTA) -> None:
        self.admin.open()
        self.section.show_mode(mode)
        QApplication.processEvents()

    def close(self) -> None:
        self.admin.shut_down()
        self.gate.window.close()
        self.journal.close()


# --- states for pictures and layout -----------------------------------------------------------


def sheet(office: ShiftOffice) -> None:
    """Of somebody who has been on duty since before all this."""
    at = office.compound.clock.at
    office.compound.clock.at = at - timedelta(hours=14, minutes=40)
    office.sign_in(VOLUNTEER)
    office.compound.clock.at = at
    office.morning()
    office.ask()


def quiet(office: ShiftOffice) -> None:
    office.ask()


def points(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("1")
    office.gate.type("13")


def stops(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("2")


def places(office: ShiftOffice) -> None:
    stops(office)
    office.gate.type("1")


def remark(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.type("3")
    office.page.field.setText("3 号楼陈奶奶的药下午到，请她儿子来拿")


def out_pin(office: ShiftOffice) -> None:
    sheet(office)
    office.gate.press(Qt.Key.Key_Return)
    office.gate.type("40")


def take_over(office: ShiftOffice) -> None:
    out_pin(office)
    office.type("71")


def in_pin(office: ShiftOffice) -> None:
    take_over(office)
    office.tap("张伟")
    office.type("999999")


def waiting(office: ShiftOffice) -> None:
    take_over(office)
    office.gate.press(Qt.Key.Key_Escape)
    office.gate.tell(scenes.passed())


def done(office: ShiftOffice) -> None:
    take_over(office)
    office.tap("张伟")
    office.type(PINS[GUARD])


def nameless(office: ShiftOffice) -> None:
    """Nobody has a PIN."""
    office.plan(Plan("4-16", "8:00", "16:00", "2"))
    office.rota.sign_up(office.rota.shifts()[0], "欧阳建国")
    office.rota.sign_up(office.rota.shifts()[0], "周凤")
    office.ask()
    office.gate.press(Qt.Key.Key_Return)


def typing(office: ShiftOffice) -> None:
    office.ask()
    office.gate.press(Qt.Key.Key_Return)
    office.gate.press(Qt.Key.Key_Return)


STATES: dict[str, Callable[[ShiftOffice], None]] = {
    "sheet": sheet,
    "quiet": quiet,
    "points": points,
    "stops": stops,
    "places": places,
    "remark": remark,
    "out_pin": out_pin,
    "take_over": take_over,
    "in_pin": in_pin,
    "waiting": waiting,
    "done": done,
}
NAMELESS: dict[str, Callable[[ShiftOffice], None]] = {"nameless": nameless, "typing": typing}


def week(office: ShiftOffice) -> None:
    office.signing.unlock(ADMIN, PINS[ADMIN])
    office.plan(Plan("4-16", "7:00", "19:00", "2", "5"), Plan("4-16", "19:00", "7:00", "1", "5"))
    shifts = office.rota.shifts()
    for number, name in ((0, "李秀英"), (0, "周凤"), (2, "欧阳建国"), (3, "张伟"), (4, "李秀英")):
        office.rota.sign_up(shifts[number], name)
    office.show_rota()


def chosen(office: ShiftOffice) -> None:
    week(office)
    office.section.rota.table.mark([office.rota.shifts()[1]])
    office.section.rota.names.setEditText("王秀英")


def withdrawing(office: ShiftOffice) -> None:
    week(office)
    office.section.rota.table.mark([office.rota.shifts()[0]])
    office.section.rota.withdraw.click()


def refused(office: ShiftOffice) -> None:
    week(office)
    for name, text in (("day", "4-17"), ("begins", "6"), ("ends", "8"), ("needed", "1")):
        office.section.rota.fields[name].setText(text)
    office.section.rota.add.click()


def no_rota(office: ShiftOffice) -> None:
    office.show_rota()


def sheets(office: ShiftOffice) -> None:
    done(office)
    office.later(8)
    office.ask()
    office.gate.press(Qt.Key.Key_Return)
    office.type(PINS[GUARD])
    office.gate.press(Qt.Key.Key_Escape)
    office.show_rota(Mode.SHEETS)


def one_sheet(office: ShiftOffice) -> None:
    sheets(office)
    office.section.sheets.table.mark([office.section.sheets.table.lines[1].about])
    office.section.sheets.look.click()


ADMIN_STATES: dict[str, Callable[[ShiftOffice], None]] = {
    "week": week,
    "chosen": chosen,
    "withdrawing": withdrawing,
    "refused": refused,
    "no_rota": no_rota,
    "sheets": sheets,
    "one_sheet": one_sheet,
}
