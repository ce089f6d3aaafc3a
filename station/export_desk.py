"""The section of exports at the gate that runs: the log to a file, a file checked, each day's by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from station.core.operators import Who
from station.export_check import check_file
from station.export_reading import PasswordError
from station.export_watch import ExportWatch, file_name
from station.exporting import Cancelled, Exported, Format, Order, TooManyRowsError, export, exported
from station.journal import daily_exports, incarnation
from station.journal.audit_notes import leave
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.errors import JournalError, KeyProblem, NoJournalError, VaultError, storage_errors
from station.log_words import LogWords
from station.reports.log_table import Filter
from station.settings import Settings, SettingsError
from station.settings_file import Value
from station.signing_in import SigningIn, vouched_by_two
from station.translation import stated
from station.ui import export_words, operator_words
from station.ui.admin import desk_words
from station.ui.admin.exports_desk import Checked, Daily, DeskError, NeedsPasswordError, Wish, Written
from station.ui.admin.work import CancelledError, Job, Progress
from station.ui.words import problem

translate = QCoreApplication.translate


class Running(Protocol):
    """The gate at work, as far as this page needs it."""

    @property
    def journal(self) -> Journal: ...
    @property
    def exports(self) -> ExportWatch: ...
    @property
    def thermometers(self) -> tuple[str, ...]: ...


class StationExportDesk:
    """`ui.admin.exports_desk.ExportDesk`. `station` gives None while the gate has no journal."""

    def __init__(
        self,
        folder: Path,
        station: Callable[[], Running | None],
        settings: Callable[[], Settings],
        keep: Callable[[Mapping[str, Value]], None],
        signing: SigningIn,
        zone: tzinfo,
        now: Callable[[], datetime],
    ) -> None:
        """`keep` keeps changed settings, or raises SettingsError. `now` is wall time in UTC."""
        self._folder, self._station, self._settings, self._keep = folder, station, settings, keep
        self._signing, self._zone, self._now = signing, zone, now

    def today(self) -> date:
        return self._now().astimezone(self._zone).date()

    def instruments(self) -> Sequence[str]:
        running = self._station()
        return running.thermometers if running else ()

    def needs_pins(self) -> bool:
        with _in_words():
            return self._signing.operators.any()

    # --- a file ---------------------------------------------------------------------------------

    def export(self, wish: Wish) -> Job:
        vault = self._running().journal.vault
        with _in_words():
            if vault.locked:
                raise VaultError(KeyProblem.LOCKED, "names cannot be read")
            who = self._allowed(wish) if wish.in_clear else self._signing.answering()
        order = self._order(wish)
        target = wish.folder / file_name(order, Format(wish.ending))
        if wish.password:
            target = target.with_name(f"{target.name}.zip")
        now = self._now()

        def job(progress: Progress) -> Written:
            def record(made: Exported) -> None:
                progress.check()
                leave(self._folder, vault, exported(order, made, who, wish.reason), now)

            with _in_words():
                wish.folder.mkdir(parents=True, exist_ok=True)
                made = export(
                    *(self._folder, vault, order, target, LogWords()),
                    now=now,
                    progress=progress.step,
                    record=record,
                )
            return Written(made.path, made.claims.rows, made.pruned)

        return job

    def _order(self, wish: Wish) -> Order:
        settings = self._settings()
        chosen = Filter(
            verdicts=frozenset() if wish.verdict is None else frozenset({wish.verdict}),
            categories=frozenset({wish.category} - {""}),
            house=wish.house,
            instruments=frozenset({wish.instrument} - {""}),
        )
        order = Order(wish.first, wish.last, self._zone, settings.gate, settings.language, chosen)
        return replace(order, masked=not wish.in_clear, password=wish.password)

    def _allowed(self, wish: Wish) -> Who:
        """Two people and a reason, for names in clear. Raises DeskError, JournalError."""
        if not self._signing.operators.any():
            raise DeskError(desk_words.admin_first())
        if not wish.reason.strip():
            raise DeskError(translate("words", "请写明为什么要全名"))
        if len(wish.signatures) != 2:
            raise DeskError(translate("words", "导出全名要两个人一起签"))
        signed = vouched_by_two(self._signing, *wish.signatures)
        if signed[0].refusal:
            raise DeskError(operator_words.refusal(signed[0].refusal, signed[0].wait_s))
        return next(one.operator.who for one in signed if one.operator)

    def check(self, path: Path, password: str = "") -> Job:
        def job(progress: Progress) -> Checked:
            with _in_words(), storage_errors(), closing(open_reader(self._folder)) as connection:
                keys = [one.public_key for one in incarnation.every(connection).values()]
                words = LogWords()
                try:
                    found = check_file(path, self._folder, self._zone, lambda language: words, keys, password)
                except PasswordError as error:
                    raise NeedsPasswordError(_needs_password(password)) from error
            findings = [
                export_words.finding(one.what, one.number, words.header(one.column) if one.column else "")
                for one in found.findings
            ]
            rows = found.claims.rows if found.claims else 0
            agrees = export_words.agrees(rows, on_paper=found.on_paper, gone=found.gone)
            return Checked(rows, findings, agrees)

        return job

    # --- each day -------------------------------------------------------------------------------

    def daily(self) -> Daily:
        settings, running = self._settings(), self._running()
        with _in_words():
            last = daily_exports.newest(running.journal.connection)
        told = running.exports.told
        return Daily(
            to=settings.export_to or "",
            ending=f".{settings.export_as}",
            last=last.at.astimezone(self._zone) if last else None,
            file=last.file if last else "",
            problem=told.problem,
            waiting=told.days,
        )

    def set_daily(self, to: str, ending: str) -> None:
        with _in_words():
            self._keep({"export_to": to or None, "export_as": ending.removeprefix(".")})
        running = self._running()
        schedule = running.exports.schedule
        running.exports.schedule = replace(schedule, to=to, kind=Format(ending))
        running.exports.try_now()

    def _running(self) -> Running:
        running = self._station()
        if running is None:
            raise DeskError(translate("words", "大门的登记本还没打开，请过一会儿再试"))
        return running


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong, as the admin reads it."""
    try:
        yield
    except Cancelled as error:
        raise CancelledError from error
    except TooManyRowsError as error:
        raise DeskError(translate("words", "超过两万条，打印不下：请改存表格，或者少选几天")) from error
    except NoJournalError as error:
        raise DeskError(translate("words", "大门的登记本还没打开，请过一会儿再试")) from error
    except VaultError as error:
        locked = error.problem is KeyProblem.LOCKED
        raise DeskError(translate("words", "请先签到再导出") if locked else desk_words.no_key()) from error
    except SettingsError as error:
        raise DeskError(translate("words", "设置没有存下来：{why}").format(why=error)) from error
    except JournalError as error:
        told = problem(error.problem)
        raise DeskError(stated(told.sentence, told.step)) from error
    except OSError as error:
        said = translate("words", "没有存成：看看盘满了没有、U 盘拔了没有（{why}）")
        raise DeskError(said.format(why=error.strerror or error)) from error


def _needs_password(tried: str) -> str:
    if tried:
        return translate("words", "密码不对：请重新填密码，再点“核对这份文件”")
    return translate("words", "文件加了密码：请把密码填在密码栏里，再点“核对这份文件”")
