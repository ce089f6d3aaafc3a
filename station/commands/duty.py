"""`station shift …`: the rota, who was on duty; `station handover …`: hand-over sheets. Names are masked.

Reading works beside a running gate; what changes the rota needs it closed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from station.commands.journal import local_zone, storage_words
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import found_or_said, in_english, translate
from station.core.handover import Party, Sheet, Signature
from station.core.shift import LOOKS_AHEAD, Plan, Shift, ShiftError, Source, read_plan
from station.duty_facts import load_checklists
from station.duty_reports import report_signup
from station.handing_over import sheet_of
from station.journal.duties import duties_since
from station.journal.entries import Journal
from station.journal.handovers import Kept, read_between
from station.journal.masking import mask_name
from station.journal.shifts import Rota, open_rota
from station.reports.handover_sheet import write_sheet
from station.reports.passes import PrintError
from station.settings import SettingsError, load_settings
from station.translation import listed
from station.ui import handover_words, rota_words

LOOKS_BACK = timedelta(days=30)


def shifts(arguments: argparse.Namespace) -> Exit:
    """The rota from today on. Exit 1 if a shift within 24 hours has nobody."""
    now = datetime.now(local_zone())
    with storage_words(), open_rota(arguments.data, _gate(arguments)) as rota:
        found = rota.between(_midnight(now.date()), now + LOOKS_AHEAD)
    for one in found:
        if arguments.json:
            print_json(_shift_json(one))
        else:
            names = listed(map(mask_name, one.names)) or translate("cli", "没有人")
            print_line(f"{one.id}  {rota_words.span(one, now):24} {len(one.names)}/{one.needed}  {names}")
    found_or_said(found)
    soon = [
        one for one in found if one.missing and one.ends > now and one.begins <= now + timedelta(hours=24)
    ]
    return Exit.NEGATIVE if soon else Exit.DONE


def add(arguments: argparse.Namespace) -> Exit:
    """One shift, or one for each of several days."""
    now = datetime.now(UTC)
    plan = Plan(arguments.day, arguments.begins, arguments.ends, str(arguments.needed), str(arguments.days))
    with _rota(arguments) as rota:
        made = rota.plan(read_plan(plan, local_zone(), now), now)
    for one in made:
        if arguments.json:
            print_json(_shift_json(one))
        else:
            print_line(f"{one.id}  {rota_words.span(one, now.astimezone(local_zone()))}")
    return Exit.DONE


def sign(arguments: argparse.Namespace) -> Exit:
    """Somebody takes a shift, or leaves it again."""
    now = datetime.now(UTC)
    with _journal(arguments) as journal:
        rota = Rota(journal, lambda: _gate(arguments))
        if arguments.leave:
            rota.leave(arguments.id, arguments.name, now)
        else:
            rota.sign_up(arguments.id, arguments.name, now)
        shift = rota.find(arguments.id)
        if shift and shift.source is Source.CENTER:
            report_signup(journal, shift.id, arguments.name, now, leaves=arguments.leave)
    return Exit.DONE


def remove(arguments: argparse.Namespace) -> Exit:
    """A shift of here is not any more. Exit 1 if there is none."""
    with _rota(arguments) as rota:
        return found_or_said(rota.withdraw([arguments.id]))


def duties(arguments: argparse.Namespace) -> Exit:
    """Who was on duty on a day: who, from when to when, at which lane. Exit 1 if nobody was."""
    zone = local_zone()
    day = arguments.day or datetime.now(zone).date()
    with storage_words():
        since = duties_since(arguments.data, _midnight(day))
    found = [one for one in since if one.began.astimezone(zone).date() <= day]
    for one in found:
        until = one.ended.astimezone(zone) if one.ended else None
        if arguments.json:
            print_json(
                {
                    "began": one.began.isoformat(timespec="seconds"),
                    "ended": one.ended.isoformat(timespec="seconds") if one.ended else None,
                    "lane": one.lane,
                    "operator": one.number or None,
                    "name": mask_name(one.name),
                    "shift": one.shift,
                }
            )
        else:
            last = f"{until:%m-%d %H:%M}" if until else translate("cli", "还在")
            who = f"{one.number or '-'} {mask_name(one.name)}"
            print_line(f"{one.began.astimezone(zone):%m-%d %H:%M} – {last}  {one.lane}  {who}")
    return found_or_said(found)


def sheets(arguments: argparse.Namespace) -> Exit:
    """The hand-over sheets of the last 30 days, newest first; or one of them, as text, JSON or PDF.

    Exit 1 if there is none.
    """
    zone = local_zone()
    day = arguments.day or datetime.now(zone).date()
    begin = _midnight(day) if arguments.day else _midnight(day) - LOOKS_BACK
    with storage_words():
        found = read_between(arguments.data, begin, _midnight(day) + timedelta(days=1))
    if arguments.id:
        found = [one for one in found if one.id.startswith(arguments.id)]
    if arguments.pdf:
        return _print(arguments, found)
    for one in found:
        if arguments.json:
            print_json(_sheet_json(one))
        elif arguments.id:
            _show(one)
        else:
            print_line(_line(one))
    return found_or_said(found)


# --- parts --------------------------------------------------------------------------------------


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), local_zone())


def _gate(arguments: argparse.Namespace) -> str:
    try:
        return load_settings(arguments.data).gate
    except SettingsError as error:
        raise CommandError(translate("cli", "设置有误：{}").format(error)) from error


@contextmanager
def _rota(arguments: argparse.Namespace) -> Iterator[Rota]:
    with _journal(arguments) as journal:
        yield Rota(journal, lambda: _gate(arguments))


@contextmanager
def _journal(arguments: argparse.Namespace) -> Iterator[Journal]:
    """Of this folder, with what goes wrong in words."""
    with storage_words(), Journal.open(arguments.data, now=lambda: datetime.now(UTC)) as journal:
        try:
            yield journal
        except ShiftError as error:
            raise CommandError(rota_words.refused(error), Exit.NEGATIVE) from error


def _shift_json(one: Shift) -> dict[str, object]:
    return {
        "id": one.id,
        "begins": one.begins.isoformat(timespec="seconds"),
        "ends": one.ends.isoformat(timespec="seconds"),
        "needed": one.needed,
        "missing": one.missing,
        "names": [mask_name(name) for name in one.names],
        "source": one.source.value,
    }


def _line(one: Kept) -> str:
    zone = local_zone()
    span = handover_words.span(one.sheet, zone)
    signed = " → ".join(_signer(one.signed(party)) for party in Party)
    mark = "" if one.genuine else "▲ "
    return f"{one.id}  {span:34} {one.sheet.counts.total:6}  {mark}{signed}"


def _signer(signed: Signature | None) -> str:
    if signed is None:
        return translate("cli", "没签")
    return translate("cli", "人不在") if signed.absent else mask_name(signed.name)


def _show(one: Kept) -> None:
    paper = sheet_of(one, local_zone(), load_checklists(), _language())
    print_line(f"{paper.title}  {paper.gate}  {paper.span}")
    for block in paper.blocks:
        mark = "▲ " if block.pressing else ""
        print_line(f"{mark}{block.title}: {block.value}")
        for line in block.lines:
            print_line(f"    {line}")
    for signed in paper.signed:
        print_line(f"{signed.party}: {signed.name}  {signed.at}")


def _sheet_json(one: Kept) -> dict[str, object]:
    fields = {name: getattr(one.sheet, name) for name in Sheet.__struct_fields__}
    told = msgspec.to_builtins({name: _plain(value) for name, value in fields.items()})
    return {
        "id": one.id,
        "at": one.at.isoformat(timespec="seconds"),
        "genuine": one.genuine,
        "outgoing": _number(one, Party.OUT),
        "incoming": _number(one, Party.IN),
        **told,
    }


def _plain(value: object) -> object:
    """Structs that travel as arrays, with the names of their fields."""
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.hex() if isinstance(value, bytes) else value


def _number(one: Kept, party: Party) -> str | None:
    signed = one.signed(party)
    return None if signed is None or signed.absent else signed.number or mask_name(signed.name)


def _print(arguments: argparse.Namespace, found: list[Kept]) -> Exit:
    if not found:
        return found_or_said(found)
    QCoreApplication.instance() or QGuiApplication(["station", "-platform", "offscreen"])
    try:
        write_sheet(arguments.pdf, sheet_of(found[0], local_zone(), load_checklists(), _language()))
    except PrintError as error:
        raise CommandError(translate("cli", "写不了 {}：{}").format(arguments.pdf, error)) from error
    print_line(str(arguments.pdf))
    return Exit.DONE


def _language() -> str:
    return "en" if in_english() else "zh"
