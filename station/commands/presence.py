"""`station inside`, `station away`, `station lookback`: read beside a running gate. Names are masked.

Only the printed evacuation list tells names in full, because rescuers call them.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from station.commands.journal import local_zone, storage_words
from station.commands.on_record import on_record
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import found_or_said, translate
from station.core.audit import Audited, Event
from station.core.explain import ExplainError
from station.core.facts import Fact, FactKind, IsolationState, TestState
from station.core.policy import Policy, PolicyError
from station.journal.connection import open_reader
from station.journal.errors import JournalError, VaultError
from station.journal.lookbacks import Passages
from station.journal.policies import read_policy_history
from station.journal.presence import Presence, open_presence
from station.journal.vault import open_vault
from station.lookback_desk import line_of
from station.looking_back import look
from station.policy_desk import in_force
from station.presence_desk import Rules, evacuated, inside_now, to_find
from station.reports.evacuation import ToFind, write_evacuation
from station.reports.passes import PrintError
from station.settings import Settings, SettingsError, load_settings
from station.ui.admin.inside_desk import InsideNow, Seen, TaskLine

log = logging.getLogger(__name__)

# What somebody can turn out to be. A word that no rule knows would be judged as "not known": never a STOP.
_VALUES: dict[str, Collection[str]] = {
    "colour": ("green", "yellow", "red"),
    "isolation": tuple(IsolationState),
    "test": tuple(TestState),
}


def inside(arguments: argparse.Namespace) -> Exit:
    """Who is inside: visitors and workers first. Exit 1 if nobody is."""
    settings, policy = _rules(arguments.data)
    with storage_words(), open_presence(arguments.data) as presence:
        found = _now(presence, settings, policy)
        at_home = policy.identity.at_home
        unseen = presence.never_seen(at_home) if arguments.pdf and arguments.unseen else []
    if arguments.pdf:
        return _print(arguments.data, arguments.pdf, to_find(found, unseen), settings.gate, found.at)
    for one in (*found.others, *found.residents):
        _show(one, "inside", as_json=arguments.json)
    if not arguments.json:
        print_line(_summary(found))
    return Exit.DONE if found.total else Exit.NEGATIVE


def away(arguments: argparse.Namespace) -> Exit:
    """Residents who went out and have not come back, those over their time first. Exit 1 if nobody is."""
    settings, policy = _rules(arguments.data)
    with storage_words(), open_presence(arguments.data) as presence:
        found = _now(presence, settings, policy)
    for one in found.away:
        _show(one, "away", as_json=arguments.json)
    return found_or_said(found.away)


def lookback(arguments: argparse.Namespace) -> Exit:
    """Entries that would differ had the fact been known, and who passed beside them. Exit 1 if none."""
    fact, (_, policy), zone = _fact(arguments.fact), _rules(arguments.data), local_zone()
    with (
        storage_words(),
        open_presence(arguments.data) as presence,
        closing(open_reader(arguments.data)) as connection,
    ):
        passages = Passages(connection, open_vault(arguments.data, create=False))
        subject = arguments.person or _subject(passages, arguments.entry)
        on_record(arguments.data, Event(Audited.SEARCHED, subject=subject, facts=(("what", "lookback"),)))
        try:
            kept = look(passages, subject, [fact], arguments.since, policy, datetime.now(UTC))
        except ExplainError as error:
            raise CommandError(translate("cli", "有的记录这一版程序判不了：{}").format(error)) from error
        tasks: Sequence[TaskLine] = line_of(kept, presence, zone).tasks if kept else ()
    for task in tasks:
        _show_task(task, as_json=arguments.json)
    if not tasks:
        print_error(translate("cli", "从那时起没有这个人的记录"))
    return Exit.DONE if tasks else Exit.NEGATIVE


# --- reading ----------------------------------------------------------------------------------


def _rules(data: Path) -> tuple[Settings, Policy]:
    try:
        with storage_words():
            settings, history = load_settings(data), read_policy_history(data)
        return settings, in_force(history, settings.policy).policy
    except (SettingsError, PolicyError) as error:
        raise CommandError(translate("cli", "设置有误：{}").format(error)) from error


def _now(presence: Presence, settings: Settings, policy: Policy) -> InsideNow:
    return inside_now(presence, Rules.of(policy, settings.stay_hours), datetime.now(UTC), local_zone())


def _subject(passages: Passages, number: int) -> str:
    found = passages.numbered(number)
    if found is None:
        raise CommandError(translate("cli", "第 {} 条没有，或者不知道是谁").format(number), Exit.WRONG_USE)
    return found[0]


def _fact(text: str) -> Fact:
    kind, _, value = text.partition("=")
    if kind not in _VALUES:
        raise CommandError(
            translate("cli", "--fact 要写成 colour=red 或 isolation=close_contact 或 test=positive"),
            Exit.WRONG_USE,
        )
    if value not in _VALUES[kind]:
        words = " ".join(_VALUES[kind])
        raise CommandError(translate("cli", "{} 只能是：{}").format(kind, words), Exit.WRONG_USE)
    return Fact(FactKind(kind), value, datetime.now(UTC), "operator")


# --- showing ----------------------------------------------------------------------------------


def _show(one: Seen, where: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_seen_json(one, where))
        return
    late = translate("cli", "  超时") if one.late else ""
    minutes = int(one.for_long.total_seconds()) // 60
    since = f"{one.since:%m-%d %H:%M} {minutes // 60:4}:{minutes % 60:02}"
    print_line(f"{since}  {one.dwelling:12} {one.masked or one.number}  {one.category}{late}")


def _seen_json(one: Seen, where: str) -> dict[str, object]:
    return {
        "where": where,
        "subject": one.subject,
        "name": one.masked or None,
        "dwelling": one.dwelling or None,
        "phone_tail": one.phone_tail or None,
        "category": one.category or None,
        "since": one.since.isoformat(timespec="seconds"),
        "hours": round(one.for_long.total_seconds() / 3600, 2),
        "lives_here": one.lives_here,
        "late": one.late,
    }


def _summary(found: InsideNow) -> str:
    late = sum(one.late for one in found.others)
    text = translate("cli", "里面 {} 人：住户 {}，其他人 {}（超时 {}）；住户外出 {}").format(
        found.total, len(found.residents), len(found.others), late, len(found.away)
    )
    return f"{text} · {len(found.others)}/{found.limit}" if found.limit else text  # of who lives elsewhere


def _show_task(task: TaskLine, *, as_json: bool) -> None:
    if as_json:
        print_json(_task_json(task))
        return
    mark = translate("cli", "本人") if task.theirs else translate("cli", "同时")
    now = f" → {task.now}" if task.now else ""
    inside_now = translate("cli", "  还在里面") if task.inside else ""
    way = "in" if task.way_in else "out"
    print_line(
        f"{task.number:6} {task.at:%m-%d %H:%M} {way:3} {mark} {task.dwelling:12}"
        f" {task.masked or task.code or '—'} {task.phone_tail}  {task.before}{now}{inside_now}"
    )


def _task_json(task: TaskLine) -> dict[str, object]:
    return {
        "number": task.number,
        "at": task.at.isoformat(timespec="seconds"),
        "direction": "in" if task.way_in else "out",
        "theirs": task.theirs,
        "name": task.masked or None,
        "dwelling": task.dwelling or None,
        "phone_tail": task.phone_tail or None,
        "decision": task.before,
        "would_be": task.now,
        "inside": task.inside,
    }


def _put_on_record(data: Path, names: int) -> None:
    """A fire does not wait for that, and it is said."""
    try:
        on_record(data, evacuated(names))
    except (JournalError, VaultError):
        print_error(translate("cli", "这份名单没能写进审计"))


def _print(data: Path, path: Path, people: Sequence[ToFind], gate: str, at: datetime) -> Exit:
    zone: tzinfo | None = at.tzinfo
    assert zone is not None  # `inside_now` gives it one
    application = QCoreApplication.instance() or QGuiApplication(["station", "-platform", "offscreen"])
    try:
        pages = write_evacuation(path, people, gate, at, zone)
    except PrintError as error:
        raise CommandError(translate("cli", "没有写成 {}：{}").format(path, error)) from error
    assert application is not None  # fonts need it until here
    log.warning("evacuation list with %d names in full written by a command", len(people))
    _put_on_record(data, len(people))
    print_line(translate("cli", "{} 人，{} 页：{}").format(len(people), pages, path))
    return Exit.DONE if people else Exit.NEGATIVE
