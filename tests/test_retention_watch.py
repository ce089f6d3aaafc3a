"""The gate erases what is too old by itself, once a day, while nobody stands there; and watches its disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station import retention_watch
from station.core.outcome import SpaceLeft
from station.core.space import Level, days_left, level
from station.core.visit import Purpose, Visit
from station.journal import retention
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.movements import Mover
from station.journal.retention_rules import Kind
from station.journal.space import Space, look
from station.journal.visits import Visits
from station.retention_watch import RetentionWatch, is_held
from station.ui import afterwards_words
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.kept import DAY, ZONE
from tests.journal.samples import NOON, open_journal, passage

GB = 10**9


class Gate:
    """A gate's journal, days that a test lets pass, and a disk that a test fills."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.now, self.monotonic, self.said = folder, NOON, 0.0, list[SpaceLeft]()
        self.journal = open_journal(folder)
        self.space = Space(100 * GB, 10**6)
        monkeypatch.setattr(retention_watch, "look", lambda folder, now: self.space)
        self.watch = self.start()

    def start(self) -> RetentionWatch:
        return RetentionWatch(self.folder, self.journal, 30, ZONE, lambda: self.now, self.said.append)

    def minutes(self, count: int = 1, *, idle: bool = True) -> None:
        for _ in range(count * 60):
            self.monotonic += 1.0
            self.watch.tick(self.monotonic, idle=idle)

    def old_parts(self) -> int:
        plan = retention.plan(self.journal.connection, self.now - 30 * DAY, ZONE)
        return plan.counts.get(Kind.ENTRIES, 0)


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate(tmp_path / "station", monkeypatch)
    kept.fill(gate.journal)
    yield gate
    gate.journal.close()


def test_the_first_time_it_is_announced_and_done_a_day_later(gate: Gate) -> None:
    gate.minutes(5)
    assert gate.old_parts() == 6

    gate.now += DAY
    gate.minutes(5)
    assert gate.old_parts() == 0
    ran = retention.last_run(gate.journal.connection)
    assert ran
    assert ran.finished
    assert not gate.watch.erasing


def test_it_is_done_once_a_day(gate: Gate) -> None:
    gate.minutes(2)
    for _ in range(2):
        gate.now += DAY
        gate.minutes(5)
    first = retention.last_run(gate.journal.connection)
    gate.now += timedelta(hours=2)
    gate.minutes(5)

    assert retention.last_run(gate.journal.connection) == first


def test_nothing_is_erased_while_somebody_stands_there(gate: Gate) -> None:
    gate.minutes(1)
    gate.now += DAY

    gate.minutes(5, idle=False)

    assert gate.old_parts() == 6
    gate.minutes(1)
    assert gate.old_parts() == 0


def test_a_clock_that_jumped_a_year_waits_for_an_admin(gate: Gate) -> None:
    gate.minutes(1)
    gate.now += 365 * DAY

    gate.minutes(5)

    assert gate.old_parts() > 6
    assert is_held(retention.last_run(gate.journal.connection), gate.now)
    gate.watch.run_now()
    gate.minutes(5)
    assert gate.old_parts() == 0
    assert not is_held(retention.last_run(gate.journal.connection), gate.now)


def test_a_clock_that_was_set_back_again_does_not_stop_it_for_a_year(gate: Gate) -> None:
    gate.minutes(1)
    gate.now += 365 * DAY
    gate.watch.run_now()
    gate.minutes(5)

    gate.now = NOON
    kept.passes_by(gate.journal, kept.LONG_AGO, "x", "JKM-X")
    gate.minutes(5)

    assert gate.old_parts() == 0


def test_what_a_kill_left_in_the_wal_goes_when_the_gate_is_idle(gate: Gate) -> None:
    wal = gate.folder / "journal.db-wal"
    gate.journal.append(passage())
    assert wal.stat().st_size > 0

    gate.minutes(1)

    assert wal.stat().st_size == 0


def test_copies_of_a_killed_backup_are_taken_away_and_a_running_ones_are_not(gate: Gate) -> None:
    stale, running = gate.folder / ".backup-old", gate.folder / ".backup-new"
    for path in (stale, running):
        path.mkdir()
        (path / "journal.db").write_bytes(b"people")
    os.utime(stale, (0, 0))

    gate.start()

    assert not stale.exists()
    assert running.exists()


def test_room_that_becomes_scarce_is_said_long_before_and_again_when_it_is_urgent(gate: Gate) -> None:
    gate.minutes(2)
    assert gate.said == []
    for free in (1900 * 10**6, 1900 * 10**6, 400 * 10**6, 50 * GB):
        gate.space = Space(free, 10**6)
        gate.minutes(2)

    assert [one.level for one in gate.said] == [Level.LOW, Level.VERY_LOW, Level.ENOUGH]
    words = [afterwards_words.space(one) for one in gate.said]
    assert words == [
        "硬盘剩 1.9 GB，大约还能记 1900 天 · F10",
        "硬盘快满了，只剩 400 MB，请今天处理 · F10",
        "",
    ]


@pytest.mark.parametrize(
    ("free", "a_day", "found"),
    [
        (100 * GB, 0, Level.ENOUGH),
        (100 * GB, 5 * GB, Level.LOW),  # twenty days
        (100 * GB, 40 * GB, Level.VERY_LOW),  # two and a half
        (2 * 2**30 - 1, 0, Level.LOW),
        (499 * 10**6, 0, Level.VERY_LOW),
        (0, 0, Level.VERY_LOW),
    ],
)
def test_few_days_are_as_bad_as_little_room(free: int, a_day: int, found: Level) -> None:
    assert level(free, days_left(free, a_day)) is found


def test_the_rate_is_that_of_the_last_day(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        _append(journal, 10)
        assert look(tmp_path, NOON).a_day == 20_000
        assert look(tmp_path, NOON + 3 * DAY).a_day == 0
    assert look(tmp_path / "nothing yet", NOON).a_day == 0
    assert look(tmp_path, NOON).free > 0


def _append(journal: Journal, count: int) -> None:
    for _ in range(count):
        journal.append(passage())


YEAR = 365 * DAY
RIGHT, UNKNOWN, AHEAD = 500, None, -YEAR // timedelta(milliseconds=1)


def days(gate: Gate, count: int) -> None:
    for _ in range(count):
        gate.now += DAY
        gate.minutes(3)


def comes(gate: Gate, who: str, off_ms: int | None = RIGHT) -> None:
    """A visitor, and a resident with a code; by the gate's clock as it is now."""
    gate.journal.clock_off = lambda: off_ms
    at = gate.now + YEAR if off_ms == AHEAD else gate.now
    visit = Visit(f"visit:{who}", "3-2-501", Purpose.FAMILY, at, "13900001111", "李四")
    Visits(gate.journal).stage(visit)
    gate.journal.append(passage(at=at), mover=Mover(visit.id, None))
    kept.passes_by(gate.journal, at, who, f"JKM-{who}")


def there(gate: Gate) -> set[str]:
    """Of whom anything is left."""
    rows = gate.journal.connection.execute("SELECT subject FROM whereabouts UNION SELECT id FROM visit")
    moved = gate.journal.connection.execute("SELECT subject FROM movement")
    return {who.removeprefix("visit:") for (who,) in [*rows, *moved]} & {"x", "y", "z"}


def test_what_a_gate_wrote_while_its_clock_was_a_year_ahead_goes_after_thirty_days_too(gate: Gate) -> None:
    days(gate, 2)
    comes(gate, "x", AHEAD)
    gate.journal.clock_off = lambda: RIGHT  # the center is there, and the clock was put right
    days(gate, 20)
    comes(gate, "y", AHEAD)  # it happens again
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 9)
    assert there(gate) == {"x", "y"}

    days(gate, 3)
    assert there(gate) == {"y"}
    with open_reader(gate.folder) as connection:
        assert Kind.MOVEMENTS not in retention.plan(connection, gate.now - 30 * DAY, ZONE).counts
    days(gate, 17)
    assert there(gate) == {"y"}
    days(gate, 3)
    assert there(gate) == set()


@pytest.mark.parametrize("off_ms", [UNKNOWN, AHEAD])
def test_while_nobody_says_what_time_it_is_nothing_is_taken_for_dated_ahead(
    gate: Gate, off_ms: int | None
) -> None:
    """A battery that is empty: the gate's clock began anew years ago, and what it wrote before is right."""
    days(gate, 2)
    comes(gate, "x")
    gate.now -= 400 * DAY
    gate.journal.clock_off = lambda: off_ms
    days(gate, 45)

    assert there(gate) == {"x"}


def test_what_was_written_since_the_clock_was_put_right_is_kept_its_thirty_days(gate: Gate) -> None:
    days(gate, 2)
    comes(gate, "y", AHEAD)
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 25)
    comes(gate, "x")
    comes(gate, "z", AHEAD)
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 28)

    assert there(gate) == {"x", "z"}
    days(gate, 4)
    assert there(gate) == set()


def test_what_the_center_has_not_archived_waits_whatever_its_date(gate: Gate) -> None:
    enrol(gate.journal)
    days(gate, 2)
    comes(gate, "x", AHEAD)
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 40)

    assert "x" in there(gate)
    with open_reader(gate.folder) as connection:
        assert retention.plan(connection, gate.now - 30 * DAY, ZONE).not_acked >= 2


def test_nobody_of_yesterday_is_erased_because_gate_and_center_began_anew_in_another_year_together(
    gate: Gate,
) -> None:
    """Both had lost their power: the center said that the gate's clock is right."""
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 3)
    comes(gate, "x")
    gate.now -= 400 * DAY
    days(gate, 2)
    gate.now += 400 * DAY
    gate.watch.run_now()  # an admin says that the clock is right, and so it is
    days(gate, 2)

    assert there(gate) == {"x"}


def test_nor_because_the_clock_was_put_right_while_erasing_waited_for_the_queue(gate: Gate) -> None:
    days(gate, 2)
    comes(gate, "x", UNKNOWN)
    gate.now -= 400 * DAY
    gate.minutes(3, idle=False)
    gate.now += 400 * DAY
    gate.journal.clock_off = lambda: RIGHT
    gate.minutes(3)
    gate.watch.run_now()
    days(gate, 2)

    assert there(gate) == {"x"}


def test_who_came_while_erasing_rested_with_the_pc_over_a_holiday_is_kept_thirty_days(gate: Gate) -> None:
    gate.journal.clock_off = lambda: RIGHT
    days(gate, 2)
    gate.now += DAY
    gate.minutes(3, idle=False)
    gate.now += 6 * DAY  # it slept
    comes(gate, "x")
    days(gate, 28)

    assert there(gate) == {"x"}
