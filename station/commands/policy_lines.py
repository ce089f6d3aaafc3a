"""How `station policy …` shows policies, their history, and entries that would differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from station.commands.journal import local_zone
from station.commands.result import print_error, print_json, print_line, print_text
from station.commands.words import translate
from station.core.hindsight import Differing
from station.core.policy import Policy, PolicyError
from station.core.reasons import Severity
from station.journal.policies import PolicyEvent
from station.policy_desk import InForce
from station.ui import policy_words, words
from station.ui.admin import policy_speech
from station.ui.admin.policy_changes import Change, overrides


def verdict(severity: Severity) -> str:
    return words.verdict_name(severity)


def show_line(name: str, policy: Policy, now: InForce, *, as_json: bool) -> None:
    current = policy.digest == now.policy.digest
    if as_json:
        print_json({"name": name, "policy": policy.label, "digest": policy.digest, "in_force": current})
    else:
        mark = "*" if current else " "
        print_line(f"{mark} {name:16} {policy.digest}  {policy_speech.label(policy)}")


def in_force_json(now: InForce) -> dict[str, object]:
    since = now.activated
    return {
        "policy": now.policy.label,
        "digest": now.policy.digest,
        "from": "station" if since else "settings",
        "since": since and since.at.isoformat(),
        "by": since and since.by,
        "reason": (since and since.reason) or None,
        "codes_down_since": now.codes_down and now.codes_down.at.isoformat(),
        "refused": len(now.refused),
        "wrong": now.wrong and now.wrong.field,
        "text": now.text,
    }


def print_in_force(now: InForce) -> None:
    print_line(f"# {policy_speech.label(now.policy)}  {now.policy.digest}")
    if now.activated:
        at = now.activated.at.astimezone(local_zone())
        said = translate("cli", "# {} 由 {} 启用。{}")
        print_line(said.format(f"{at:%Y-%m-%d %H:%M}", now.activated.by, now.activated.reason).rstrip())
    if now.wrong:
        print_line(f"# {wrong_words(now.wrong)}")
    for one in overrides(now.policy):
        print_line(f"# {change(one)}")
    print_text(now.text)


def wrong_words(error: PolicyError) -> str:
    said = translate("cli", "现行规则有一处不对，大门还照原来的判：{}。请改好再启用")
    return said.format(policy_words.problem(error))


def change(one: Change) -> str:
    before, after = (policy_speech.value(one.field, what) for what in (one.before, one.after))
    return f"{policy_speech.place(one.place)}  {policy_speech.heading(one.field)}: {before} → {after}"


def print_changes(differing: Sequence[Change]) -> None:
    for one in differing:
        print_line(f"  {change(one)}")


def show_event(
    event: PolicyEvent, policy: Policy | None, differing: Sequence[Change], *, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "number": event.number,
                "what": event.kind.value,
                "at": event.at.isoformat(),
                "policy": policy.label if policy else None,
                "digest": event.digest,
                "genuine": event.genuine,
                "by": event.by or None,
                "reason": event.reason or None,
                "changes": [change(one) for one in differing],
            }
        )
        return
    at = event.at.astimezone(local_zone())
    which = policy_speech.label(policy) if policy else event.digest
    doubt = "" if event.genuine else translate("cli", "（不是本机签的）")
    what = policy_speech.event(event.kind.value)
    print_line(
        f"{event.number:4} {at:%Y-%m-%d %H:%M} {what} {which}{doubt} {event.by} {event.reason}".rstrip()
    )
    print_changes(differing)


def differing_json(one: Differing) -> dict[str, object]:
    return {
        "id": one.entry.id.hex(),
        "at": one.entry.at.isoformat(timespec="milliseconds"),
        "before": one.before.word,
        "now": one.now.severity.word,
        "reasons": [reason.code.value for reason in one.now.reasons if reason.severity is one.now.severity],
    }


def what_if_json(
    day: date | None,
    counts: Mapping[tuple[Severity, Severity], int],
    differing: Sequence[Differing],
    unexplained: int,
) -> dict[str, object]:
    return {
        "day": day and day.isoformat(),
        "judged": sum(counts.values()),
        "counts": [
            {"before": before.word, "now": after.word, "entries": count}
            for (before, after), count in sorted(counts.items())
        ],
        "differing": [differing_json(one) for one in differing],
        "unexplained": unexplained,
    }


def print_differing(differing: Sequence[Differing]) -> None:
    for one in differing:
        at = one.entry.at.astimezone(local_zone())
        why = policy_speech.reasons(one.now)
        print_line(f"  {at:%m-%d %H:%M:%S} {verdict(one.before)} → {verdict(one.now.severity)}  {why}")


def say_unexplained(count: int) -> None:
    if count:
        print_error(translate("cli", "{} 条是新版程序记的，这里算不了").format(count))
