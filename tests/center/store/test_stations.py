"""Enrolling a gate with a one-time code, taking it off again, and what the overview shows of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from center.store import Contact, EnrolError, SqlStore, StationRow
from tests.center.store.gate import MINUTE_MS, NOON_MS, STATION, Gate, records
from tests.center.store.test_chains import ask

CODE, KEY, OTHER_KEY, SEAL = b"0123456789", b"k" * 32, b"o" * 32, b"x" * 32
UNTIL = NOON_MS + 10 * MINUTE_MS


def add_code(store: SqlStore, code: bytes = CODE, name: str = "南门") -> None:
    store.stations.add_enrol_code(code, name=name, gate="south", branch="d/t/v", expires_ms=UNTIL)


def enrol(
    store: SqlStore,
    *,
    code: bytes = CODE,
    station: bytes = STATION,
    key: bytes = KEY,
    seal_key: bytes = SEAL,
    at_ms: int = NOON_MS,
) -> StationRow:
    return store.stations.enrol(code, station=station, public_key=key, seal_key=seal_key, now_ms=at_ms)


def refusal(store: SqlStore, **changes: Any) -> str:
    with pytest.raises(EnrolError) as refused:
        enrol(store, **changes)
    return refused.value.reason


def test_a_gate_enrols_with_its_code(store: SqlStore) -> None:
    add_code(store)
    row = enrol(store)

    assert row == StationRow(STATION, "南门", "south", "d/t/v", SEAL, NOON_MS, None, b"", (KEY,))
    assert store.stations.get(STATION) == row
    assert store.stations.keys(STATION) == (KEY,)
    assert store.stations.all() == [row]


def test_the_code_itself_is_nowhere(store: SqlStore) -> None:
    add_code(store)

    assert CODE not in [value for row in ask(store, "SELECT * FROM enrol_code") for value in row]


def test_a_code_enrols_one_gate_only_but_a_lost_answer_may_be_asked_for_again(store: SqlStore) -> None:
    add_code(store)
    first = enrol(store)

    assert enrol(store, at_ms=UNTIL - 1) == first
    assert refusal(store, at_ms=UNTIL) == "expired_code"
    assert refusal(store, station=b"another station!", key=OTHER_KEY) == "used_code"


def test_sticks_are_sealed_to_the_key_of_the_last_try_after_a_lost_answer(store: SqlStore) -> None:
    """The gate makes a key for each try, and keeps that of the try that was answered."""
    add_code(store)
    enrol(store)

    assert enrol(store, seal_key=b"y" * 32).seal_key == b"y" * 32


def test_codes_that_are_wrong_or_late_enrol_nobody(store: SqlStore) -> None:
    add_code(store)

    assert refusal(store, code=b"0123456780") == "unknown_code"
    assert refusal(store, at_ms=UNTIL) == "expired_code"
    assert store.stations.all() == []


def test_a_code_is_no_right_to_the_name_of_another_gate(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    add_code(store, b"second code")

    assert refusal(store, code=b"second code", key=OTHER_KEY) == "other_key"
    assert store.stations.keys(STATION) == (KEY,)
    add_code(store, b"third code", "北门")
    assert enrol(store, code=b"third code").name == "北门"
    assert enrol(store, code=b"second code").name == "南门", "a refused attempt used the code up"


def test_a_revoked_gate_is_known_as_revoked_until_a_new_code(store: SqlStore) -> None:
    add_code(store)
    enrol(store)

    assert store.stations.revoke(STATION, NOON_MS + 1)
    assert store.stations.revoke(STATION, NOON_MS + 9)
    assert not store.stations.revoke(b"another station!", NOON_MS)
    assert [row.revoked_ms for row in store.stations.all()] == [NOON_MS + 1]
    assert store.stations.keys(STATION) == (KEY,)
    add_code(store, b"second code")
    assert enrol(store, code=b"second code").revoked_ms is None


def test_the_lost_answer_of_an_old_code_does_not_lift_a_revocation(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    store.stations.revoke(STATION, NOON_MS + 1)

    assert enrol(store, at_ms=NOON_MS + 2).revoked_ms == NOON_MS + 1


def test_a_gate_that_the_center_forgot_is_remembered_by_its_credential(store: SqlStore) -> None:
    row = store.stations.remember(STATION, public_key=KEY, name="南门", enrolled_ms=NOON_MS)
    assert (row.name, row.public_keys, row.enrolled_ms) == ("南门", (KEY,), NOON_MS)

    assert store.stations.remember(STATION, public_key=OTHER_KEY, name="forged", enrolled_ms=1) == row
    store.stations.place(STATION, name="南二门", gate="south 2", branch="d/t")
    store.stations.keep_credential(STATION, b"signed")
    kept = store.stations.get(STATION)
    assert kept is not None
    assert (kept.name, kept.gate, kept.branch, kept.credential) == ("南二门", "south 2", "d/t", b"signed")


def test_nobody_is_known_before_they_enrol(store: SqlStore) -> None:
    assert store.stations.get(STATION) is None
    assert store.stations.keys(STATION) == ()
    assert store.contacts.get(STATION) is None
    assert store.contacts.overview() == []


def contact(seen_ms: int, **changes: object) -> Contact:
    ordinary = Contact(
        STATION, seen_ms, -130_000, 25, "1.2", 1, "b1", "machine 1", 12, (("camera", "ok"),), ("clock",)
    )
    return Contact(**{name: getattr(ordinary, name) for name in Contact.__slots__} | changes)


def test_of_a_gate_the_last_contact_is_kept(store: SqlStore) -> None:
    store.contacts.keep(contact(NOON_MS))
    store.contacts.keep(contact(NOON_MS + 1, fingerprint="machine 2", alarms=(), state=()))

    assert store.contacts.get(STATION) == contact(NOON_MS + 1, fingerprint="machine 2", alarms=(), state=())


def test_the_overview_shows_every_gate_also_one_that_was_never_heard_of(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    store.stations.remember(b"another station!", public_key=OTHER_KEY, name="北门", enrolled_ms=NOON_MS)
    store.contacts.keep(contact(NOON_MS))
    gate = Gate()
    gate.push(store, [*records(1, 9), b"poison"])
    Gate(incarnation=8).push(store, records(50, 5))
    store.mark_archived({(STATION, 7): 10})
    with store.transaction() as ledger:
        ledger.note_fork(STATION, 7, 3, NOON_MS)

    silent, south = store.contacts.overview()
    assert (silent.name, silent.seen_ms, silent.stored, silent.alarms) == ("北门", None, 0, ())
    assert (south.name, south.gate, south.branch, south.revoked) == ("南门", "south", "d/t/v", False)
    assert (south.seen_ms, south.offset_ms, south.pending, south.app) == (NOON_MS, -130_000, 12, "1.2")
    assert (south.stored, south.archived, south.quarantined, south.forks) == (15, 10, 1, 1)
    assert (south.state, south.alarms) == ((("camera", "ok"),), ("clock", "fork"))


def test_a_copied_disk_is_shown_at_once_and_not_at_the_next_hello(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    with store.transaction() as ledger:
        ledger.note_fork(STATION, 7, 3, NOON_MS)  # nobody has said hello: there is no line to show it in
    store.contacts.keep(contact(NOON_MS, alarms=()))
    for number in (3, 8, 9):
        with store.transaction() as ledger:
            ledger.note_fork(STATION, 7, number, NOON_MS)

    assert [gate.alarms for gate in store.contacts.overview()] == [("fork",)]


def test_a_hello_in_the_moment_of_a_fork_does_not_hide_it(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    store.contacts.keep(contact(NOON_MS, alarms=()))
    with ThreadPoolExecutor(1) as hello:
        with store.transaction() as ledger:
            ledger.note_fork(STATION, 7, 3, NOON_MS)
            kept = hello.submit(store.contacts.keep, contact(NOON_MS + 1), forks_since_ms=NOON_MS - 1)
        assert kept.result().alarms == ("clock", "fork")

    assert [gate.alarms for gate in store.contacts.overview()] == [("clock", "fork")]


def test_an_old_fork_is_no_alarm_any_more(store: SqlStore) -> None:
    add_code(store)
    enrol(store)
    with store.transaction() as ledger:
        ledger.note_fork(STATION, 7, 3, NOON_MS)
        ledger.note_fork(b"another station!", 7, 3, NOON_MS + 2)

    assert store.contacts.keep(contact(NOON_MS + 1, alarms=()), forks_since_ms=NOON_MS).alarms == ()


def test_a_stick_that_came_too_early_waits_for_the_gap_to_be_filled(store: SqlStore) -> None:
    for _ in range(2):
        store.sticks.keep(STATION, 7, 101, b"push 2", NOON_MS)
    store.sticks.keep(STATION, 7, 201, b"push 3", NOON_MS)

    assert store.sticks.next(STATION, 7, 100) is None
    assert store.sticks.next(STATION, 7, 101) == b"push 2"
    store.sticks.drop(STATION, 7, 101)
    assert store.sticks.next(STATION, 7, 250) == b"push 3"
    assert store.sticks.chains() == [(STATION, 7)]
    store.sticks.drop(STATION, 7, 250)
    assert store.sticks.chains() == []


def test_a_day_is_compared_and_what_is_missing_is_named(store: SqlStore) -> None:
    gate = Gate()
    gate.push(store, records(1, 10))
    gate.push(store, [*records(11, 4), b"poison"])
    hashes = [store.reconciliations.summary(STATION, 7, number, number).first_hash for number in (3, 15)]

    summary = store.reconciliations.summary(STATION, 7, 3, 20)
    assert (summary.count, summary.missing, summary.quarantined) == (13, ((16, 20),), (15,))
    assert (summary.first_hash, summary.last_hash) == (hashes[0], b"")
    whole = store.reconciliations.summary(STATION, 7, 1, 15)
    assert (whole.count, whole.missing, whole.last_hash) == (15, (), gate.head)
    assert store.reconciliations.summary(b"another station!", 7, 1, 5).missing == ((1, 5),)


def test_a_segment_that_was_lost_from_the_disk_is_noticed(store: SqlStore) -> None:
    gate = Gate()
    for first in (1, 11, 21):
        gate.push(store, records(first, 10))
    with store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 11")

    summary = store.reconciliations.summary(STATION, 7, 5, 30)
    assert (summary.count, summary.missing, summary.last_hash) == (16, ((11, 20),), gate.head)


def test_comparisons_are_kept_the_newest_first(store: SqlStore) -> None:
    store.reconciliations.keep(STATION, 1, NOON_MS, b"ours", b"theirs", False)
    store.reconciliations.keep(STATION, 2, NOON_MS, b"ours", b"", True)
    store.reconciliations.keep(STATION, 1, NOON_MS + 1, b"ours", b"theirs now", True)

    assert [(kept.day, kept.theirs, kept.same) for kept in store.reconciliations.kept(STATION)] == [
        (2, b"", True),
        (1, b"theirs now", True),
    ]


def test_a_day_that_differs_is_among_those_that_are_shown_though_many_were_compared_since(
    store: SqlStore,
) -> None:
    """A stick brings a month of days, which are all compared in one moment."""
    for day in range(1, 32):
        store.reconciliations.keep(STATION, day, NOON_MS, b"ours", b"theirs", day not in (3, 31))

    assert [kept.day for kept in store.reconciliations.kept(STATION, 3)] == [31, 30, 29, 3]
