"""The section of kept data at the gate that runs: what goes and when, erasing on request, backups."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.core.override import Role
from station.journal import receipts, retention
from station.journal.audit import put_on_record
from station.journal.backup import ENDING, LEAST_PASSPHRASE, BackupError, make_backup
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.erasing import (
    NotInRosterError,
    StillWaitingError,
    Traces,
    count_traces,
    erase,
    find_traces,
)
from station.journal.errors import NoJournalError, storage_errors
from station.journal.mentions import find_mentions
from station.journal.sealed_file import SealedFileError
from station.journal.space import look
from station.presence_desk import in_words
from station.reports.receipt import write_paper, write_text
from station.retention_watch import RetentionWatch, is_held
from station.signing_in import SigningIn, vouched_by_two
from station.ui import operator_words, retention_words
from station.ui.admin.retention_desk import DeskError, DueLine, Found, Kept, Receipt, Signature
from station.ui.admin.work import CancelledError, Job, Progress

translate = QCoreApplication.translate


class Running(Protocol):
    """The gate at work, as far as this page needs it."""

    @property
    def journal(self) -> Journal: ...
    @property
    def keeping(self) -> RetentionWatch: ...


class StationRetentionDesk:
    """`ui.admin.retention_desk.RetentionDesk`. `station` gives None while the gate has no journal."""

    def __init__(
        self,
        folder: Path,
        station: Callable[[], Running | None],
        signing: SigningIn,
        zone: tzinfo,
        now: Callable[[], datetime],
        gate: Callable[[], str],
    ) -> None:
        """`now` is wall time in UTC."""
        self._folder, self._station, self._signing = folder, station, signing
        self._zone, self._now, self._gate = zone, now, gate

    # --- what goes by itself --------------------------------------------------------------------

    def look(self) -> Job:
        keeping = self._running().keeping
        keep_days, erasing, now = keeping.keep_days, keeping.erasing, self._now()

        def job(progress: Progress) -> Kept:
            with _in_words():
                return self._kept(keep_days, now, erasing=erasing)

        return job

    def _kept(self, keep_days: int, now: datetime, *, erasing: bool) -> Kept:
        with storage_errors(), closing(open_reader(self._folder)) as connection:
            plan = retention.plan(connection, now - timedelta(days=keep_days), self._zone)
            ran = retention.last_run(connection)
        space = look(self._folder, now)
        return Kept(
            keep_days=keep_days,
            due=_lines(plan),
            not_acked=plan.not_acked,
            not_archived=plan.not_archived,
            kept_since=plan.kept_since,
            last=ran.at.astimezone(self._zone) if ran else None,
            last_total=sum(ran.counts.values()) if ran else 0,
            announced=ran is None or not ran.finished,
            held=is_held(ran, now),
            erasing=erasing,
            free=space.free,
            days_left=space.days,
            level=space.level,
        )

    def run_now(self) -> None:
        with _in_words():
            self._running().keeping.run_now()

    # --- on request -----------------------------------------------------------------------------

    def needs_pins(self) -> bool:
        with _in_words():
            return self._signing.operators.any()

    def find(self, person_id: str) -> Job:
        vault = self._open().vault

        def job(progress: Progress) -> Found:
            with _in_words(), storage_errors(), closing(open_reader(self._folder)) as connection:
                traces = find_traces(connection, vault, person_id)
                mentions = find_mentions(connection, vault, person_id)
                places = [(one.kind, one.excerpt) for one in mentions]
                return Found(count_traces(connection, traces), (traces, mentions), places)

        return job

    def erase(self, found: Found, first: Signature, second: Signature, why: str) -> Receipt:
        traces, mentions = found.traces if isinstance(found.traces, tuple) else (None, ())
        assert isinstance(traces, Traces)
        with _in_words():
            who, note = self._two_people(first, second)
            event = Event(Audited.ERASED, who, note="\n".join(part for part in (note, why.strip()) if part))
            running = self._running()
            done = erase(
                running.journal,
                traces,
                event,
                now=self._now(),
                zone=self._zone,
                gate=self._gate(),
                mentions=mentions if found.with_mentions else (),
            )
            if not done.clean:
                running.keeping.left_untidy()
        return in_receipt_words(done.receipt, done.signature)

    def _two_people(self, first: Signature, second: Signature) -> tuple[Who, str]:
        """Who answers, and what of it goes into the sealed note."""
        if not self.needs_pins():
            names = [_as_one(name) for name, _ in (first, second)]
            if not all(names) or names[0] == names[1]:
                raise DeskError(translate("words", "要两个不同的人：请把两个人的名字都填上"))
            return Who(), f"{first[0].strip()}、{second[0].strip()}"
        signed = vouched_by_two(self._signing, first, second)
        if signed[0].refusal:
            raise DeskError(operator_words.refusal(signed[0].refusal, signed[0].wait_s))
        operators = [one.operator for one in signed if one.operator]
        return operators[0].who, f"+ {operators[1].number}"

    def write_receipt(self, receipt: Receipt, folder: Path) -> Path:
        paper = folder / f"{receipt.title}-{receipt.number}.pdf"
        with in_words():
            folder.mkdir(parents=True, exist_ok=True)
            write_text(paper.with_suffix(".txt"), receipt.title, receipt.lines, receipt.claim)
            write_paper(paper, receipt.title, receipt.lines, receipt.claim)
        return paper

    # --- backups --------------------------------------------------------------------------------

    def back_up(self, folder: Path, passphrase: str) -> Job:
        if len(passphrase) < LEAST_PASSPHRASE:
            raise DeskError(translate("words", "口令太短，至少 {count} 个字").format(count=LEAST_PASSPHRASE))
        now = self._now()
        with _in_words():
            self._admin_only()
            event = Event(Audited.EXPORTED, facts=(("what", "backup"),))
            put_on_record(self._open(), event, now)
        target = folder / f"kakou-{now.astimezone(self._zone):%Y%m%d-%H%M}{ENDING}"

        def job(progress: Progress) -> tuple[Path, int]:
            with _in_words():
                folder.mkdir(parents=True, exist_ok=True)
                made = make_backup(self._folder, target, passphrase, now=now, progress=progress.step)
            return made.path, made.size

        return job

    def _admin_only(self) -> None:
        """Whoever has the file and its passphrase can read every name. Raises DeskError, JournalError."""
        page = self._signing.page
        if self._signing.operators.any() and (page is None or page.role is not Role.ADMIN):
            raise DeskError(translate("words", "备份里什么都有，要管理员来做"))

    def _running(self) -> Running:
        running = self._station()
        if running is None:
            raise DeskError(translate("words", "大门的登记本还没打开，请过一会儿再试"))
        return running

    def _open(self) -> Journal:
        return self._running().journal


def in_receipt_words(receipt: receipts.Receipt, signature: bytes) -> Receipt:
    """A receipt as it is handed out, in the language of the screen."""
    say = QCoreApplication.translate
    lines = retention_words.receipt(receipt, say)
    title = retention_words.receipt_title(say)
    return Receipt(receipt.number, title, lines, receipts.claim(receipt, signature))


def _lines(plan: retention.Plan) -> list[DueLine]:
    by_day: dict[date | None, dict[str, int]] = {}
    for one in plan.due:
        by_day.setdefault(one.day, {})[one.kind.value] = one.count
    return [DueLine(day, counts) for day, counts in by_day.items()]


def _as_one(name: str) -> str:
    """Zhang and ＺＨＡＮＧ are one person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        with in_words():
            yield
    except CancelledError:
        raise
    except NoJournalError as error:
        raise DeskError(translate("words", "大门的登记本还没打开，请过一会儿再试")) from error
    except NotInRosterError as error:
        raise DeskError(translate("words", "名册里没有这个人了")) from error
    except StillWaitingError as error:
        raise DeskError(
            translate("words", "这个人还在复测名单上，先量好体温，或者在“复测”里处理完，再来删除")
        ) from error
    except (SealedFileError, BackupError) as error:
        raise DeskError(translate("words", "写好的备份读不回来，没有留下：请换一个 U 盘再试")) from error
    except OSError as error:
        said = translate("words", "备份没有写成：看看盘满了没有、U 盘拔了没有（{why}）")
        raise DeskError(said.format(why=error.strerror or error)) from error
