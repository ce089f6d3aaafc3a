"""Entries by time: whatever the clock did, the spans find what looking at every entry finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.journal import migrations, spans

DAY = 86_400_000


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    """A database of the newest schema with one incarnation."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection)
        connection.execute(
            "INSERT INTO incarnation (id, parent_head, station, public_key, data_key_id, began_at_ms)"
            " VALUES (1, x'', zeroblob(16), zeroblob(32), x'', 0)"
        )
        connection.execute("DROP TRIGGER entry_is_never_deleted")
        yield connection


def write(connection: sqlite3.Connection, times: list[int], first: int = 1, amending: int = 0) -> None:
    """Every so manieth only corrects the first one."""
    rows = [
        (position, position, position.to_bytes(16, "big"), at_ms)
        for position, at_ms in enumerate(times, start=first)
    ]
    connection.executemany(
        "INSERT INTO entry (position, incarnation, number, id, at_ms, severity, direction, record, hash,"
        " signature) VALUES (?, 1, ?, ?, ?, 0, 'in', x'00', zeroblob(32), zeroblob(64))",
        rows,
    )
    if amending:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute(
            "UPDATE entry SET amends = (SELECT id FROM entry ORDER BY position LIMIT 1)"
            " WHERE position % ? = 0",
            (amending,),
        )


# A clock that goes on by minutes, and is set now and then.
clocks = st.lists(
    st.tuples(st.integers(1, 300), st.integers(-3 * DAY, 3 * DAY) | st.just(0)), min_size=1, max_size=6
)


@given(
    clocks=clocks, asked=st.integers(-3 * DAY, 6 * DAY), wide=st.integers(0, DAY), amending=st.integers(2, 4)
)
@settings(max_examples=60, deadline=None)
def test_the_spans_find_what_every_entry_says(
    empty: sqlite3.Connection, clocks: list[tuple[int, int]], asked: int, wide: int, amending: int
) -> None:
    times, now = list[int](), 0
    for count, step in clocks:
        now += step
        times += [now + 60_000 * minute for minute in range(count)]
        now = times[-1]
    empty.execute("BEGIN")
    try:
        write(empty, times, amending=amending)
        found = empty.execute(f"SELECT position FROM {spans.within('?1', '?2')}", (asked, asked + wide))
        wanted = [place for place, at in enumerate(times, start=1) if asked <= at < asked + wide]
        assert sorted(place for (place,) in found) == wanted
        later = empty.execute(f"SELECT count(*) FROM {spans.since('?1')}", (asked,)).fetchone()[0]
        assert later == sum(at >= asked for at in times)
        passages = [(at, place) for place, at in enumerate(times, start=1) if place % amending]
        before = max((one for one in passages if one[0] < asked), default=None)
        after = min((one for one in passages if one[0] > asked), default=None)
        assert (spans.last_before(empty, asked) or (None,))[:2] == (before or (None,))
        assert (spans.first_after(empty, asked) or (None,))[:2] == (after or (None,))
    finally:
        empty.execute("ROLLBACK")


def test_a_question_about_a_day_reads_its_runs_and_not_the_year(empty: sqlite3.Connection) -> None:
    empty.execute("BEGIN")
    try:
        write(empty, [minute * 60_000 for minute in range(20_000)])
        runs = empty.execute(
            "SELECT count(*) FROM entry_span WHERE last_ms >= 0 AND first_ms < ?", (DAY,)
        ).fetchone()[0]
        assert runs == 1440 // 128 + 2  # those of the day, one of them half, and the newest entries
    finally:
        empty.execute("ROLLBACK")


def test_positions_that_begin_again_after_everything_was_pruned_are_found(empty: sqlite3.Connection) -> None:
    empty.execute("BEGIN")
    try:
        write(empty, [0] * 300)
        empty.execute("DELETE FROM entry")
        write(empty, [5 * DAY, 9 * DAY])
        found = empty.execute(f"SELECT position FROM {spans.within('?1', '?2')}", (DAY, 6 * DAY)).fetchall()
        assert found == [(1,)]
    finally:
        empty.execute("ROLLBACK")


def test_a_file_of_an_older_version_is_one_span(empty: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as old:
        old.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, at_ms INTEGER)")
        old.executemany("INSERT INTO entry (at_ms) VALUES (?)", [(at,) for at in (5, 1, 9)])
        old.execute(spans.OF_BEFORE)
        assert old.execute(f"SELECT at_ms FROM {spans.within('?1', '?2')}", (2, 9)).fetchall() == [(5,)]
