"""`station report`: the figures of a day; `station trace`: who passed near somebody or a time."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from station.commands.journal import local_zone, storage_words
from station.commands.operator import allow_in_clear
from station.commands.progress import showing
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.speech import speaking
from station.commands.words import translate
from station.core.audit import Audited, Event
from station.core.day_statistics import HOURS, DayStatistics, Readings, count
from station.core.model import Severity
from station.core.operators import NOBODY
from station.journal.audit import put_on_record
from station.journal.audit_notes import leave
from station.journal.connection import open_reader
from station.journal.day_passages import read_day
from station.journal.entries import Journal
from station.journal.errors import JournalError, VaultError
from station.journal.vault import open_vault
from station.settings import SettingsError, load_settings
from station.tracing import NoSuchEntryError
from station.tracing import trace as trace_of
from station.tracing_desk import exported, searched
from station.tracing_sheet import ENDINGS, write_trace
from station.ui.admin import statistics_words, tracing_words
from station.ui.admin.tracing_desk import AskedTrace, Trace, TraceLine


def report(arguments: argparse.Namespace) -> Exit:
    """The figures of a day. Exit 1 if nobody passed."""
    zone = local_zone()
    day: date = arguments.day or datetime.now(zone).date()
    with storage_words():
        made = count(read_day(arguments.data, day, zone))
    if arguments.json:
        print_json({"day": day.isoformat()} | _figures_json(made))
    else:
        with speaking():
            for line in _figures_lines(day, made):
                print_line(line)
    return Exit.DONE if made.passages else Exit.NEGATIVE


def _figures_lines(day: date, made: DayStatistics) -> Iterator[str]:
    words = statistics_words
    yield f"{day.isoformat()}  {words.headline(made)}"
    if not made.passages:
        return
    if noted := words.counted(made):
        yield noted
    yield from _verdict_lines(made)
    for code, times in made.reasons.most_common():
        yield f"  {words.reason(code)}  {words.part_of(times, made.passages)}"
    if made.pruned == made.passages:
        return  # nothing else is known of them
    yield words.temperatures(made.readings)
    for name, readings in made.by_instrument.items():
        yield f"  {words.instrument(name)}  {words.spread(readings)}"
    yield words.waits(made)
    yield words.rechecks(made)


def _verdict_lines(made: DayStatistics) -> Iterator[str]:
    words = statistics_words
    counted = [(f"{hour:02}:00", made.by_hour[hour]) for hour in HOURS if made.in_hour(hour)]
    counted += [(words.way(way), counts) for way, counts in made.by_direction.items()]
    counted += [(words.place(*where), counts) for where, counts in made.by_place.items()]
    counted += [(words.duty(number, {}), counts) for number, counts in made.by_duty.items()]
    for name, counts in counted:
        yield f"  {name}  {words.shares(counts)}"


def _figures_json(made: DayStatistics) -> dict[str, object]:
    return {
        "passages": made.passages,
        "corrected": made.corrected,
        "emulated": made.emulated,
        "by_hand": made.by_hand,
        "pruned": made.pruned,
        "verdicts": _verdicts(made.verdicts),
        "by_hour": {str(hour): _verdicts(made.by_hour[hour]) for hour in sorted(made.by_hour)},
        "by_direction": {way: _verdicts(counts) for way, counts in made.by_direction.items()},
        "by_lane": [
            {"gate": gate, "lane": lane} | _verdicts(counts) for (gate, lane), counts in made.by_place.items()
        ],
        "by_duty": {number: _verdicts(counts) for number, counts in made.by_duty.items()},
        "reasons": dict(made.reasons.most_common()),
        "temperatures": _readings_json(made.readings),
        "by_instrument": {name: _readings_json(one) for name, one in made.by_instrument.items()},
        "waits_s": _known(known=made.waits.total(), median=made.wait_s(0.5), p95=made.wait_s(0.95)),
        "rechecks": _known(held=made.held, now=_verdicts(made.held_now), median_minutes=made.settle_min(0.5)),
    }


def _known(**fields: object) -> dict[str, object]:
    """Absent means unknown, never null."""
    return {name: value for name, value in fields.items() if value is not None}


def _verdicts(counts: Counter[int]) -> dict[str, object]:
    return {one.word: counts[int(one)] for one in Severity}


def _readings_json(readings: Readings) -> dict[str, object]:
    return _known(
        count=readings.count,
        high=readings.high,
        median_c=readings.quantile_c(0.5),
        low_c=readings.quantile_c(0),
        top_c=readings.quantile_c(1),
        tenths={f"{tenths / 10:.1f}": times for tenths, times in sorted(readings.tenths.items())},
    )


# --- who was near -------------------------------------------------------------------------------


def trace(arguments: argparse.Namespace) -> Exit:
    """Who passed near a person, an entry or a time. Exit 1 if nobody did."""
    if arguments.to and arguments.to.suffix.lower() not in ENDINGS:
        raise CommandError(translate("cli", "名单只能存成 .xlsx 或 .csv"), Exit.WRONG_USE)
    asked = _asked(arguments)
    with _record(arguments) as put, storage_words():
        put(searched(asked))
        found = _find(arguments, asked)
        if arguments.names:
            facts = (("what", "trace"), ("people", str(found.people)))
            put(Event(Audited.UNMASKED, facts=facts, note=arguments.reason))
        if arguments.to:
            ending = arguments.to.suffix.lower()
            put(exported(found, ending, masked=not arguments.names, why=arguments.reason))
            _write(arguments, found)
    with speaking():
        _show(found, arguments)
    return Exit.DONE if found.near else Exit.NEGATIVE


def _asked(arguments: argparse.Namespace) -> AskedTrace:
    at: datetime | None = arguments.at
    return AskedTrace(
        arguments.minutes,
        person_id=arguments.person,
        number=arguments.entry,
        at=at.astimezone(local_zone()) if at else None,
        days=arguments.days,
        way=arguments.way,
    )


def _find(arguments: argparse.Namespace, asked: AskedTrace) -> Trace:
    with closing(open_reader(arguments.data)) as connection:
        vault = open_vault(arguments.data, create=False)
        try:
            with showing(translate("cli", "正在查谁同时过门")) as told:
                return trace_of(connection, vault, asked, datetime.now(UTC), local_zone(), told)
        except NoSuchEntryError as error:
            raise CommandError(
                translate("cli", "没有第 {} 条").format(asked.number), Exit.WRONG_USE
            ) from error


@contextmanager
def _record(arguments: argparse.Namespace) -> Iterator[Callable[[Event], None]]:
    """What puts it on record: in the journal, or beside a gate at work in a note for it.

    Names in clear need the journal, two people and a reason.
    """
    with storage_words():
        open_reader(arguments.data).close()  # no journal at all is told first
    with ExitStack() as opened:
        try:
            journal = opened.enter_context(Journal.open(arguments.data, now=lambda: datetime.now(UTC)))
        except (JournalError, VaultError) as error:
            if arguments.names:
                said = translate(
                    "cli", "要写进审计才能导出或看全名，可是登记本被占着：请先关掉大门的窗口（{}）"
                )
                raise CommandError(said.format(error)) from error
            with storage_words():
                vault = open_vault(arguments.data, create=False)
            yield lambda event: leave(arguments.data, vault, event, datetime.now(UTC))
            return
        who = allow_in_clear(journal, arguments.reason) if arguments.names else NOBODY
        yield lambda event: put_on_record(journal, replace(event, who=who), datetime.now(UTC))


def _write(arguments: argparse.Namespace, found: Trace) -> None:
    try:
        gate = load_settings(arguments.data).gate
        with speaking(), showing(translate("cli", "正在写流调名单")) as told:
            rows = write_trace(arguments.to, found, gate, told, masked=not arguments.names)
    except (OSError, SettingsError) as error:
        raise CommandError(translate("cli", "没有导出：{}").format(error)) from error
    print_error(translate("cli", "导出了 {} 条：{}").format(rows, arguments.to))


def _show(found: Trace, arguments: argparse.Namespace) -> None:
    for one in found.lines:
        if arguments.json:
            print_json(_line_json(one, in_clear=arguments.names))
        else:
            print_line(_line(one, in_clear=arguments.names))
    if not arguments.json:
        print_line(f"{tracing_words.asked(found.asked)}: {tracing_words.summary(found)}")
        if unsure := tracing_words.unsure(found):
            print_line(unsure)


def _line(one: TraceLine, *, in_clear: bool) -> str:
    words, name = tracing_words, one.name if in_clear else one.masked
    number = f"{one.number:6}" if one.number is not None else "     -"
    parts = (
        f"{words.moment(one.at)} {words.apart(one)}",
        words.way(one),
        words.verdict(one),
        words.relation(one),
        name or words.unnamed(one),
        one.dwelling,
        words.inside(one),
    )
    return f"{number} {'  '.join(part for part in parts if part)}"


def _line_json(one: TraceLine, *, in_clear: bool) -> dict[str, object]:
    return _known(
        number=one.number,
        at=one.at.isoformat(timespec="milliseconds") if one.at else None,
        apart_s=one.apart.total_seconds() if one.apart is not None else None,
        sure=one.sure,
        direction=one.way or None,
        decision=one.stands.word if one.stands is not None else None,
        relation=one.relation.value or None,
        subject=one.subject,
        name=(one.name if in_clear else one.masked) or None,
        dwelling=one.dwelling or None,
        inside=one.inside,
    )
