"""Handing over at the gate that runs (`ui.handover_desk.HandoverDesk`): sheet, ticks, signatures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.core.checklist import Checklist, Tick, newest
from station.core.handover import Party, Sheet
from station.core.operators import Operator, Who
from station.core.shift import current, expected
from station.duty_desk import StationDutyDesk
from station.duty_facts import Live, Where, begun, draft
from station.duty_reports import report_duty, report_handover
from station.journal.duties import Comer, Duties, Duty
from station.journal.duty_log import DutyLog
from station.journal.entries import Journal
from station.journal.handovers import Handovers, Kept
from station.journal.masking import mask_name
from station.journal.shifts import Rota
from station.presence_desk import in_words, open_one
from station.reports.handover_sheet import Paper, print_sheet
from station.ui import handover_words, operator_words
from station.ui.handover_desk import DeskError, ListView, PointLine, Signer, Waits

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

_NEAR = timedelta(hours=14)  # from here to there somebody of the rota may come


class StationHandoverDesk:
    """`operators` signs people in; `where` and `live` say how the gate stands now."""

    def __init__(
        self,
        operators: StationDutyDesk,
        journal: Callable[[], Journal | None],
        where: Callable[[], Where],
        live: Callable[[], Live],
        lists: Callable[[], Sequence[Checklist]],
        language: Callable[[], str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._operators, self._journal, self._where, self._live = operators, journal, where, live
        self._lists, self._language, self._utc = lists, language, now

    def pins(self) -> bool:
        return self._operators.used()

    def now(self) -> datetime:
        return self._utc().astimezone(self._zone)

    @property
    def _zone(self) -> tzinfo:
        return self._where().zone

    # --- the sheet ------------------------------------------------------------------------------

    def waits(self) -> Waits | None:
        with in_words():
            kept = Handovers(open_one(self._journal)).waiting()
        if kept is None:
            return None
        out = kept.signed(Party.OUT)
        return Waits(kept.at.astimezone(self._zone), mask_name(out.name) if out else "", kept.sheet)

    def draft(self, remark: str) -> Sheet:
        with in_words():
            return draft(
                open_one(self._journal), self._where(), self._live(), self._lists(), self._utc(), remark
            )

    def lists(self) -> Sequence[ListView]:
        with in_words():
            journal, now = open_one(self._journal), self._utc()
            began, _ = begun(journal, now)
            ticks = newest(DutyLog(journal.connection).ticks(began))
            who = {duty.position: duty for duty in Duties(journal).since(began)}
            lists = self._lists()
        return [
            ListView(
                one.id,
                one.said(self._language()),
                tuple(
                    self._line(one.id, point.id, point.said(self._language()), ticks, who)
                    for point in one.points
                ),
            )
            for one in lists
            if one.applies(began, now, self._zone)
        ]

    def _line(self, list_id: str, point: str, text: str, ticks: object, who: dict[int, Duty]) -> PointLine:
        assert isinstance(ticks, dict)
        tick = ticks.get((list_id, point))
        if tick is None or not tick.done:
            return PointLine(list_id, point, text, done=False)
        duty = who.get(tick.duty or 0)
        by = mask_name(duty.name) if duty else tick.by
        return PointLine(list_id, point, text, True, f"{tick.at.astimezone(self._zone):%H:%M} {by}".strip())

    def tick(self, point: PointLine) -> None:
        with in_words():
            journal = open_one(self._journal)
            duty = Duties(journal).current()
            by = journal.on_duty().number
            made = Tick(
                point.list_id, point.id, self._utc(), not point.done, by, duty.position if duty else None
            )
            DutyLog(journal.connection).tick(made)
            self._report_duty(journal)

    def send(self, entry: bytes, place: str) -> None:
        with in_words():
            journal = open_one(self._journal)
            DutyLog(journal.connection).sent(entry, place, self._utc(), journal.on_duty().number)

    # --- who signs ------------------------------------------------------------------------------

    def on_duty(self) -> Signer | None:
        operator = self._operators.on_duty()
        if operator:
            return _operator(operator)
        with in_words():
            duty = Duties(open_one(self._journal)).current()
        return Signer(duty.name) if duty and not duty.number else None

    def people(self) -> Sequence[Signer]:
        with in_words():
            journal = open_one(self._journal)
            shifts = Rota(journal, lambda: self._where().gate).between(*self._near())
            names = expected(shifts, self._utc())
            if self.pins():
                people = [_operator(one) for one in self._operators.people()]
                return sorted(people, key=lambda one: one.name not in names)
            planned = [Signer(name, about=translate("handover", "值班表上")) for name in names]
            former = [
                Signer(name, about=translate("handover", "以前值过班"))
                for name in Duties(journal).names()
                if name not in names
            ]
        return [*planned, *former]

    def _near(self) -> tuple[datetime, datetime]:
        now = self._utc()
        return now - _NEAR, now + _NEAR

    def hand_over(self, sheet: Sheet, signer: Signer | None, pin: str) -> str:
        who = Who()
        if signer and signer.number:
            answer = self._operators.sign_once(signer.number, pin)
            if answer.operator is None:
                return answer.refusal
            who = answer.operator.who
        try:
            with in_words():
                journal, now = open_one(self._journal), self._utc()
                Handovers(journal).hand_over(sheet, who, signer.name if signer else "", now)
                self._report(journal)
        except DeskError as error:
            return str(error)
        return ""

    def take_over(self, signer: Signer, pin: str) -> str:
        who = Who()
        if signer.number:
            answer = self._operators.sign_in_to_take_over(signer.number, pin)
            if answer.operator is None:
                return answer.refusal
            who = answer.operator.who
        try:
            with in_words():
                self._take(open_one(self._journal), signer, who)
        except DeskError as error:
            return str(error)
        return ""

    def _take(self, journal: Journal, signer: Signer, who: Who) -> None:
        now, sheets = self._utc(), Handovers(journal)
        shifts = Rota(journal, lambda: self._where().gate).between(now, now + timedelta(seconds=1))
        planned, kept = current(shifts, now), sheets.waiting()
        comer = Comer(signer.name, who, self._where().lane, planned.id if planned else None)
        if kept:
            sheets.take_over(kept, comer, now)
            self._report(journal)
        else:
            Duties(journal).begin(comer, now)
        self._report_duty(journal)

    # --- what the center hears, paper -----------------------------------------------------------

    def _report(self, journal: Journal) -> None:
        newest = Handovers(journal).newest()
        if newest:
            report_handover(journal, newest, self._utc())

    def _report_duty(self, journal: Journal) -> None:
        report_duty(journal, self._where().gate, self._lists(), self._zone, self._utc())

    def print(self) -> str:
        if QPrinterInfo.defaultPrinter().isNull():
            return ""
        try:
            with in_words():
                kept = Handovers(open_one(self._journal)).newest()
                if kept is None:
                    return ""
                device = QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution)
                device.setFullPage(True)
                print_sheet(device, sheet_of(kept, self._zone, self._lists(), self._language()))
        except DeskError as error:
            return str(error)
        return translate("handover", "交班单送到打印机了")


def sheet_of(kept: Kept, zone: tzinfo, lists: Sequence[Checklist], language: str) -> Paper:
    """A kept sheet as it is printed."""
    return handover_words.paper(kept.sheet, kept.signatures, zone, lists, language, mask_name)


def _operator(one: Operator) -> Signer:
    return Signer(one.name, one.number, operator_words.role(one.role))
