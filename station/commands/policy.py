"""`station policy …`: what the gate decides by, drafts tried on a past day, activation, the drill."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from station.commands.journal import local_zone, storage_words
from station.commands.policy_lines import (
    differing_json,
    in_force_json,
    print_changes,
    print_differing,
    print_in_force,
    say_unexplained,
    show_event,
    show_line,
    verdict,
    what_if_json,
)
from station.commands.progress import showing
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.speech import speaking
from station.commands.words import found_or_said, translate
from station.core.explain import ExplainError
from station.core.outcome import StorageProblem
from station.core.policy import Policy, PolicyError, kept_policy, parse_policy
from station.core.whatif import WhatIf
from station.journal.entries import Journal
from station.journal.errors import JournalError, NoJournalError
from station.journal.policies import Policies, PolicyEvent, PolicyEventKind, read_policy_history
from station.policy_desk import (
    PRESETS,
    InForce,
    drills,
    find_text,
    in_force,
    policy_text,
    try_out,
    verify_drill,
)
from station.settings import SettingsError, load_settings
from station.ui import override_words, policy_words
from station.ui.admin import policy_speech
from station.ui.admin.policy_changes import changes

_DIGEST_DIGITS = 16


def list_policies(arguments: argparse.Namespace) -> Exit:
    """The policies that come with the program, and the one in force."""
    with speaking(), _policy_words():
        now = _in_force(arguments.data)
        shipped = [(name, parse_policy(policy_text(name))) for name in PRESETS]
        for name, policy in shipped:
            show_line(name, policy, now, as_json=arguments.json)
        if now.policy.digest not in {policy.digest for _, policy in shipped}:
            show_line(now.policy.digest, now.policy, now, as_json=arguments.json)
    return Exit.DONE


def show(arguments: argparse.Namespace) -> Exit:
    """The policy in force: its text, or with --json what it is. Exit 1 if a newer one is not signed here."""
    with speaking(), _policy_words():
        now = _in_force(arguments.data)
        if arguments.json:
            print_json(in_force_json(now))
        else:
            print_in_force(now)
    for event in now.refused:
        print_error(
            translate("cli", "规则 {}（第 {} 条）不是本机签的，没有使用；请找管理员").format(
                event.digest, event.number
            )
        )
    return Exit.NEGATIVE if now.refused else Exit.DONE


def check(arguments: argparse.Namespace) -> Exit:
    """Whether a file is a policy. Exit 1 if not, with the field that is wrong."""
    text = _text_of(arguments.file, ())
    with speaking():
        try:
            policy = parse_policy(text)
        except PolicyError as error:
            if arguments.json:
                print_json({"ok": False, "problem": error.problem.value, "field": error.field or None})
            else:
                print_error(policy_words.problem(error))
            return Exit.NEGATIVE
        if arguments.json:
            print_json({"ok": True, "policy": policy.label, "digest": policy.digest})
        else:
            print_line(
                translate("cli", "可以用：{}（{}）").format(policy_speech.label(policy), policy.digest)
            )
    return Exit.DONE


def activate(arguments: argparse.Namespace) -> Exit:
    """Bring a policy into force from the next start of the gate on."""
    with speaking(), _policy_words(), _journal(arguments.data) as journal:
        policies = Policies(journal)
        before = in_force(policies.history(), _settings_name(arguments.data))
        text = _text_of(arguments.policy, policies.history())
        policy = parse_policy(text)
        policies.record(
            PolicyEventKind.ACTIVATED, text, now=datetime.now(UTC), by=arguments.by, reason=arguments.reason
        )
        differing = changes(before.policy, policy)
        if arguments.json:
            print_json({"policy": policy.label, "digest": policy.digest, "changes": len(differing)})
        else:
            print_line(translate("cli", "现在按 {} 判定").format(policy_speech.label(policy)))
            print_changes(differing)
    return Exit.DONE


def history(arguments: argparse.Namespace) -> Exit:
    """Who changed what, oldest first. Exit 1 if nothing was ever changed."""
    found = _history(arguments.data)
    with speaking():
        previous: Policy | None = None
        for event in found:
            policy = _parsed(event)
            differing = changes(previous, policy) if previous and policy else []
            show_event(event, policy, differing, as_json=arguments.json)
            previous = policy if policy and event.kind in _IN_FORCE and event.genuine else previous
    return found_or_said(found)


def what_if(arguments: argparse.Namespace) -> Exit:
    """A past day under another policy. Exit 1 if any verdict would differ."""
    with speaking(), _policy_words():
        draft = parse_policy(_text_of(arguments.policy, _history(arguments.data)))
        with storage_words(), showing(translate("cli", "正在把这一天重新算一遍")) as told:
            day, tried = try_out(arguments.data, draft, arguments.day, local_zone(), step=told)
        if arguments.json:
            print_json(what_if_json(day, tried.counts, tried.differing, tried.unexplained))
        else:
            print_line(_tried(day, tried))
            for (before, after), count in sorted(tried.counts.items()):
                print_line(f"{verdict(before)} → {verdict(after)} {count}")
            print_differing(tried.differing)
            say_unexplained(tried.unexplained)
    return Exit.NEGATIVE if tried.differing else Exit.DONE


def _tried(day: date | None, tried: WhatIf) -> str:
    """Of nothing it is not said that nothing differs."""
    if not tried.judged:
        return translate("cli", "没有能重新算的记录，看不出会有什么不一样")
    return translate("cli", "{}：{} 条，不一样的 {} 条").format(day, tried.judged, len(tried.differing))


def drill(arguments: argparse.Namespace) -> Exit:
    """The code system is down, or back, from the next start of the gate on. Exit 1 if it was so already."""
    down = arguments.state == "on"
    with speaking(), _policy_words(), _journal(arguments.data) as journal:
        policies = Policies(journal)
        now = in_force(policies.history(), _settings_name(arguments.data))
        if (now.codes_down is not None) is down:
            print_error(translate("cli", "已经停码了") if down else translate("cli", "现在没有停码"))
            return Exit.NEGATIVE
        kind = PolicyEventKind.CODES_DOWN if down else PolicyEventKind.CODES_BACK
        policies.record(kind, now.text, now=datetime.now(UTC), by=arguments.by, reason=arguments.reason)
    print_line(
        translate("cli", "停码：大门不再查码，只看名册和体温，记录都做了记号")
        if down
        else translate("cli", "恢复查码。请用 station policy verify-drill 补核")
    )
    return Exit.DONE


def verify(arguments: argparse.Namespace) -> Exit:
    """Judge the entries of the last drill again by what is known now. Exit 1 if there are exceptions."""
    with speaking(), _policy_words(), _journal(arguments.data) as journal:
        found = drills(Policies(journal).history())
        if not found:
            raise CommandError(translate("cli", "还没有停过码"), Exit.NEGATIVE)
        last = found[-1]
        verified = verify_drill(journal, arguments.data, last, local_zone(), datetime.now(UTC))
        if arguments.json:
            print_json(
                {
                    "begin": last.begin.isoformat(),
                    "end": last.end and last.end.isoformat(),
                    "entries": verified.entries,
                    "exceptions": [differing_json(one) for one in verified.exceptions],
                }
            )
        else:
            said = translate("cli", "停码时记的 {} 条，要补核的 {} 条")
            print_line(said.format(verified.entries, len(verified.exceptions)))
            print_differing(verified.exceptions)
    return Exit.NEGATIVE if verified.exceptions else Exit.DONE


# --- where policies come from -------------------------------------------------------------------

_IN_FORCE = {PolicyEventKind.ACTIVATED, PolicyEventKind.USED}


def _history(data: Path) -> Sequence[PolicyEvent]:
    try:
        with storage_words():
            return read_policy_history(data)
    except CommandError as error:
        if isinstance(error.__cause__, NoJournalError):
            return ()
        raise


def _settings_name(data: Path) -> str:
    return load_settings(data).policy


def _in_force(data: Path) -> InForce:
    return in_force(_history(data), _settings_name(data))


def _text_of(named: str, history: Sequence[PolicyEvent]) -> str:
    """A shipped policy, a file, or one of the history by its digest."""
    if named in PRESETS or named.endswith(".toml"):
        with _policy_words():
            return policy_text(named)
    text = find_text(named, history) if len(named) == _DIGEST_DIGITS else None
    if text is None:
        shipped = " ".join(PRESETS)
        raise CommandError(
            translate("cli", "没有规则 {}；可以写 {}，或者一个 .toml 文件").format(named, shipped),
            Exit.WRONG_USE,
        )
    return text


def _parsed(event: PolicyEvent) -> Policy | None:
    try:
        return kept_policy(event.text)
    except PolicyError:
        return None


@contextmanager
def _journal(data: Path) -> Iterator[Journal]:
    """The journal, to write in; the gate, while it runs, does not share that."""
    try:
        with storage_words(), Journal.open(data, now=lambda: datetime.now(UTC)) as journal:
            yield journal
    except CommandError as error:
        cause = error.__cause__
        if isinstance(cause, JournalError) and cause.problem is StorageProblem.LOCKED:
            message = translate("cli", "大门程序正在运行，请在它的管理页「规则」里改，或者先关掉它")
            raise CommandError(message) from error
        raise


@contextmanager
def _policy_words() -> Iterator[None]:
    """What is wrong with a policy or with the settings, as a message for the user."""
    try:
        yield
    except SettingsError as error:
        if isinstance(error.__cause__, UnicodeDecodeError):  # GBK, as Notepad calls ANSI
            message = translate("cli", "规则文件要存成 UTF-8：用记事本打开，另存为，编码选 UTF-8")
            raise CommandError(message) from error
        raise CommandError(translate("cli", "设置有误：{}").format(error)) from error
    except PolicyError as error:
        raise CommandError(policy_words.problem(error), Exit.NEGATIVE) from error
    except ExplainError as error:
        raise CommandError(override_words.unexplained(error.why), Exit.NEGATIVE) from error
