"""What the console keeps, on both databases: users, sessions, the audit, passages by the hour."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.backup import back_up, restore
from center.ledger import Clock
from center.projection import Arrival
from center.scope import EVERYWHERE, NOWHERE, BranchError, Scope, above, is_within, place_of, read_branch
from center.store import Contact, SqlStore, migrations, open_store
from center.store.console_audit import Note
from center.store.entries import understand, write_new
from center.store.gates import Passed
from center.store.hours import HOUR_MS, hour_of
from center.store.pages import Place, PlaceError, read_place
from center.store.sessions import Limits
from center.store.typed import Part
from center.store.users import Grant, LastAdminError, NameTakenError
from station.core.entry import make_id
from station.core.moments import to_ms
from station.sync.reports import CaseReport, Report, TaskDone, encode_body
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry, records
from tests.center.store.test_chains import ask

DAY_MS = 24 * HOUR_MS
LIMITS = Limits(idle_ms=1000, absolute_ms=10_000)
HOURS = (
    "SELECT station, hour, passed, rechecked, stopped FROM passed_hour"
    " WHERE passed + rechecked + stopped <> 0"
)
COUNTED = (
    "SELECT station, corrected_ms / 3600000, sum(CASE WHEN stands = 0 THEN 1 ELSE 0 END),"
    " sum(CASE WHEN stands = 1 THEN 1 ELSE 0 END), sum(CASE WHEN stands >= 2 THEN 1 ELSE 0 END)"
    " FROM (SELECT station, corrected_ms, coalesce((SELECT severity FROM entry AS later"
    " WHERE later.station = first.station AND later.amends = first.id"
    " ORDER BY received_ms DESC, incarnation DESC, number DESC LIMIT 1), severity) AS stands"
    " FROM entry AS first WHERE amends IS NULL) AS passage GROUP BY station, corrected_ms / 3600000"
)


def add(store: SqlStore, name: str, *grants: Grant, **more: Any) -> None:
    store.users.add(name, shown=name, password="kept", grants=grants, now_ms=NOON_MS, **more)


def add_gate(store: SqlStore, station: bytes, name: str, branch: str) -> None:
    code = station + b"code"
    store.stations.add_enrol_code(code, name=name, gate=name, branch=branch, expires_ms=NOON_MS + 1)
    store.stations.enrol(code, station=station, public_key=station * 2, seal_key=bytes(32), now_ms=NOON_MS)


def same_counts(store: SqlStore) -> bool:
    def plain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return sorted((bytes(station), *map(int, rest)) for station, *rest in rows)

    return plain(ask(store, HOURS)) == plain(ask(store, COUNTED))


def test_a_user_has_roles_in_branches(store: SqlStore) -> None:
    add(store, "zhang", Grant("a/b", "duty"), Grant("c", "viewer"))
    zhang = store.users.get("zhang")

    assert zhang
    assert zhang.must_change
    assert zhang.scope() == Scope(("a/b", "c"))
    assert zhang.scope({"duty"}) == Scope(("a/b",))
    assert store.users.get("li") is None
    with pytest.raises(NameTakenError):
        add(store, "zhang")


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (EVERYWHERE, ["everywhere", "in_a", "in_ab", "in_c"]),
        (Scope(("a",)), ["in_a", "in_ab"]),
        (Scope(("a/b",)), ["in_ab"]),
        (Scope(("a/bb", "c")), ["in_c"]),
        (Scope(("%", "_", "a_b")), []),
        (NOWHERE, []),
    ],
)
def test_users_are_seen_from_their_branch_and_above(store: SqlStore, scope: Scope, seen: list[str]) -> None:
    for name, branch in [("everywhere", ""), ("in_a", "a"), ("in_ab", "a/b"), ("in_c", "c")]:
        add(store, name, Grant(branch, "viewer"))

    assert [user.name for user in store.users.all(scope)] == seen


def test_the_last_who_can_give_roles_stays(store: SqlStore) -> None:
    add(store, "zhang", Grant("", "admin"))
    note = Note(NOON_MS, "zhang", "tried")
    for change in (
        lambda: store.users.disable("zhang", NOON_MS, note),
        lambda: store.users.take_grant("zhang", "", note),
        lambda: store.users.put_grant("zhang", Grant("", "duty"), note),
    ):
        with pytest.raises(LastAdminError):
            change()
    assert store.audit.latest(EVERYWHERE) == []  # what was not done is not on record

    add(store, "li", Grant("", "admin"))
    store.users.disable("zhang", NOON_MS)
    zhang = store.users.get("zhang")
    assert zhang
    assert zhang.disabled_ms == NOON_MS


def test_a_session_is_found_by_its_id_until_it_is_over(store: SqlStore) -> None:
    add(store, "zhang", Grant("", "duty"))
    id = bytes(range(32))
    store.sessions.begin(id, "zhang", now_ms=0, address="::1")

    def user_at(now_ms: int) -> str | None:
        session = store.sessions.get(id, now_ms=now_ms, limits=LIMITS)
        return session.user.name if session else None

    assert user_at(1000) == "zhang"
    assert user_at(1001) is None
    assert store.sessions.get(bytes(32), now_ms=0, limits=LIMITS) is None
    store.users.set_password("zhang", "other", must_change=False)
    assert user_at(0) is None


def test_use_is_written_down_once_a_minute(store: SqlStore) -> None:
    add(store, "zhang", Grant("", "duty"))
    store.sessions.begin(b"i" * 32, "zhang", now_ms=0, address="")
    limits = Limits(DAY_MS, DAY_MS)

    def used_ms() -> int:
        session = store.sessions.get(b"i" * 32, now_ms=70_000, limits=limits)
        assert session
        store.sessions.use(b"i" * 32, session, 70_000)
        return session.used_ms

    assert (used_ms(), used_ms()) == (0, 70_000)
    assert store.sessions.forget_old(70_000 + DAY_MS + 1, limits) == 1


def test_the_audit_tells_a_branch_what_was_done_there(store: SqlStore) -> None:
    for number, branch in enumerate(["a", "a/b", "", "c"]):
        store.audit.add(Note(number, "zhang", "did", branch))

    assert [note.branch for note in store.audit.latest(EVERYWHERE)] == ["c", "", "a/b", "a"]
    assert [note.at_ms for note in store.audit.latest(Scope(("a",)))] == [1, 0]
    assert [note.at_ms for note in store.audit.latest(EVERYWHERE, before=Place(2), limit=1)] == [1]
    assert store.audit.latest(EVERYWHERE, who="li") == []


def test_no_line_of_one_moment_is_skipped_between_two_pages(store: SqlStore) -> None:
    for number in range(7):
        store.audit.add(Note(5, "zhang", str(number)))
    found, before = set[str](), None
    for _ in range(4):
        page = store.audit.latest(EVERYWHERE, before=before, limit=2)
        found |= {note.what for note in page}
        before = page[-1].place

    assert found == set("0123456")
    assert store.audit.latest(EVERYWHERE, before=before) == []


@given(st.integers(0, 10**15 - 1), st.lists(st.binary(min_size=1, max_size=32), max_size=2))
def test_a_place_stands_in_an_address_as_it_is(at_ms: int, ids: list[bytes]) -> None:
    assert read_place(str(Place(at_ms, tuple(ids)))) == Place(at_ms, tuple(ids))


@pytest.mark.parametrize("text", ["", "x", "-1", "1.", "1.0", "1.zz", "1" * 16, "1.00.00.00", "１", "1.AB"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(PlaceError):
        read_place(text)


def test_passages_are_counted_as_they_come(store: SqlStore) -> None:
    gate = Gate()
    hour_ms = NOON_MS - NOON_MS % HOUR_MS
    severities = [0, 0, 1, 2, 0]
    gate.push(store, [altered(n, at_ms=hour_ms + n, severity=s) for n, s in enumerate(severities)])
    gate.push(store, [altered(9, at_ms=hour_ms + HOUR_MS)])
    gate.push(store, [altered(10, at_ms=hour_ms, amends=entry(77).id, severity=2)])  # of what never came
    assert store.gates.passed(hour_ms, hour_ms + HOUR_MS) == {gate.station: Passed(3, 1, 1)}
    assert store.gates.passed(hour_ms, hour_ms + DAY_MS) == {gate.station: Passed(4, 1, 1)}
    assert store.gates.hours(gate.station, hour_ms, hour_ms + DAY_MS) == {
        hour_of(hour_ms): Passed(3, 1, 1),
        hour_of(hour_ms) + 1: Passed(1, 0, 0),
    }
    assert same_counts(store)


def test_who_was_let_in_after_a_second_measurement_does_not_stay_among_the_rechecked(store: SqlStore) -> None:
    """As on the gate's own page; the passage stays in its own hour, whenever it is corrected."""
    gate, hour_ms = Gate(), NOON_MS - NOON_MS % HOUR_MS
    gate.push(store, [altered(1, at_ms=hour_ms, severity=1), altered(2, at_ms=hour_ms, severity=1)])
    gate.push(store, [altered(3, at_ms=hour_ms + HOUR_MS, amends=entry(1).id, severity=0)])
    assert store.gates.passed(hour_ms, hour_ms + DAY_MS) == {gate.station: Passed(1, 1, 0)}

    again = [altered(4, at_ms=hour_ms + 3 * DAY_MS, amends=entry(1).id, severity=2)]
    gate.push(store, [*again, altered(5, at_ms=hour_ms, severity=1), altered(6, amends=entry(5).id)])
    assert store.gates.passed(hour_ms, hour_ms + HOUR_MS) == {gate.station: Passed(1, 1, 1)}

    Gate(incarnation=8).push(store, again)  # resealed: it says nothing new
    assert store.gates.passed(hour_ms, hour_ms + 9 * DAY_MS) == {gate.station: Passed(1, 1, 1)}
    assert same_counts(store)
    store.reproject()
    assert same_counts(store)


def test_a_correction_after_the_disk_was_copied_counts_when_the_rows_are_made_anew(store: SqlStore) -> None:
    Gate(incarnation=9).push(store, [altered(1, severity=2)])
    Gate(incarnation=3).push(store, [altered(2, amends=entry(1).id, severity=0)], at_ms=NOON_MS + 1)

    assert same_counts(store)
    store.reproject()
    assert same_counts(store)
    assert [row[2] for row in ask(store, HOURS)] == [1]


def test_what_comes_twice_is_counted_once(store: SqlStore) -> None:
    """Resealed under another incarnation, with another clock, and twice in one batch."""
    Gate(incarnation=1).push(store, records(1, 20))
    Gate(incarnation=2).push(store, [*records(11, 20), *records(15, 3)], clock=Clock(5 * HOUR_MS, 20))
    Gate(incarnation=3).push(store, records(1, 40), at_ms=NOON_MS - 1, clock=Clock(-DAY_MS, 20))

    assert same_counts(store)
    assert sum(row[2] for row in ask(store, HOURS)) == 40
    store.reproject()
    assert same_counts(store)


def test_absurd_clocks_are_counted_where_the_database_puts_them(store: SqlStore) -> None:
    times = [0, -1, -HOUR_MS, -HOUR_MS - 1, 2**52, NOON_MS]
    Gate().push(store, [altered(number, at_ms=at_ms) for number, at_ms in enumerate(times)])

    assert same_counts(store)


def test_a_database_from_before_the_console_counts_what_it_has(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(migrations, "SCRIPTS", migrations.SCRIPTS[:1])
        before.setattr(migrations, "NEWEST", 1)
        before.setattr("center.store.hours.change", lambda *_: None)
        old = open_store(where)
        Gate().push(old, [*records(1, 30), altered(40, severity=1), altered(41, amends=entry(1).id)])
        old.close()

    store = open_store(where)
    assert same_counts(store)
    assert sum(row[2] for row in ask(store, HOURS)) == 30
    store.close()


def test_a_database_from_before_corrections_counted_says_what_its_passages_came_to(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    with monkeypatch.context() as before:
        scripts = [script for script in migrations.SCRIPTS if int(script.stem) <= 12]
        before.setattr(migrations, "SCRIPTS", scripts)
        before.setattr(migrations, "NEWEST", 12)
        before.setattr("center.store.hours.corrections", lambda *_: Counter())
        old = open_store(where)
        gate.push(old, [altered(n, severity=2) for n in range(5)])
        gate.push(old, [altered(10 + n, amends=entry(n).id, severity=n) for n in range(3)])
        gate.push(old, [altered(20, amends=entry(0).id, severity=1), altered(21, amends=entry(99).id)])
        old.close()

    store = open_store(where)
    assert same_counts(store)
    assert [tuple(map(int, row[2:])) for row in ask(store, HOURS)] == [(0, 2, 3)]
    gate.push(store, [altered(30, amends=entry(0).id, severity=0)])
    assert same_counts(store)
    store.close()


def test_gates_are_seen_from_their_branch_above_it_and_their_own_place(store: SqlStore) -> None:
    add_gate(store, b"1" * 16, "东门", "a/b")
    add_gate(store, b"2" * 16, "西门", "a")
    add_gate(store, b"3" * 16, "南门", "")
    store.contacts.keep(Contact(b"1" * 16, 5, 0, 0, "0.1", 1, "b", "f", 7, (("camera x", "ok"),), ("clock",)))

    def seen(*branches: str) -> list[str]:
        return sorted(gate.name for gate in store.gates.overview(Scope(branches)))

    assert seen("") == ["东门", "南门", "西门"]
    assert seen("a") == ["东门", "西门"]
    assert seen("a/b/东门") == ["东门"]
    assert seen("a/b/西门", "a/东门") == []
    assert seen("南门", "a/西门") == ["南门", "西门"]
    assert store.gates.get(Scope(("a",)), b"3" * 16) is None
    gate = store.gates.get(Scope(("a",)), b"1" * 16)
    assert gate
    assert (gate.pending, gate.alarms, gate.state) == (7, ("clock",), (("camera x", "ok"),))


def test_the_last_entries_are_the_newest_by_the_centers_clock(store: SqlStore) -> None:
    gate = Gate()
    add_gate(store, gate.station, "东门", "a")
    for day in (0, 1, 3):
        gate.push(store, [altered(day * 10 + n, at_ms=NOON_MS + day * DAY_MS + n) for n in range(4)])
    Gate(b"another gate 001").push(store, records(500, 5))

    last = store.gates.last_entries(Scope(("a",)), gate.station, 6)
    assert [one.at_ms - NOON_MS for one in last] == [
        3 * DAY_MS + 3,
        3 * DAY_MS + 2,
        3 * DAY_MS + 1,
        3 * DAY_MS,
        DAY_MS + 3,
        DAY_MS + 2,
    ]
    assert store.gates.last_entries(Scope(("b",)), gate.station) == []


def test_users_and_audit_are_in_a_backup_and_sessions_are_not(store: SqlStore, tmp_path: Path) -> None:
    add(store, "zhang", Grant("a", "admin"), note=Note(NOON_MS, "x", "did", "a"))
    store.sessions.begin(b"i" * 32, "zhang", now_ms=NOON_MS, address="")
    back_up(store, tmp_path / "backup", files={}, made_ms=NOON_MS)
    other = open_store(tmp_path / "other.db")
    restore(tmp_path / "backup", other)

    zhang = other.users.get("zhang")
    assert zhang
    assert zhang.grants == (Grant("a", "admin"),)
    assert [note.what for note in other.audit.latest(EVERYWHERE)] == ["did"]
    assert ask(other, "SELECT count(*) FROM console_session") == [(0,)]
    other.close()


BRANCHES = st.lists(st.sampled_from(["a", "b", "ab", "a%", "东"]), max_size=4).map("/".join)


@given(st.lists(BRANCHES, max_size=3), BRANCHES)
def test_a_scope_holds_what_lies_below_one_of_its_branches(branches: list[str], branch: str) -> None:
    scope = Scope(tuple(branches))
    brute = any(one == "" or f"{branch}/".startswith(f"{one}/") for one in branches)

    assert scope.holds(branch) == brute
    assert scope.touches(branch) >= scope.holds(branch)
    assert scope.covers(Scope((branch,))) == brute
    assert is_within(branch, above(branch)[0])
    assert above(branch)[-1] == branch
    assert is_within(place_of(branch, "东门"), branch)


@pytest.mark.parametrize(
    ("typed", "branch"),
    [("", ""), ("/", ""), (" 江北区 / 和平街道/", "江北区/和平街道"), ("a", "a"), ("//", "")],
)
def test_a_branch_is_read_as_people_type_it(typed: str, branch: str) -> None:
    assert read_branch(typed) == branch


@pytest.mark.parametrize("typed", ["a//b", "a/ /b", "/".join("abcdefghij"), "x" * 300, "a\0b", "a\nb"])
def test_what_is_no_branch_is_refused(typed: str) -> None:
    with pytest.raises(BranchError):
        read_branch(typed)


def test_who_has_done_a_task_is_known_without_opening_what_they_said(store: SqlStore) -> None:
    east, west = b"e" * 16, b"w" * 16
    told = ((east, 1, 10, True), (west, 1, 10, True), (west, 2, 20, False), (b"x" * 16, 1, 10, True))
    for station, number, at_ms, done in told:
        body = encode_body(TaskDone("t1", at_ms, "7", done=done))
        report = Report(bytes([number]) * 16, "task_done", 1, at_ms, body)
        store.reports.take(station, "", (report,), at_ms)

    assert store.reports.answered("task_done", "task", ["t1", "t2"], (east, west)) == {"t1": {east}}
    assert store.reports.answered("notice_read", "notice", ["t1"], (east,)) == {}
    assert store.reports.answered("task_done", "task", ["t1"], ()) == {}


def test_counts_of_what_waits_need_no_opening_either(store: SqlStore) -> None:
    for number, kind in enumerate(("whistle", "whistle", "request")):
        store.cases.begin("a/b", CaseReport(kind, number, "other"), number)

    assert store.cases.count_by_gate(Scope(("a",))) == {bytes(16): (2, 1)}
    assert store.cases.count_by_gate(Scope(("c",))) == {}
    assert store.alarms.count_unseen(Scope(("a",))) == {}


def test_nothing_was_looked_back_at(store: SqlStore) -> None:
    assert store.reports.lookbacks((b"e" * 16,), 0, 10) == ([], 0, 0)
    assert store.reports.one("handover", (b"e" * 16,), b"h" * 16, 0) is None


def test_links_and_tokens_that_still_open_something_are_not_hidden_by_those_that_do_not(
    store: SqlStore,
) -> None:
    note = Note(1, "admin", "x", "")
    old = store.tokens.make("old", "", ["gates:read"], expires_ms=10**9, now_ms=1, note=note)[0]
    store.links.make("signup", "a", expires_ms=10**9, now_ms=1, note=note)
    for number in range(2, 204):
        id, _ = store.tokens.make("new", "", ["gates:read"], expires_ms=10**9, now_ms=number, note=note)
        store.tokens.revoke(EVERYWHERE, id, number, note)
        store.links.make("signup", "a", expires_ms=number + 1, now_ms=number, note=note)

    assert old in {one.id for one in store.tokens.all(EVERYWHERE)}
    assert [one.made_ms for one in store.links.all_open("signup", EVERYWHERE, 1000)] == [1]


def test_corrections_of_many_gates_at_once_leave_the_database_its_locks(postgresql_url: str) -> None:
    """There is a table for each day; some gate corrects what happened on Friday, and often."""
    store, gate, day = open_store(postgresql_url), Gate(), NOON_MS // DAY_MS
    with store.database.write() as connection:
        connection.prepare_days(range(day - 80, day + 1), day)
    friday = datetime.fromtimestamp(NOON_MS / 1000, UTC) - timedelta(days=4)
    ids = [make_id(friday, b"%010d" % number) for number in range(20)]
    gate.push(store, [altered(n, id=id, at_ms=to_ms(friday), severity=2) for n, id in enumerate(ids)])
    with store.database.write() as connection:
        for number, id in enumerate(ids, 100):
            typed = understand(connection, _part(number, altered(number, amends=id)))
            write_new(connection, typed)
        ((locks,),) = connection.rows("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")

    assert locks < 120  # all days would be 405
    assert same_counts(store)
    assert [row[2] for row in ask(store, HOURS)] == [20]
    store.close()


def _part(number: int, record: bytes) -> Part:
    return Part(Arrival(STATION, 7, NOON_MS, 0, 20), number, [record])
