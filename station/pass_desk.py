"""Where the admin page issues, prints and takes back passes: through the running gate's own journal.

The journal has one writer, and while the gate runs that is the gate. So everything here is called in the GUI
thread, which owns it; only a `PrintedSheet`, which has all it needs, may go to another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import NoReturn

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.core.outcome import StorageProblem
from station.core.passes import PassError, PassKind, TakenBackError
from station.issuing import PassOffice, current, holder_of, last_day, last_second, printed
from station.journal.audit_notes import leave
from station.journal.connection import folder_of
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.journal.masking import mask_name
from station.journal.passes import SignedPass
from station.journal.people import People, Person
from station.presence_desk import in_words
from station.reports.passes import Paper, page_count, page_image, print_on, write_pdf
from station.searches_on_record import SearchesOnRecord
from station.ui.admin import desk_words
from station.ui.admin.desk import Candidate, DeskError, PassLine
from station.ui.admin.work import Progress

_MM_PER_INCH = 25.4
_WIDTHS_MM = {Paper.A4: 210.0, Paper.CARD: 85.6, Paper.A6: 105.0}


def utc_now() -> datetime:
    """To the second: passes know no finer time."""
    return datetime.now(UTC).replace(microsecond=0)


class StationPassDesk:
    """`ui.admin.desk.PassDesk`. `journal` gives the open one, or None while the gate has none.

    `changed` is called after passes were issued or taken back.
    """

    def __init__(
        self,
        journal: Callable[[], Journal | None],
        issuer: Callable[[], str],
        changed: Callable[[], None],
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._journal, self._issuer, self._changed = journal, issuer, changed
        self._zone, self._now = zone, now
        self._searches = SearchesOnRecord("passes", now)
        self._signed: dict[bytes, SignedPass] = {}

    def passes(self) -> Sequence[PassLine]:
        with _in_words():
            valid = current(self._office().all(), self._now())
        self._signed = {issued.gate_pass.id: issued for issued in valid}
        return sorted((self._line(issued) for issued in valid), key=lambda line: (line.dwelling, line.name))

    def living_in(self, house: str) -> Sequence[Candidate]:
        with _in_words():
            journal = self._open_journal()
            self._searches.put(journal)
            served = {(line.name, line.dwelling) for line in self.passes()}
            people = People(journal).living_in(house)
        return [_candidate(person, (person.name, person.dwelling) in served) for person in people]

    def issue(self, people: Sequence[Candidate]) -> Sequence[PassLine]:
        now = self._now()
        with _in_words():
            holders = [holder_of(_person(one)) for one in people]
            until = last_second(last_day(now, self._zone), self._zone)
            signed = self._office().issue(holders, issuer=self._issuer(), until=until, now=now)
            owners = {(one.name, one.dwelling): one.key for one in people}
            for new in signed:
                holder = new.gate_pass.holder
                self._bind(new, owners[holder.name, holder.dwelling], now)
        return self._take(signed)

    def reissue(self, lost: PassLine) -> PassLine:
        now = self._now()
        with _in_words():
            until = last_second(last_day(now, self._zone), self._zone)
            old = self._signed[lost.id]
            owner = self._owner(old)
            signed = self._office().reissue(old.gate_pass, until=until, now=now)
            if owner:
                self._bind(signed, owner, now)
        (line,) = self._take([signed])
        return line

    def revoke(self, passes: Sequence[PassLine]) -> None:
        with _in_words():
            self._office().revoke([line.id for line in passes], now=self._now())
        self._changed()

    def sheet(self, passes: Sequence[PassLine], paper: Paper) -> PrintedSheet:
        chosen = [self._signed[line.id] for line in passes]
        return PrintedSheet(chosen, paper, self._zone, self._recorder(len(chosen)))

    def _recorder(self, count: int) -> Callable[[], None]:
        """What puts it on record that so many names leave, by a note: paper is made in another thread."""
        journal = self._journal()
        if journal is None:
            return _no_journal
        event = replace(printed(count), who=journal.on_duty())
        return partial(leave, folder_of(journal.connection), journal.vault, event, self._now())

    def printers(self) -> Sequence[str]:
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def _owner(self, signed: SignedPass) -> str | None:
        journal = self._open_journal()
        known = People(journal).find_by_code(journal.vault.code_key(signed.text))
        return known.person_id if known else None

    def _bind(self, signed: SignedPass, owner: str, now: datetime) -> None:
        """Also to somebody whose id does not come from name and dwelling, as after a move."""
        if self._owner(signed) is None:
            People(self._open_journal()).bind(owner, signed.text, now=now)

    def _take(self, signed: Sequence[SignedPass]) -> list[PassLine]:
        self._signed |= {one.gate_pass.id: one for one in signed}
        self._changed()
        return [self._line(one) for one in signed]

    def _open_journal(self) -> Journal:
        journal = self._journal()
        return _no_journal() if journal is None else journal

    def _office(self) -> PassOffice:
        return PassOffice(self._open_journal())

    def _line(self, signed: SignedPass) -> PassLine:
        gate_pass, holder = signed.gate_pass, signed.gate_pass.holder
        until = gate_pass.valid_until.astimezone(self._zone).date()
        name = holder.name
        return PassLine(
            gate_pass.id, gate_pass.number, name, mask_name(name), holder.dwelling, holder.kind, until
        )


def _no_journal() -> NoReturn:
    raise JournalError(StorageProblem.LOCKED, "the gate has no journal now")


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """`ui.admin.desk.Sheet`."""

    passes: Sequence[SignedPass]
    paper: Paper
    zone: tzinfo
    record: Callable[[], None]  # from any thread, before anything leaves. Raises JournalError

    @property
    def pages(self) -> int:
        return page_count(self.passes, self.paper)

    def image(self, page: int, width: int) -> QImage:
        dpi = width / _WIDTHS_MM[self.paper] * _MM_PER_INCH
        with _in_words():
            return page_image(self.passes, self.paper, self.zone, page=page, dpi=dpi)

    def write(self, path: Path, progress: Progress) -> None:
        with _in_words():
            self.record()
            write_pdf(path, self.passes, self.paper, self.zone, drawn=progress.step)

    def print_on(self, printer: str, progress: Progress) -> None:
        device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
        device.setFullPage(True)
        with _in_words():
            self.record()
            print_on(device, self.passes, self.paper, self.zone, drawn=progress.step)


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    with in_words():
        try:
            yield
        except TakenBackError as error:
            raise DeskError(desk_words.taken_back()) from error
        except PassError as error:
            raise DeskError(desk_words.unfit(str(error))) from error


def _candidate(person: Person, has_pass: bool) -> Candidate:
    kind = PassKind(person.category) if person.category in set(PassKind) else None
    return Candidate(person.id, person.name, mask_name(person.name), person.dwelling, kind, has_pass)


def _person(candidate: Candidate) -> Person:
    return Person(candidate.key, candidate.name, candidate.dwelling, candidate.kind or "")
