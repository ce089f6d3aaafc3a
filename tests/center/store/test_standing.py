"""What passages came to where the gate's clock was ahead when they were recorded, and was set right since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from center.exporting import rows_of_day
from center.ledger import Clock
from center.scope import EVERYWHERE
from center.store import SqlStore, migrations, open_store
from tests.center.store.gate import NOON_MS, STATION, Gate, altered, entry
from tests.center.store.test_chains import ask
from tests.center.store.test_console_store import HOURS, add_gate, same_counts

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
AHEAD, TODAY = Clock(-2 * DAY_MS, 20), datetime.fromtimestamp(NOON_MS / 1000, UTC).date()


def corrected_on_the_true_day(store: SqlStore) -> Gate:
    """The PC believed that it was the day after tomorrow; an admin set its clock, and corrected an entry."""
    add_gate(store, STATION, "南门", "a")
    gate = Gate()
    gate.push(store, [altered(1, at_ms=NOON_MS + 2 * DAY_MS, severity=2)], clock=AHEAD)
    gate.push(store, [altered(2, at_ms=NOON_MS + HOUR_MS, amends=entry(1).id, severity=0)])
    return gate


def test_it_is_counted_once_also_when_it_is_corrected_again(store: SqlStore) -> None:
    gate = corrected_on_the_true_day(store)
    again = altered(3, at_ms=NOON_MS + 2 * DAY_MS + HOUR_MS, amends=entry(1).id, severity=1)
    gate.push(store, [again], at_ms=NOON_MS + 2 * DAY_MS)

    assert [tuple(map(int, row[2:])) for row in ask(store, HOURS)] == [(0, 1, 0)]
    assert same_counts(store)


def test_its_correction_is_in_the_table_of_the_passage_and_in_no_other(store: SqlStore) -> None:
    corrected_on_the_true_day(store)

    def written(day: date) -> list[str]:
        return [row[-1] for row in rows_of_day(store, day, UTC)]

    assert written(TODAY) == []
    assert written(TODAY + timedelta(days=2)) == [entry(1).id.hex(), entry(2).id.hex()]


def test_the_last_correction_in_a_table_is_the_one_that_counts(store: SqlStore) -> None:
    """The clock was set back between two corrections: the file ended with STOP, and they had let her in."""
    add_gate(store, STATION, "南门", "a")
    gate = Gate()
    gate.push(store, [altered(1, at_ms=NOON_MS, severity=1), altered(2, at_ms=NOON_MS, severity=1)])
    gate.push(store, [altered(3, at_ms=NOON_MS + 2 * HOUR_MS, amends=entry(1).id, severity=2)])
    gate.push(store, [altered(4, at_ms=NOON_MS + HOUR_MS, amends=entry(1).id, severity=0)])
    gate.push(store, [altered(5, at_ms=NOON_MS + DAY_MS, amends=entry(2).id, severity=2)])
    gate.push(store, [altered(6, at_ms=NOON_MS + HOUR_MS, amends=entry(2).id, severity=0)])

    rows = [row[-1] for row in rows_of_day(store, TODAY, UTC)]
    assert rows == [entry(number).id.hex() for number in (1, 2, 3, 4, 5, 6)]
    begin = NOON_MS - NOON_MS % DAY_MS
    entries = store.records.between(STATION, begin, begin + DAY_MS)
    assert [one.id for one in entries] == [entry(number).id for number in (1, 2, 3, 4, 5, 6)]
    assert store.records.count(STATION, begin, begin + DAY_MS) == 6


def test_a_correction_by_a_clock_without_battery_is_in_the_table_of_its_own_date(
    store: SqlStore,
) -> None:
    gate = corrected_on_the_true_day(store)
    gate.push(store, [altered(3, at_ms=NOON_MS - 200 * DAY_MS, amends=entry(1).id, severity=1)])

    (row,) = rows_of_day(store, TODAY - timedelta(days=200), UTC)
    assert row[-1] == entry(3).id.hex()


@pytest.mark.parametrize("back", [8, 200, 4000])
def test_no_correction_is_taken_away_twice_however_wrong_its_clock_was(store: SqlStore, back: int) -> None:
    """The PC's battery was empty when somebody corrected an entry; later it was corrected once more."""
    gate = corrected_on_the_true_day(store)
    gate.push(store, [altered(3, at_ms=NOON_MS, severity=2)])
    gate.push(store, [altered(4, at_ms=NOON_MS - back * DAY_MS, amends=entry(3).id, severity=0)])
    gate.push(store, [altered(5, at_ms=NOON_MS + HOUR_MS, amends=entry(3).id, severity=1)])

    assert [tuple(map(int, row[2:])) for row in ask(store, HOURS)] == [(1, 1, 0)]


def test_a_correction_by_a_clock_of_1970_counts(store: SqlStore) -> None:
    gate = corrected_on_the_true_day(store)
    gate.push(store, [altered(4, at_ms=HOUR_MS, amends=entry(1).id, severity=2)])

    assert same_counts(store)
    store.reproject()
    assert same_counts(store)


def test_whoever_traces_sees_what_it_came_to(store: SqlStore) -> None:
    corrected_on_the_true_day(store)

    (one,) = store.passages.of_person(EVERYWHERE, "p1", NOON_MS, NOON_MS + 9 * DAY_MS)
    assert (one.severity, one.amended) == (0, True)


def last_count(store: SqlStore) -> tuple[int, ...]:
    (row,) = ask(store, HOURS)
    return tuple(map(int, row[2:]))


@pytest.mark.parametrize("days", [10, 200, 8000])
def test_a_battery_that_was_dead_for_one_correction_counts_nobody_twice(store: SqlStore, days: int) -> None:
    """Let in while the PC believed an old date, stopped after all, let in: one person, never minus one."""
    add_gate(store, STATION, "南门", "a")
    gate = Gate()
    gate.push(store, [altered(1, severity=2)])
    for number, at_ms, severity in (
        (2, NOON_MS - days * DAY_MS, 0),
        (3, NOON_MS + HOUR_MS, 2),
        (4, NOON_MS + 2 * HOUR_MS, 0),
    ):
        gate.push(store, [altered(number, at_ms=at_ms, amends=entry(1).id, severity=severity)])
        assert last_count(store) == ((1, 0, 0) if severity == 0 else (0, 0, 1))
        (one,) = store.passages.of_person(EVERYWHERE, "p1", NOON_MS, NOON_MS + DAY_MS)
        assert one.severity == severity


def test_what_was_said_last_counts_though_the_clock_of_the_center_was_set_back(store: SqlStore) -> None:
    add_gate(store, STATION, "南门", "a")
    gate = Gate()
    gate.push(store, [altered(1, severity=2)])
    gate.push(store, [altered(2, amends=entry(1).id, severity=0)], at_ms=NOON_MS + 3 * HOUR_MS)
    gate.push(store, [altered(3, amends=entry(1).id, severity=2)], at_ms=NOON_MS + HOUR_MS)

    assert last_count(store) == (0, 0, 1)
    (one,) = store.passages.of_person(EVERYWHERE, "p1", NOON_MS, NOON_MS + DAY_MS)
    assert one.severity == 2


def live(store: SqlStore, random: Random, chains: Sequence[Gate], passages: int, corrections: int) -> None:
    """Days of a PC with an empty battery and a copied disk; the clock of the center was set, too."""
    first = sum(gate.number for gate in chains) + 1
    for number in range(first, first + passages):
        at_ms = NOON_MS + random.randrange(6) * DAY_MS
        passed = altered(number, at_ms=at_ms, severity=random.randrange(3))
        random.choice(chains).push(store, [passed], at_ms=at_ms)
    for number in range(first + passages, first + passages + corrections):
        at_ms = NOON_MS + random.choice([-8000, -200, -9, -1, 0, 1, 6, 7, 20]) * DAY_MS
        amends, severity = entry(random.randint(1, passages)).id, random.randrange(3)
        corrected = altered(number, at_ms=at_ms, amends=amends, severity=severity)
        random.choice(chains).push(store, [corrected], at_ms=NOON_MS + random.randrange(8) * DAY_MS)


def hours_of(store: SqlStore) -> list[tuple[int, ...]]:
    rows = [tuple(map(int, row[1:])) for row in ask(store, HOURS)]
    return sorted(row for row in rows if any(row[1:]))


@pytest.mark.parametrize("seed", range(6))
def test_a_center_that_was_brought_up_to_date_counts_as_one_that_began_with_this_program(
    where: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the clocks had said before; also when those passages are corrected once more."""
    with monkeypatch.context() as before:
        before.setattr(migrations, "SCRIPTS", [one for one in migrations.SCRIPTS if int(one.stem) <= 12])
        before.setattr(migrations, "NEWEST", 12)
        old = open_store(where)
    new = open_store(tmp_path / "new.db")
    randoms, gates = (Random(seed), Random(seed)), [[Gate(), Gate(incarnation=3)] for _ in range(2)]
    for store, random, chains in zip((old, new), randoms, gates, strict=True):
        live(store, random, chains, passages=5, corrections=12)
    with old.database.write() as connection:  # which a program of then did not write
        connection.run("DELETE FROM meta WHERE name LIKE 'corrections far%'")
    old.close()

    renewed = open_store(where)
    assert hours_of(renewed) == hours_of(new)
    for store, random, chains in zip((renewed, new), randoms, gates, strict=True):
        live(store, random, chains, passages=1, corrections=12)
    assert hours_of(renewed) == hours_of(new)
    new.reproject()
    assert hours_of(renewed) == hours_of(new)
    renewed.close()
    new.close()


@pytest.mark.parametrize("seed", range(6))
def test_the_hours_are_the_same_in_whatever_order_rows_are_made(
    store: SqlStore, tmp_path: Path, seed: int
) -> None:
    """Two copies of a disk come by turns: corrections before passages, some of which are months ahead."""
    random, later = Random(seed), open_store(tmp_path / "later.db", projecting="later")
    ends = [(one, (Gate(), Gate(incarnation=3))) for one in (store, later)]
    for number in random.sample(range(1, 17), 16):
        if number <= 4:
            fields: dict[str, object] = {"at_ms": NOON_MS + random.choice([0, 1, 5, 60, 65]) * DAY_MS}
        else:
            day = random.choice([-8000, -200, -9, -1, 0, 1, 6, 7, 20])
            fields = {"at_ms": NOON_MS + day * DAY_MS, "amends": entry(random.randint(1, 4)).id}
        come, which = NOON_MS + random.randrange(8) * DAY_MS, random.randrange(2)
        came = altered(number, severity=random.randrange(3), **fields)
        for one, gates in ends:
            gates[which].push(one, [came], at_ms=come)
        if random.random() < 0.3:
            later.project_pending(1)
    while later.project_pending():
        continue

    assert hours_of(store) == hours_of(later)
    store.reproject()
    assert hours_of(store) == hours_of(later)
    later.close()


def test_what_a_restored_gate_sends_again_makes_no_later_push_look_through_every_day(store: SqlStore) -> None:
    """A passage and its correction of one batch are of one day, whatever way they are written."""
    add_gate(store, STATION, "南门", "a")
    days = [NOON_MS + day * DAY_MS for day in range(5)]
    again = [altered(1, at_ms=days[0])]
    for number, at_ms in enumerate(days, 1):
        again += [altered(10 * number, at_ms=at_ms, severity=2)]
        again += [altered(10 * number + 1, at_ms=at_ms + 1, amends=entry(10 * number).id, severity=0)]
    Gate().push(store, [again[0]])
    Gate(incarnation=3).push(store, again)

    assert ask(store, "SELECT name FROM meta WHERE name LIKE 'corrections far%'") == []
    assert same_counts(store)
