"""A district for `bench.console`: gates with a million entries on the ledger, people, and a desk's work.

Everything goes in by the center's own code: batches are signed and taken in, people and facts are put into
the lists, colours and isolations are followed. Counts of the small things are those of a bad week.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec

from bench.sync_content import entries as passages
from bench.sync_content import people as residents
from center.console import passwords
from center.ingest import Enrolment, ingest
from center.keys import CenterKeys, open_keys
from center.ledger import Clock
from center.policies import preset
from center.store import SqlStore, open_store
from center.store.console_audit import Note
from center.store.policies import Version, new_id
from center.store.users import Grant
from center.store.watches import Proposal
from station.codes.policy_signature import sign_policy
from station.core.entry import CodePart, Entry, ReasonPart, encode
from station.core.policy import digest
from station.sync.bundle import Push
from station.sync.items import FactItem, NoticeItem, PersonItem, TaskItem, encode_item, shared_key
from station.sync.reports import CaseReport
from tests.center.gate import Gate

PASSWORD = "correct horse battery"
DAY_MS, DAYS = 86_400_000, 10
OLD = 6  # incarnation of what is there before; gates go on in another
BATCH, PEOPLE_AT_ONCE, PATTERNS = 1000, 5000, 400
BRANCHES = 20
COLOURED, ISOLATED, CASES, OPEN, TASKS, NOTICES, WATCHES, NOTES, BAD = (
    *(3000, 1500, 600, 80, 60, 40, 200),
    *(50_000, 200),
)
_STOPS = ((1, "test_expired"), (1, "no_temperature"), (2, "colour_red"))


def branch_of(number: int) -> str:
    return f"江北区/第{number % 5}街道/第{number % BRANCHES}社区"


def fill(data: Path, gates: list[Gate], names: list[str], entries: int, people: int) -> None:
    """All of it, ending now."""
    now = datetime.now(UTC)
    now_ms = int(now.timestamp() * 1000)
    keys = open_keys(data)
    store = open_store(data / "center.db", items_key=keys.items_key)
    try:
        for gate in gates:
            _enrol(store, gate, now_ms)
        _add_users(store, names, now_ms)
        ids = _add_people(store, keys, people)
        _add_entries(store, gates, ids, entries, now_ms)
        _add_facts(store, ids, now_ms)
        _add_work(store, keys, gates, ids, now)
    finally:
        store.close()


def _enrol(store: SqlStore, gate: Gate, now_ms: int) -> None:
    code = gate.number.to_bytes(10, "big")
    store.stations.add_enrol_code(
        code, name=f"门{gate.number}", gate="门", branch=branch_of(gate.number), expires_ms=now_ms + 1
    )
    store.stations.enrol(
        code, station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=now_ms
    )


def _add_users(store: SqlStore, names: list[str], now_ms: int) -> None:
    kept = passwords.kept(PASSWORD)
    for name in names:
        grants = [Grant("", "admin")]
        store.users.add(name, shown=name, password=kept, grants=grants, now_ms=now_ms, must_change=False)


def _add_people(store: SqlStore, keys: CenterKeys, count: int) -> dict[str, list[str]]:
    """Their ids by branch: as `center import` makes them, with the district's own key."""
    found: dict[str, list[str]] = {}
    each = count // BRANCHES
    for number in range(BRANCHES if each else 0):
        branch = branch_of(number)
        for begin in range(0, each, PEOPLE_AT_ONCE):
            some = list(residents(min(PEOPLE_AT_ONCE, each - begin), number << 20 | begin))
            items = [("person", id, encode_item(_keyed(keys, person, id))) for id, person in some]
            store.lists.put("people", items, branch)
            found.setdefault(branch, []).extend(id for id, _ in some)
    return found


def _keyed(keys: CenterKeys, person: PersonItem, id: str) -> PersonItem:
    """Nobody has somebody else's number, code or phone: each would be a finding."""
    made = {name: shared_key(keys.district, name, id) for name in ("id_number", "resident", "code")}
    return msgspec.structs.replace(
        person,
        keys=(made["id_number"], made["resident"]),
        codes=(made["code"],),
        house=shared_key(keys.district, "dwelling", person.dwelling),
        phones=(f"138{int(id[:12], 16) % 10**8:08d}",),
    )


def _add_entries(
    store: SqlStore, gates: list[Gate], ids: dict[str, list[str]], entries: int, now_ms: int
) -> None:
    """So many of the last days, spread over the gates; the people of each gate's branch pass."""
    each, clock, patterns = entries // len(gates), Clock(0, 20), _patterns()
    for gate in gates:
        old = Gate(gate.number, OLD)
        chance = random.Random(gate.number)
        people = ids.get(branch_of(gate.number), [])
        past = _past(chance, patterns, people, each, now_ms)
        bad = [b"\xc1 nothing that can be read"] * (BAD // 20) if gate.number <= 20 else []
        old.records = [*bad, *past]
        known = partial(_enrolment, gate)
        for first, push in _pushes(old):
            received_ms = now_ms - (each - first) * DAYS * DAY_MS // max(each, 1)
            ingest(store, push, known, min(received_ms, now_ms), clock)


def _enrolment(gate: Gate, _: bytes) -> Enrolment:
    return Enrolment((gate.public_key,))


def _pushes(gate: Gate) -> Iterator[tuple[int, Push]]:
    count = len(gate.records)
    for first in range(1, count + 1, BATCH):
        yield first, gate.batch(first, min(first + BATCH - 1, count))


def _patterns() -> list[Entry]:
    return list(passages(PATTERNS, 1))


def _past(
    chance: random.Random, patterns: list[Entry], people: list[str], each: int, now_ms: int
) -> Iterator[bytes]:
    step_ms = DAYS * DAY_MS // max(each, 1)
    for number in range(each):
        entry = patterns[chance.randrange(PATTERNS)]
        changed = {"id": chance.randbytes(16), "at_ms": now_ms - (each - number) * step_ms, "gate": "门"}
        changed["person_id"] = chance.choice(people) if people else None
        if chance.random() < 0.03:
            severity, reason = _STOPS[chance.randrange(len(_STOPS))]
            changed |= {"severity": severity, "reasons": (ReasonPart(reason, severity),)}
            changed["code"] = CodePart("health", "recognised", "ok")
        yield encode(msgspec.structs.replace(entry, **changed))


def _add_facts(store: SqlStore, ids: dict[str, list[str]], now_ms: int) -> None:
    for number, (branch, people) in enumerate(ids.items()):
        coloured = people[: COLOURED // BRANCHES]
        told = [(id, "colour", ("green", "yellow", "red")[place % 3]) for place, id in enumerate(coloured)]
        told += [(id, "isolation", "isolation") for id in people[: ISOLATED // BRANCHES]]
        facts = [FactItem("person", id, kind, value, now_ms - number) for id, kind, value in told]
        store.lists.put(
            "quick", [("fact", f"person:{one.subject}:{one.kind}", encode_item(one)) for one in facts], branch
        )
    while store.following.step(now_ms):
        pass


def _add_work(
    store: SqlStore, keys: CenterKeys, gates: list[Gate], ids: dict[str, list[str]], now: datetime
) -> None:
    """What lies on the desks: cases, tasks, notices, shifts, proposals, a policy, what was done."""
    ms = int(now.timestamp() * 1000)
    for number in range(CASES):
        report = CaseReport("request", ms - number * 60_000, "medicine", f"要药 {number}")
        case = store.cases.begin(branch_of(number), report, ms - number * 60_000)
        if number >= OPEN:
            store.cases.close(case.key, "user0", "送到了", ms - number * 60_000 + 1000)
    for number in range(max(TASKS, NOTICES)):
        at_ms, branch = ms - number * 600_000, branch_of(number)
        items = [("task", f"{number:012x}", encode_item(TaskItem(at_ms, f"巡一遍 {number}", at_ms + DAY_MS)))]
        if number < NOTICES:
            items.append(
                (
                    "notice",
                    f"{number:012x}",
                    encode_item(NoticeItem(at_ms, f"今晚降温 {number}")),
                )
            )
        store.lists.put("quick", items, branch)
    for number in range(BRANCHES):
        begins = [
            now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=6 * place) for place in range(28)
        ]
        store.rota.add(branch_of(number), "", [(one, one + timedelta(hours=6), 2) for one in begins], "白班")
    everybody = [(branch, id) for branch, some in ids.items() for id in some[-(WATCHES // BRANCHES) :]]
    for branch, id in everybody:
        wanted = Proposal(branch, id, "isolation", "isolation", None, False, "密接")
        store.watches.propose(wanted, Note(ms, "user0", "提出了限制或解除", branch, id))
    _add_policy(store, keys, ms)
    _add_notes(store, ms)


def _add_policy(store: SqlStore, keys: CenterKeys, ms: int) -> None:
    text = preset("controlled")
    signed = (ms, "user0", sign_policy(text.encode(), keys.signing))
    version = Version(new_id(), "", "controlled/1", digest(text), text, ms, "user0", ms, *signed)
    store.policies.add(version, Note(ms, "user0", "签发了规则", ""))


def _add_notes(store: SqlStore, ms: int) -> None:
    chance = random.Random(1)
    rows = [
        (
            chance.randbytes(16),
            ms - number * 10_000,
            f"user{number % 20}",
            "查了住户",
            branch_of(number),
            "",
            "",
        )
        for number in range(NOTES)
    ]
    with store.database.write() as connection:
        connection.load("console_audit", ("id", "at_ms", "who", "what", "branch", "about", "address"), rows)
