"""The rota and the past hand-over sheets for the admin page (`ui.admin.rota_desk.RotaDesk`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.core.checklist import Checklist
from station.core.handover import Party, Signature
from station.core.override import Role
from station.core.shift import LOOKS_AHEAD, Plan, Shift, ShiftError, Source, expected, lacking, read_plan
from station.duty_desk import StationDutyDesk
from station.duty_reports import report_signup
from station.handing_over import sheet_of
from station.journal.duties import Duties
from station.journal.entries import Journal
from station.journal.handovers import Handovers, Kept
from station.journal.masking import mask_name
from station.journal.shifts import Rota
from station.presence_desk import in_words, open_one
from station.reports.handover_sheet import Paper, print_sheet, sheet_image, write_sheet
from station.ui import handover_words, rota_words
from station.ui.admin.rota_desk import DeskError, SheetLine
from station.ui.admin.work import Progress

translate = QCoreApplication.translate

LOOKS_BACK = timedelta(days=30)


class StationRotaDesk:
    """`changed` hears that the rota is another one; `at_gate` brings up the page for handing over."""

    def __init__(
        self,
        operators: StationDutyDesk,
        journal: Callable[[], Journal | None],
        gate: Callable[[], str],
        zone: tzinfo,
        lists: Callable[[], Sequence[Checklist]],
        language: Callable[[], str],
        changed: Callable[[], None] = lambda: None,
        at_gate: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._operators, self._journal, self._gate, self._zone = operators, journal, gate, zone
        self._lists, self._language = lists, language
        self._changed, self._at_gate, self._utc = changed, at_gate, now

    def now(self) -> datetime:
        return self._utc().astimezone(self._zone)

    # --- the rota -------------------------------------------------------------------------------

    def shifts(self) -> Sequence[Shift]:
        midnight = datetime.combine(self.now().date(), time(), self._zone)
        with _in_words():
            return self._rota().between(midnight, midnight + LOOKS_AHEAD)

    def missing(self) -> Sequence[Shift]:
        return lacking(self.shifts(), self._utc())

    def may_plan(self) -> bool:
        page = self._operators.page()
        return not self._operators.used() or (page is not None and page.role is Role.ADMIN)

    def plan(self, plan: Plan) -> int:
        with _in_words():
            self._allow()
            made = self._rota().plan(read_plan(plan, self._zone, self._utc()), self._utc())
        self._changed()
        return len(made)

    def withdraw(self, shifts: Sequence[Shift]) -> int:
        with _in_words():
            self._allow()
            done = self._rota().withdraw([one.id for one in shifts])
        self._changed()
        return done

    def _allow(self) -> None:
        if not self.may_plan():
            raise DeskError(translate("rota", "排班要管理员来做；报名谁都可以"))

    def people(self) -> Sequence[str]:
        with _in_words():
            journal = open_one(self._journal)
            known = [one.name for one in self._operators.people()] if self._operators.used() else []
            shifts = self._rota().between(self._utc() - LOOKS_BACK, self._utc() + LOOKS_AHEAD)
            signed = [name for one in reversed(shifts) for name in one.names]
            return list(
                dict.fromkeys([*known, *expected(shifts, self._utc()), *signed, *Duties(journal).names()])
            )

    def sign_up(self, shift: Shift, name: str) -> None:
        with _in_words():
            self._rota().sign_up(shift.id, name, self._utc())
            self._report(shift, name, leaves=False)
        self._changed()

    def leave(self, shift: Shift, name: str) -> None:
        with _in_words():
            self._rota().leave(shift.id, name, self._utc())
            self._report(shift, name, leaves=True)
        self._changed()

    def _report(self, shift: Shift, name: str, *, leaves: bool) -> None:
        """The center hears of its own shifts only."""
        if shift.source is Source.CENTER:
            report_signup(open_one(self._journal), shift.id, name, self._utc(), leaves=leaves)

    def _rota(self) -> Rota:
        return Rota(open_one(self._journal), self._gate)

    # --- the sheets -----------------------------------------------------------------------------

    def sheets(self, until: date) -> Sequence[SheetLine]:
        end = datetime.combine(until + timedelta(days=1), time(), self._zone)
        with _in_words():
            kept = Handovers(open_one(self._journal)).between(end - LOOKS_BACK, end)
        return [self._line(one) for one in kept]

    def _line(self, kept: Kept) -> SheetLine:
        sheet = handover_words.blocks(kept.sheet, self._zone)
        began = datetime.fromtimestamp(kept.sheet.began_ms / 1000, self._zone)
        pressing = sum(one.pressing for one in sheet) + bool(kept.sheet.open_points)
        out, taken = kept.signed(Party.OUT), kept.signed(Party.IN)
        return SheetLine(
            kept.id,
            began,
            kept.at.astimezone(self._zone),
            _name(out),
            _name(taken),
            kept.sheet.counts.total,
            pressing,
            translate("rota", "两人都签了") if taken else translate("rota", "没有人接班"),
            kept.genuine,
        )

    def paper(self, sheet: SheetLine) -> SheetOnPaper:
        with _in_words():
            kept, lists = Handovers(open_one(self._journal)).find(sheet.id), self._lists()
        if kept is None:
            raise DeskError(translate("rota", "这张交班单已经过了保存期"))
        return SheetOnPaper(sheet_of(kept, self._zone, lists, self._language()))

    def printers(self) -> Sequence[str]:
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def hand_over(self) -> None:
        self._at_gate()


@dataclass(frozen=True, slots=True)
class SheetOnPaper:
    """`ui.admin.rota_desk.SheetPaper`."""

    sheet: Paper = field(repr=False)

    def image(self, dpi: float) -> QImage:
        return sheet_image(self.sheet, dpi)

    def write(self, path: Path, progress: Progress) -> int:
        with in_words():
            write_sheet(path, self.sheet)
        return 1

    def print_on(self, printer: str, progress: Progress) -> None:
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setFullPage(True)
        with in_words():
            print_sheet(device, self.sheet)


def _name(signed: Signature | None) -> str:
    if signed is None:
        return "—"
    return mask_name(signed.name) if not signed.absent else translate("rota", "人不在")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        with in_words():
            yield
    except ShiftError as error:
        raise DeskError(rota_words.refused(error)) from error
