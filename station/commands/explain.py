"""`station explain`: what was known at a past entry, its policy, and whether it comes out the same again."""

from __future__ import annotations

import argparse
from pathlib import Path

from station.commands.journal import local_zone, storage_words
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.speech import speaking
from station.commands.words import translate
from station.core.entry import Entry, FactPart, to_json
from station.core.explained import Explained
from station.core.model import Severity
from station.core.moments import from_ms
from station.core.reasons import ReasonCode
from station.explaining import explained
from station.journal.erasing import Fate, fate
from station.journal.policies import read_policy_history
from station.journal.reader import Reader
from station.ui import override_words, retention_words, words
from station.ui.admin import policy_speech


def explain_entry(arguments: argparse.Namespace) -> Exit:
    """Explain one entry. Exit 1 if there is none, or if it does not come out the same."""
    with storage_words():
        found = _explained(arguments.data, arguments.number)
        lost = fate(arguments.data, found.stored.entry, local_zone())
    with speaking():
        if arguments.json:
            print_json(_json(found) | _fate_json(lost))
        else:
            _print(found)
            if lost:
                asked = f"{lost.asked:%Y-%m-%d}" if lost.asked else ""
                print_line(retention_words.fate(asked, translate))
    return Exit.DONE if found.same else Exit.NEGATIVE


def _explained(data: Path, number: int) -> Explained:
    with Reader.open(data) as reader:
        stored = reader.by_number(number)
    if stored is None:
        raise CommandError(translate("cli", "没有第 {} 条").format(number), Exit.NEGATIVE)
    return explained(stored, read_policy_history(data))


def _json(explained: Explained) -> dict[str, object]:
    entry, again = explained.stored.entry, explained.again
    return to_json(explained.stored) | {
        "policy_digest": entry.policy_digest,
        "facts": [_fact_json(fact, entry) for fact in entry.facts],
        "again": again
        and {"decision": again.severity.word, "reasons": [r.code.value for r in again.reasons]},
        "unexplained": explained.why_not and explained.why_not.value,
        "same": explained.same,
    }


def _fate_json(lost: Fate | None) -> dict[str, object]:
    """Why its personal part is gone: request, retention; absent while it is there, or never was."""
    return {} if lost is None else {"erased": "request" if lost.asked else "retention"}


def _fact_json(fact: FactPart, entry: Entry) -> dict[str, object]:
    return {
        "kind": fact.kind,
        "value": fact.value,
        "as_of": from_ms(fact.as_of_ms).isoformat(),
        "age_s": (entry.at_ms - fact.as_of_ms) // 1000,
        "source": fact.source,
    }


def _print(explained: Explained) -> None:
    stored, entry = explained.stored, explained.stored.entry
    at = entry.at.astimezone(local_zone())
    way, verdict = policy_speech.fact_value("", entry.direction), words.verdict_name(entry.decision)
    print_line(
        translate("cli", "第 {} 条").format(stored.number) + f"  {at:%Y-%m-%d %H:%M:%S}  {way}  {verdict}"
    )
    if entry.temperature:
        print_line(f"  {entry.temperature.value_c:.1f} ℃")
    policy = policy_speech.said_label(entry.policy)
    print_line(translate("cli", "规则：{}（{}）").format(policy, entry.policy_digest or "-"))
    print_line(translate("cli", "那时知道的：") + ("" if entry.facts else translate("cli", "没有")))
    for fact in entry.facts:
        print_line(f"  {_fact(fact, entry)}")
    print_line(translate("cli", "那时的理由："))
    for reason in entry.reasons:
        print_line(f"  {words.verdict_name(Severity(reason.severity))}  {_sentence(reason.code)}")
    print_line(_outcome(explained))


def _fact(fact: FactPart, entry: Entry) -> str:
    as_of = from_ms(fact.as_of_ms)
    value = policy_speech.fact_value(fact.kind, fact.value)
    age = policy_speech.age(entry.at - as_of)
    return f"{policy_speech.fact(fact.kind)}: {value} · {as_of.astimezone(local_zone()):%m-%d %H:%M} · {age}"


def _sentence(code: str) -> str:
    known = {one.value: one for one in ReasonCode}
    return words.reason(known[code]).sentence if code in known else code


def _outcome(explained: Explained) -> str:
    if explained.why_not:
        return override_words.unexplained(explained.why_not)
    if explained.same or explained.again is None:
        return translate("cli", "按那天的规则再算一遍：一样")
    said = translate("cli", "按那天的规则再算一遍：不一样，是 {}（{}）。请联系管理员")
    verdict = words.verdict_name(explained.again.severity)
    return said.format(verdict, policy_speech.reasons(explained.again))
