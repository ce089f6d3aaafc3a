"""Retention at the center: what is over goes, what somebody still needs stays, and every chain verifies."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from center.ledger import SealedParts
from center.retention_rules import HELD_DAYS, RULES, Kind
from center.rounds import Rounds, steps
from center.scope import EVERYWHERE
from center.store import SqlStore, open_store
from center.store.console_audit import Note
from center.store.health import Event
from center.store.keeping import DAY_MS, JUMP_MS, SHOWN_MS, Days
from center.store.watches import Proposal
from center.store.webhooks import Event as Told
from station.sync import bundle
from station.sync.items import FactItem, NoticeItem, PersonItem, encode_item
from station.sync.reports import CaseLine, CaseReport, HandoverReport, NoticeRead, Report, encode_body
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry, records
from tests.center.store.test_chains import ask

BEFORE = NOON_MS  # what was over before this goes
NOW = NOON_MS + 30 * DAY_MS
OLD, NEW = BEFORE - DAY_MS, BEFORE + DAY_MS
BY = Note(OLD, "admin", "清除了到期的数据")
ILL, WELL = "a" * 32, "b" * 32


AT_ONCE = re.compile("the_ledger_is|numbers_stay|what_holds|keeps_all_of|empty_center|still_hangs")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both databases; most of PostgreSQL only with --slow."""
    marks = () if AT_ONCE.search(metafunc.function.__name__) else (pytest.mark.slow,)
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", pytest.param("postgresql", marks=marks)])


@pytest.fixture
def where(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "center.db") if database == "sqlite" else request.getfixturevalue("postgresql_url")


def erased(store: SqlStore, now_ms: int = NOW) -> dict[str, int]:
    return {kind: number for kind, number in store.keeping.run(now_ms).counts.items() if number}


def isolate(
    store: SqlStore, person: str, *, lifted_ms: int | None = None, until_ms: int | None = None
) -> None:
    with store.database.write() as connection:
        connection.run(
            "INSERT INTO isolation (person, subject, branch, value, since_ms, lifted_ms, until_ms)"
            " VALUES (?, ?, '', 'isolation', ?, ?, ?)",
            *(person, person, OLD - DAY_MS, lifted_ms, until_ms),
        )


def list_person(store: SqlStore, person: str, *, gone: bool = False) -> None:
    body = None if gone else encode_item(PersonItem("resident", "张三"))
    store.lists.put("people", [("person", person, body)])


def tell(store: SqlStore, person: str, kind: str, value: str, at_ms: int) -> None:
    fact = FactItem("person", person, kind, value, at_ms)
    store.lists.put("quick", [("fact", f"person:{person}:{kind}", encode_item(fact))])


def put(store: SqlStore, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with store.database.write() as connection:
        connection.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())


def left(store: SqlStore, table: str) -> int:
    return int(ask(store, f"SELECT count(*) FROM {table}")[0][0])


def push(store: SqlStore, gate: Gate, some: list[bytes], at_ms: int) -> None:
    """With the personal parts of its records."""
    first = gate.number + 1
    gate.push(store, some, at_ms=at_ms)
    with store.transaction() as ledger:
        ledger.keep_parts(STATION, gate.incarnation, SealedParts(first, b"sealed"))


def parts(store: SqlStore) -> list[int]:
    return [first for (first,) in ask(store, "SELECT first FROM parts ORDER BY first")]


def test_personal_parts_go_and_the_ledger_is_what_it_was(store: SqlStore) -> None:
    gate = Gate()
    push(store, gate, records(1, 5), OLD)
    push(store, gate, records(6, 5), NEW)
    sums = ask(store, "SELECT * FROM passed_hour"), ask(store, "SELECT count(*), sum(severity) FROM entry")

    assert store.keeping.plan(NOW).due == {Kind.PARTS: 1}
    assert erased(store) == {"parts": 1}

    assert parts(store) == [6]
    head = gate.genesis
    for (payload,) in ask(store, "SELECT payload FROM segment ORDER BY first"):
        batch = bundle.unpack(payload, bundle.Batch)
        bundle.verify_chain(batch)
        assert batch.previous == head
        head = batch.last
    assert head == gate.head
    assert sums == (
        ask(store, "SELECT * FROM passed_hour"),
        ask(store, "SELECT count(*), sum(severity) FROM entry"),
    )


def test_parts_beside_what_nobody_understands_wait_and_are_counted(store: SqlStore) -> None:
    gate = Gate()
    push(store, gate, records(1, 2), OLD)
    push(store, gate, [altered(3, severity=99), *records(4, 1)], OLD)

    plan = store.keeping.plan(NOW)
    assert (plan.due, plan.held) == ({Kind.PARTS: 1}, {Kind.PARTS: 1})
    assert erased(store) == {"parts": 1}
    assert parts(store) == [3]

    assert erased(store, NOW + (HELD_DAYS - 2) * DAY_MS) == {}
    assert erased(store, NOW + HELD_DAYS * DAY_MS) == {"parts": 1}
    assert left(store, "quarantine") == 1, "the record itself stays"


def test_parts_of_a_disputed_day_wait_until_the_comparison_holds(store: SqlStore) -> None:
    push(store, Gate(), records(1, 2), OLD)
    day = entry(1).at_ms // DAY_MS
    store.reconciliations.keep(STATION, day, OLD, b"", b"", False)
    assert erased(store) == {}

    store.reconciliations.keep(STATION, day, OLD, b"", b"", True)
    assert erased(store) == {"parts": 1}


def test_the_first_hours_of_a_disputed_day_in_china_lie_in_the_utc_day_before(store: SqlStore) -> None:
    push(store, Gate(), records(1, 2), OLD)
    day = entry(1).at_ms // DAY_MS
    store.reconciliations.keep(STATION, day + 1, OLD, b"", b"", False)

    assert erased(store) == {}


def test_parts_without_typed_rows_wait_for_them(store: SqlStore) -> None:
    push(store, Gate(), records(1, 2), OLD)
    with store.database.write() as connection:
        connection.run("UPDATE chain SET projected = 0")

    assert erased(store) == {}
    store.project_pending()
    assert erased(store) == {"parts": 1}


def test_an_isolation_that_is_not_over_keeps_all_of_its_person(store: SqlStore) -> None:
    push(store, Gate(), [altered(1, person_id=ILL)], OLD)
    isolate(store, ILL)
    store.health.add(ILL, "checkin", Event("fine"), who="", at_ms=OLD)
    put(
        store,
        "gate_alarm",
        station=STATION,
        id=b"1" * 16,
        person=ILL,
        at_ms=OLD,
        received_ms=OLD,
        gate="",
        lane="",
        direction="out",
        severity=2,
        reasons="",
        seen_ms=OLD,
        seen_by="duty",
        said="送回家了",
    )
    assert erased(store) == {}
    assert store.keeping.plan(NOW).held == {Kind.PARTS: 1, Kind.HEALTH: 1, Kind.ALARMS: 1}

    with store.database.write() as connection:
        connection.run("UPDATE isolation SET lifted_ms = ?", NOW)
    assert erased(store) == {}, "thirty days begin when it is lifted"
    assert left(store, "parts") == 1
    assert erased(store, NOW + 31 * DAY_MS) == {"parts": 1, "health": 1, "alarms": 1, "isolations": 1}


@pytest.mark.parametrize("ends", ["lifted_ms", "until_ms"])
@pytest.mark.parametrize(("at_ms", "stays"), [(BEFORE - 1, False), (BEFORE, True), (NOW + DAY_MS, True)])
def test_thirty_days_begin_with_the_end_of_an_isolation(
    store: SqlStore, ends: str, at_ms: int, stays: bool
) -> None:
    push(store, Gate(), [altered(1, person_id=ILL)], OLD)
    isolate(store, ILL, **{ends: at_ms})
    store.health.add(ILL, "checkin", Event("fine"), who="", at_ms=OLD)
    key = case(store, closed_ms=OLD, person=ILL)

    erased(store)

    words = store.cases.get(key)
    assert words is not None
    assert (left(store, "parts"), left(store, "health_event"), left(store, "isolation")) == (stays,) * 3
    assert (not words.is_cleared, left(store, "case_line")) == (stays, 3 * stays)
    assert left(store, "report") == 2 * stays


def test_an_alarm_that_nobody_has_seen_waits(store: SqlStore) -> None:
    put(
        store,
        "gate_alarm",
        station=STATION,
        id=b"1" * 16,
        person=ILL,
        at_ms=OLD,
        received_ms=OLD,
        gate="",
        lane="",
        direction="out",
        severity=2,
        reasons="",
        seen_by="",
        said="",
    )
    assert erased(store) == {}
    assert store.keeping.plan(NOW).held == {Kind.ALARMS: 1}


def case(
    store: SqlStore, *, closed_ms: int | None, person: str = "", letter: bytes = b"c", of: bytes = STATION
) -> str:
    told = CaseReport(
        "whistle", OLD, "fever", "体温 38.4", "张三发烧", by="老李", about="张*", person_id=person
    )
    id, line_id = letter * 16, letter * 15 + b"l"
    store.reports.take(of, "区", (Report(id, "case", 1, OLD, encode_body(told)),), OLD)
    line = CaseLine(id, OLD, "老李", "张三来了")
    store.reports.take(of, "区", (Report(line_id, "case_line", 1, OLD, encode_body(line)),), OLD)
    key = f"{id.hex()}-{of.hex()}"
    store.cases.say(key, "值班", "马上来", OLD)
    if closed_ms is not None:
        store.cases.close(key, "值班", "好了", closed_ms)
    return id.hex()


@pytest.mark.parametrize("person", [WELL, ""])
def test_of_a_closed_case_the_words_go_and_the_numbers_stay(store: SqlStore, person: str) -> None:
    key = case(store, closed_ms=OLD, person=person)
    before = store.cases.get(key)
    assert before is not None
    assert store.keeping.plan(NOW).due == {Kind.CASES: 4}, "what is shown is what goes"
    assert erased(store) == {"cases": 4}  # itself, what the gate said, and twice somebody here

    after = store.cases.get(key)
    assert after is not None
    assert after.is_cleared
    assert (after.said.text, after.owner, after.person_id) == ("", "", None)
    kept = ("kind", "what", "state", "at_ms", "received_ms", "answered_ms", "closed_ms", "branch")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert store.cases.lines(after) == []
    assert (left(store, "report"), left(store, "case_line")) == (0, 0)
    assert [one.key for one in store.cases.all()] == [key]
    assert erased(store) == {}


def test_a_case_that_a_gate_without_battery_closed_stays_as_long_as_others(store: SqlStore) -> None:
    told = CaseReport("question", 0, "code", "张三的码", state="closed", closed_ms=1000)
    store.reports.take(STATION, "区", (Report(b"c" * 16, "case", 1, 0, encode_body(told)),), NEW)

    assert store.keeping.plan(NOW).due == {}
    assert erased(store) == {}
    assert erased(store, NOW + 2 * DAY_MS) == {"cases": 1}


@pytest.mark.parametrize("closed_ms", [None, NEW])
def test_a_case_that_is_open_or_fresh_stays(store: SqlStore, closed_ms: int | None) -> None:
    key = case(store, closed_ms=closed_ms)
    assert erased(store) == {}
    stays = store.cases.get(key)
    assert stays is not None
    assert stays.said.text == "张三发烧"
    assert len(store.cases.lines(stays)) >= 2


def test_a_closed_case_takes_nothing_along_of_the_one_beside_it(store: SqlStore) -> None:
    case(store, closed_ms=OLD)
    case(store, closed_ms=None, letter=b"o")
    case(store, closed_ms=None, of=b"another station!")
    store.cases.begin("区", CaseReport("hotline", OLD, "other", "张三问"), OLD)

    assert erased(store) == {"cases": 4}

    kept = {(bytes(station), bytes(id)) for station, id in ask(store, "SELECT station, id FROM report")}
    assert kept == {
        *((STATION, b"o" * 16), (STATION, b"o" * 15 + b"l")),
        *((b"another station!", b"c" * 16), (b"another station!", b"c" * 15 + b"l")),
    }
    assert left(store, "case_line") == 4
    assert [len(one.said.title) for one in store.cases.open()] == [7, 7, 3]


def test_sheets_go_and_receipts_of_a_notice_that_still_hangs_stay(store: SqlStore) -> None:
    store.lists.put("quick", [("notice", "n1", encode_item(NoticeItem(OLD, "停水")))])
    sheet = HandoverReport(OLD, OLD + 10, "门", outgoing=("老张",))
    bodies = {"handover": sheet, "notice_read": NoticeRead("n1", OLD, "老李")}
    told = [Report(kind.ljust(16).encode(), kind, 1, OLD, encode_body(body)) for kind, body in bodies.items()]
    unread = Report(b"u" * 16, "of the future", 1, OLD, b"?")
    store.reports.take(STATION, "", (*told, unread), OLD)

    assert store.keeping.plan(NOW).held == {Kind.REPORTS: 1, Kind.UNREAD: 1}
    assert erased(store) == {"reports": 1}
    assert left(store, "handover") == 0
    assert left(store, "notice_read") == 1

    store.lists.put("quick", [("notice", "n1", None)])
    assert erased(store) == {"reports": 1}
    assert [kind for (kind,) in ask(store, "SELECT kind FROM report")] == ["of the future"]


def test_old_tests_are_taken_back_from_the_gates_and_what_holds_stays(store: SqlStore) -> None:
    list_person(store, WELL)
    for kind, value, at_ms in (
        *(("test", "negative", OLD), ("colour", "red", OLD), ("block", "lost_card", OLD)),
        ("isolation", "none", OLD),
    ):
        tell(store, WELL, kind, value, at_ms)
    tell(store, ILL, "colour", "red", OLD)  # on no list
    tell(store, "c" * 32, "colour", "red", NEW)
    store.following.step(OLD)
    told = left(store, "colour_change")

    assert erased(store)["facts"] == 2
    store.following.step(NOW)

    facts = {item.key.split(":", 1)[1] for item in store.lists.each("quick", "fact")}
    assert facts == {*(f"{WELL}:{kind}" for kind in ("colour", "block", "isolation")), f"{'c' * 32}:colour"}
    assert left(store, "colour_change") <= told, "that it was taken back is no change of a colour"
    assert store.lists.get("people", "person", WELL) is not None


def test_who_proposed_a_block_answers_for_it_as_long_as_it_holds(store: SqlStore) -> None:
    list_person(store, WELL)

    def decide(value: str, at_ms: int) -> None:
        note = replace(BY, at_ms=at_ms)
        id = store.watches.propose(Proposal("", WELL, "block", value, None, False, "丢了"), note)
        watch = store.watches.get(EVERYWHERE, id)
        assert watch is not None
        store.watches.verify(watch, "", replace(note, who="other"))

    decide("lost_card", OLD)
    assert erased(store) == {}
    decide("none", OLD + 1)
    assert erased(store) == {"isolations": 2}


def test_links_passes_deliveries_exports_and_the_audit(store: SqlStore) -> None:
    audit = replace(BY, at_ms=NOW - 366 * DAY_MS)
    store.links.make("signup", "", expires_ms=OLD, now_ms=OLD, note=audit)
    store.links.make("signup", "", expires_ms=NEW, now_ms=OLD, note=replace(audit, at_ms=OLD))
    webhook = store.webhooks.add("", "https://example.org", ["case.opened"], OLD, replace(audit, at_ms=OLD))
    store.webhooks.put(webhook.id, [Told(b"1" * 16, "case.opened", OLD, "{}")], OLD, OLD)
    assert erased(store) == {"links": 1, "audit": 1}, "a delivery that is still tried stays"

    (waiting,) = store.webhooks.due(NOW)
    store.webhooks.tried(waiting, "410", due_ms=None)
    assert erased(store) == {"deliveries": 1}


def test_what_nobody_has_put_right_never_goes_by_itself(store: SqlStore) -> None:
    put(
        store,
        "held_row",
        id=b"1" * 16,
        branch="",
        kind="people",
        at_ms=OLD,
        who="x",
        reasons="",
        body=b"",
    )
    assert erased(store, NOW + 4000 * DAY_MS) == {}
    assert store.keeping.plan(NOW).held == {Kind.ROWS: 1}


def test_it_is_shown_before_it_goes_by_itself_and_goes_once_a_day(store: SqlStore) -> None:
    def step(at_ms: int) -> int:
        store.keeping.step(at_ms)
        return len(store.keeping.runs())

    push(store, Gate(), records(1, 2), OLD)
    assert [step(NOW), step(NOW + SHOWN_MS - 1)] == [0, 0]
    assert parts(store) == [1]
    begin = NOW + SHOWN_MS
    assert [step(begin), step(begin + DAY_MS - 1), step(begin + DAY_MS)] == [1, 1, 2]
    assert parts(store) == []
    assert [(ran.who, ran.counts) for ran in store.keeping.runs()] == [("", {}), ("", {"parts": 1})]


def test_after_a_jump_of_the_clock_somebody_has_to_press_the_button(store: SqlStore) -> None:
    store.keeping.step(NOW)
    store.keeping.step(NOW + SHOWN_MS)
    later = NOW + SHOWN_MS + DAY_MS + JUMP_MS + 1
    assert store.keeping.next_ms(later) is None
    store.keeping.step(later)
    assert len(store.keeping.runs()) == 1

    store.keeping.run(later, replace(BY, at_ms=later))
    assert store.keeping.runs()[0].who == "admin"
    assert store.keeping.next_ms(later) == later + DAY_MS


def test_the_days_are_the_admins(store: SqlStore) -> None:
    push(store, Gate(), records(1, 2), OLD)
    store.keeping.set_days(60, 400, BY)
    assert store.keeping.days() == Days(60, 400)
    assert erased(store) == {}
    plan = store.keeping.plan(NOW + 27 * DAY_MS)
    assert (plan.due, plan.soon) == ({}, {Kind.PARTS: 1})


def test_what_goes_in_many_steps_goes_whole(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("center.store.keeping.AT_ONCE", 2)
    for number in range(5):
        store.health.add(WELL, "note", Event(str(number)), who="", at_ms=OLD)
    assert erased(store) == {"health": 5}


def test_what_was_erased_is_not_left_in_the_file(tmp_path: Path) -> None:
    path, secret = tmp_path / "center.db", "咳嗽和发烧"
    store = open_store(path)
    store.health.add(WELL, "note", Event(secret), who="", at_ms=OLD)
    store.close()
    assert secret.encode() in path.read_bytes()

    store = open_store(path)
    assert erased(store) == {"health": 1}
    store.close()
    assert [file for file in tmp_path.iterdir() if secret.encode() in file.read_bytes()] == []


def lies_in(folder: Path, secret: str) -> list[str]:
    return [file.name for file in folder.iterdir() if secret.encode() in file.read_bytes()]


def test_what_was_erased_is_not_left_in_the_log_of_a_center_that_stays_open(tmp_path: Path) -> None:
    secret = "咳嗽和发烧"
    with closing(open_store(tmp_path / "center.db")) as store:
        store.database.keep_log_short()  # as a center that serves
        store.health.add(WELL, "note", Event(secret), who="", at_ms=OLD)
        assert lies_in(tmp_path, secret) != []

        assert erased(store) == {"health": 1}

        assert lies_in(tmp_path, secret) == []


def test_what_a_command_or_a_reader_left_in_the_log_goes_within_the_hour(tmp_path: Path) -> None:
    secret = "咳嗽和发烧"
    with closing(open_store(tmp_path / "center.db")) as store:
        store.database.keep_log_short()
        store.health.add(WELL, "note", Event(secret), who="", at_ms=OLD)
        with store.database.read() as connection:
            connection.rows("SELECT count(*) FROM health_event")
            assert erased(store) == {"health": 1}
            assert lies_in(tmp_path, secret) != [], "somebody reads"
        rounds = Rounds(store, lambda: NOW)

        rounds.step()

        assert lies_in(tmp_path, secret) == []


def test_the_center_does_so_by_itself(store: SqlStore) -> None:
    (step,) = (one for one in steps(lambda *_: None) if one.name == "retention")
    step.do(store, NOW)
    assert store.keeping.days().since_ms == NOW


def test_every_rule_runs_on_an_empty_center(store: SqlStore) -> None:
    assert erased(store) == {}
    assert {rule.kind for rule in RULES} | {Kind.FACTS, Kind.AUDIT} == set(Kind)


def test_a_center_whose_clock_was_years_ahead_does_not_keep_everything_until_then(store: SqlStore) -> None:
    store.keeping.step(NOON_MS + 1500 * DAY_MS)  # its first minute
    store.keeping.run(NOON_MS + 1500 * DAY_MS)  # the button
    store.keeping.step(NOON_MS)
    assert store.keeping.next_ms(NOON_MS) == NOON_MS + SHOWN_MS
    store.keeping.step(NOON_MS + SHOWN_MS)
    assert [one.at_ms for one in store.keeping.runs()] == [NOON_MS + 1500 * DAY_MS, NOON_MS + SHOWN_MS]
