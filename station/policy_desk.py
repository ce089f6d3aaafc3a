"""Which policy is in force at this station, and how drafts are tried and drills verified.

The store comes first, then the name in the settings. Here lie the files; deciding stays in `core`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from station.core.entry import Entry
from station.core.explain import is_operators_word
from station.core.facts import Fact, FactKind
from station.core.hindsight import Verified, verify_afterwards
from station.core.policy import NO_CODES, Policy, PolicyError, digest, kept_policy, parse_policy
from station.core.whatif import WhatIf, what_if
from station.journal.entries import Journal
from station.journal.people import Known, People
from station.journal.policies import Policies, PolicyEvent, PolicyEventKind, standing, went_by
from station.journal.reader import Reader
from station.judge import ASSETS
from station.settings import SettingsError

log = logging.getLogger(__name__)

PRESETS = ("open", "precaution", "controlled", "sealed")  # assets/policies, from mild to strict
PORTION = 40  # entries that are verified in one go: 4 ms
_LEARNT = {FactKind.COLOUR, FactKind.ISOLATION, FactKind.ISOLATION_PENDING, FactKind.BLOCK}


@dataclass(frozen=True, slots=True)
class InForce:
    """The policy that the gate decides by, and why this one."""

    policy: Policy  # without codes, while their system is down
    text: str
    activated: PolicyEvent | None  # None: the settings name it
    codes_down: PolicyEvent | None
    refused: tuple[PolicyEvent, ...]  # newer ones that were not signed here and are not used
    wrong: PolicyError | None = (
        None  # the gate went by it before; brought into force today it would be refused
    )


def policy_text(name: str) -> str:
    """The text of a shipped policy by its name, or of a file. Raises SettingsError."""
    path = policy_path(name)
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad saves a BOM
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"policy {name!r}: {error}") from error


def policy_path(name: str) -> Path:
    return Path(name) if name.endswith(".toml") else ASSETS / "policies" / f"{name}.toml"


def in_force(history: Sequence[PolicyEvent], settings_name: str) -> InForce:
    """What holds after this history. Raises PolicyError, SettingsError."""
    stands = standing(history)
    for event in stands.refused:
        log.error(
            "policy %s, line %d of the history, is not signed by this station", event.digest, event.number
        )
    text = stands.activated.text if stands.activated else policy_text(settings_name)
    where = f"policy {digest(text)}" if stands.activated else str(policy_path(settings_name))
    policy, wrong = _parsed(text, where, history)
    if wrong:
        log.error("%s is used as before, and would be refused today: %s", where, wrong)
    if stands.codes_down:
        policy = policy.without_codes()
    return InForce(policy, text, stands.activated, stands.codes_down, stands.refused, wrong)


def _parsed(text: str, where: str, history: Iterable[PolicyEvent]) -> tuple[Policy, PolicyError | None]:
    """And what is wrong with it, if the gate has gone by it all the same: an update shuts no gate."""
    try:
        try:
            return parse_policy(text), None
        except PolicyError as error:
            if not went_by(history, text):
                raise
            return kept_policy(text), error
    except PolicyError as error:
        raise PolicyError(f"{where}: {error}") from error


def open_in_force(journal: Journal, settings_name: str, now: datetime) -> InForce:
    """The same from the journal, for the lane: its text is kept, so that its entries stay explainable.

    Raises PolicyError, SettingsError, JournalError, VaultError.
    """
    policies = Policies(journal)
    found = in_force(policies.history(), settings_name)
    policies.remember(found.text, now=now)
    return found


def find_text(digest_wanted: str, history: Iterable[PolicyEvent]) -> str | None:
    """The text that an entry names by its digest: of this station, or a shipped one."""
    texts = (event.text for event in history)
    shipped = (policy_text(name) for name in PRESETS)
    return next((text for one in (texts, shipped) for text in one if digest(text) == digest_wanted), None)


# --- what is done with entries ------------------------------------------------------------------


def newest_day(reader: Reader, zone: tzinfo) -> date | None:
    """The day of the newest entry; None if there is none."""
    newest = reader.last(1)
    return newest[0].entry.at.astimezone(zone).date() if newest else None


def try_out(
    folder: Path,
    draft: Policy,
    day: date | None,
    zone: tzinfo,
    *,
    step: Callable[[float, float], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[date | None, WhatIf]:
    """The passages of a day, or of the newest day, under a draft. Raises NoJournalError, JournalError."""
    with Reader.open(folder) as reader:
        day = day or newest_day(reader, zone)
        entries = [stored.entry for stored in reader.passages(day, zone)] if day else []
    total = len(entries)
    return day, what_if(entries, draft, progress=lambda read: step(read, total), cancelled=cancelled)


def marked_entries(reader: Reader, begin: datetime, end: datetime, zone: tzinfo) -> list[Entry]:
    """Of each passage between two moments the newest entry, if it was decided while the code system was down.

    What somebody said by hand is no rule's word; who was decided again with codes needs no more verifying.
    """
    days = _days(begin.astimezone(zone).date(), end.astimezone(zone).date())
    newest, during = dict[bytes, Entry](), set[bytes]()
    for entry in (stored.entry for day in days for stored in reader.passages(day, zone)):
        if entry.amends is None and begin <= entry.at <= end:
            during.add(entry.id)
        if not is_operators_word(entry):
            newest[entry.amends or entry.id] = entry
    return [one for id, one in newest.items() if id in during and one.policy.endswith(NO_CODES)]


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Drill:
    """One time without codes; `end` is None while it lasts."""

    begin: datetime
    end: datetime | None
    by: str


def drills(history: Iterable[PolicyEvent]) -> list[Drill]:
    """All of them, oldest first."""
    found: list[Drill] = []
    for event in history:
        under_way = bool(found) and found[-1].end is None
        if event.genuine and event.kind is PolicyEventKind.CODES_DOWN and not under_way:
            found.append(Drill(event.at, None, event.by))
        elif event.genuine and event.kind is PolicyEventKind.CODES_BACK and under_way:
            found[-1] = Drill(found[-1].begin, event.at, found[-1].by)
    return found


def verify_drill(journal: Journal, folder: Path, drill: Drill, zone: tzinfo, now: datetime) -> Verified:
    """Judge again, by what is known now and under the full policy, what was let through without codes.

    Raises JournalError, VaultError, ExplainError, PolicyError.
    """
    portions = list(verify_in_portions(journal, folder, drill, zone, now))
    exceptions = [one for part in portions for one in part.exceptions]
    exceptions.sort(key=lambda one: one.entry.at_ms)
    return Verified(sum(part.entries for part in portions), tuple(exceptions))


def verify_in_portions(
    journal: Journal, folder: Path, drill: Drill, zone: tzinfo, now: datetime
) -> Generator[Verified, None, None]:
    """The same, a few entries at a time, for whoever has a queue to look after meanwhile."""
    history = Policies(journal).history()
    with Reader.open(folder) as reader:
        entries = marked_entries(reader, drill.begin, drill.end or now, zone)
        learned = _Learned(journal, reader)
        for text, those in _by_text(entries, history):
            policy = kept_policy(text)
            for begin in range(0, len(those), PORTION):
                yield _verify(those[begin : begin + PORTION], policy, learned)


def _by_text(entries: Iterable[Entry], history: Sequence[PolicyEvent]) -> Iterator[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.policy_digest or "", []).append(entry)
    for wanted, those in groups.items():
        text = find_text(wanted, history)
        if text is None:
            raise PolicyError(f"policy {wanted} is not here")
        yield text, those


def _verify(entries: Sequence[Entry], policy: Policy, learned: _Learned) -> Verified:
    return verify_afterwards(entries, {one.id: learned.about(one, policy) for one in entries}, policy)


class _Learned:
    """What the station knows by now of whoever passed."""

    def __init__(self, journal: Journal, reader: Reader) -> None:
        self._people, self._vault, self._reader = People(journal), journal.vault, reader

    def about(self, entry: Entry, policy: Policy) -> list[Fact]:
        """A colour that was old already at that time does not count: it would look fresh."""
        known = self._known(entry)
        oldest = entry.at - policy.colour_max_age
        facts = known.facts if known else ()
        return [
            fact
            for fact in facts
            if fact.kind in _LEARNT and (fact.kind is not FactKind.COLOUR or fact.as_of >= oldest)
        ]

    def _known(self, entry: Entry) -> Known | None:
        if entry.person_id:
            return self._people.find(entry.person_id)
        first = entry.amends or entry.id  # beside which their code lies
        sealed = self._reader.sealed_personal(first)
        return self._people.find_by_code(self._vault.open(sealed, first).decode()) if sealed else None
