"""Announced visitors, the visitors of the last days, parcels and errands, for the admin page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.app import Opening, Station, SystemClock
from station.commands.people_words import file_words
from station.core.errand import Ending, Errand, ErrandKind
from station.core.visit import Announced
from station.journal.entries import Journal
from station.journal.errands import Errands, new_errand_id
from station.journal.masking import mask_name, mask_phone
from station.journal.visits import Visits, new_announced_id
from station.presence_desk import in_words, open_one
from station.reports.errand_list import ToCarry, print_errands, write_errands
from station.roster.expected_list import Expecting, Fault, FaultError, read_expected, read_row
from station.roster.house import read_house
from station.roster.problems import CellError, FileError, FileTrouble
from station.ui import visit_words
from station.ui.admin import people_words
from station.ui.admin.visits_desk import AnnouncedLine, DeskError, ErrandLine, VisitLine
from station.ui.admin.work import Progress
from station.visit_desk import StationVisitorDesk

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

LOOKS_BACK = timedelta(days=7)
LOOKS_AHEAD = timedelta(days=62)
MOST_BYTES = 5_000_000


class StationVisitBook:
    """`ui.admin.visits_desk.VisitBook`. `station` gives None while the journal is not open."""

    def __init__(
        self,
        station: Callable[[], Station | None],
        desk: StationVisitorDesk,
        opening: Callable[[], Opening],
        zone: tzinfo,
    ) -> None:
        self._station, self._desk, self._opening, self._zone = station, desk, opening, zone
        self._clock = SystemClock()

    # --- who is expected ------------------------------------------------------------------------

    def announced(self) -> Sequence[AnnouncedLine]:
        now = self._clock.now()
        with in_words():
            found = self._visits().announced(now, now + LOOKS_AHEAD)
        return [self._announced_line(one, came) for one, came in found]

    def announce(self, cells: Mapping[str, str]) -> AnnouncedLine:
        try:
            row = read_row(dict(cells), self._zone, self._clock.now())
        except FaultError as error:
            raise DeskError(fault(error.fault)) from error
        self._known_house(row.house)
        (one,) = self._announce([row])
        return self._announced_line(one, 0)

    def import_list(self, path: Path) -> tuple[int, Sequence[str]]:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise DeskError(translate("admin", "这个文件太大，不像一张名单"))
            found = read_expected(path.read_bytes(), self._zone, self._clock.now())
        except OSError as error:
            raise DeskError(translate("admin", "文件读不了：{why}").format(why=error)) from error
        except FileError as error:
            raise DeskError(_file_fault(error.what)) from error
        self._announce(found.rows)
        said = translate("admin", "第 {row} 行：{why}")
        return len(found.rows), [said.format(row=number, why=fault(why)) for number, why in found.faults]

    def withdraw(self, one: AnnouncedLine) -> None:
        with in_words():
            self._visits().withdraw(one.id)

    def _announce(self, rows: Sequence[Expecting]) -> list[Announced]:
        by = self._operator()
        made = [
            Announced(
                new_announced_id(), row.house, row.begins, row.ends, row.people, row.name, row.phone_tail, by
            )
            for row in rows
        ]
        with in_words():
            self._visits().announce(made, self._clock.now())
        return made

    def _announced_line(self, one: Announced, came: int) -> AnnouncedLine:
        begins, ends = one.begins.astimezone(self._zone), one.ends.astimezone(self._zone)
        masked = mask_name(one.name)
        return AnnouncedLine(
            one.id, one.house, one.name, masked, one.phone_tail, begins, ends, one.people, came
        )

    def _known_house(self, house: str) -> None:
        """A host who is in no list is a mistake of the pen, or of the telephone."""
        digits = "".join(filter(lambda character: character.isdigit() or character == "-", house))
        if self._desk.knows_houses() and house not in self._desk.houses(digits.strip("-")):
            raise DeskError(translate("admin", "名单里没有 {house} 这一户，请核对").format(house=house))

    # --- who came, what waits -------------------------------------------------------------------

    def visits(self) -> Sequence[VisitLine]:
        with in_words():
            found = self._visits().since(self._clock.now() - LOOKS_BACK)
        return [
            VisitLine(
                visit.id,
                visit.house,
                visit.name,
                mask_name(visit.name),
                visit.phone,
                mask_phone(visit.phone) if visit.phone else "",
                visit_words.purpose(visit.purpose),
                visit.at.astimezone(self._zone),
                way or "",
                visit.by,
            )
            for visit, way in found
        ]

    def errands(self, *, open_only: bool) -> Sequence[ErrandLine]:
        now = self._clock.now()
        with in_words():
            store = Errands(open_one(self._journal))
            found = store.open() if open_only else store.since(now - LOOKS_BACK)
        return [self._errand_line(one, now) for one in found]

    def take(self, kind: ErrandKind, house: str, note: str) -> None:
        try:
            name = read_house(house).name
        except CellError as error:
            raise DeskError(fault(Fault.NO_HOUSE)) from error
        if not name:
            raise DeskError(fault(Fault.NO_HOUSE))
        self._known_house(name)
        with in_words():
            made = Errand(
                new_errand_id(), kind, name, self._clock.now(), note=note.strip(), by=self._operator()
            )
            Errands(open_one(self._journal)).take(made)

    def close(self, errand: ErrandLine, ending: Ending) -> bool:
        with in_words():
            store = Errands(open_one(self._journal))
            return store.close(errand.id, ending, self._clock.now(), self._operator())

    def paper(self) -> ErrandSheet:
        open_ones = self.errands(open_only=True)
        lines = [
            ToCarry(one.house, visit_words.kind(one.kind), one.at, one.late, one.note) for one in open_ones
        ]
        gate = self._opening().settings.gate
        return ErrandSheet(lines, gate, self._clock.now().astimezone(self._zone))

    def printers(self) -> Sequence[str]:
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def _errand_line(self, one: Errand, now: datetime) -> ErrandLine:
        return ErrandLine(
            one.id,
            one.kind,
            one.house,
            " ".join(filter(None, (one.from_whom, one.note))),
            one.at.astimezone(self._zone),
            one.is_late(now),
            one.by,
            one.closed_at.astimezone(self._zone) if one.closed_at else None,
            one.ending,
            one.closed_by,
        )

    def _visits(self) -> Visits:
        """With those who are being taken down at the gate just now."""
        running = self._station()
        return running.visiting.visits if running else Visits(open_one(self._journal))

    def _journal(self) -> Journal | None:
        running = self._station()
        return running.journal if running else None

    def _operator(self) -> str:
        running = self._station()
        return running.journal.on_duty().number if running else ""


@dataclass(frozen=True, slots=True)
class ErrandSheet:
    """`ui.admin.visits_desk.ErrandPaper`."""

    lines: Sequence[ToCarry] = field(repr=False)
    gate: str
    at: datetime

    def write(self, path: Path, progress: Progress) -> int:
        with in_words():
            return write_errands(path, self.lines, self.gate, self.at, progress.step)

    def print_on(self, printer: str, progress: Progress) -> None:
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setFullPage(True)
        with in_words():
            print_errands(device, self.lines, self.gate, self.at, progress.step)


def _file_fault(what: FileTrouble) -> str:
    if what is FileTrouble.NO_HEADER:
        return translate("admin", "名单第一行要写明每列是什么，至少有“房号”和“从”两列")
    return file_words(what, people_words.translate)


def fault(what: Fault) -> str:
    texts = {
        Fault.NO_HOUSE: translate("admin", "房号看不懂，请写成 3-2-501"),
        Fault.NO_TIME: translate("admin", "时间看不懂，请写成 2022-04-01 14:00"),
        Fault.OVER: translate("admin", "时间已经过了，或者“到”早于“从”"),
        Fault.TOO_LONG: translate("admin", "最长 31 天；更久的请登记成租户或工作人员"),
        Fault.PEOPLE: translate("admin", "人数写 1 到 99"),
    }
    return texts[what]
