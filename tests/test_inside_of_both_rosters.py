"""Who is inside, of thousands who came in by the center's list and are in the gate's own roster since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.core.model import Direction
from station.journal.people import People, Person
from station.journal.presence import Presence
from tests.journal.given import person
from tests.journal.samples import NOON, open_journal
from tests.test_two_who_are_one import Gate


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with open_journal(tmp_path / "station") as journal:
        yield Gate(journal, ready=True)


def test_who_is_who_in_both_rosters_is_not_worked_out_twice_a_minute(gate: Gate) -> None:
    """The page of who is inside is asked on the lane's thread: ten thousand would hold the gate up."""
    people = [f"c{number}" for number in range(20)]
    gate.roster.give(*(person(one, f"王{one}", codes=()) for one in people))
    for one in people:
        gate.passes(one)
    ours = [Person(f"o{one}", f"王{one}", "3-2-501", "resident") for one in people]
    People(gate.journal).add(ours, as_of=NOON)
    gate.tidy()
    connection, asked = gate.journal.connection, list[str]()
    presence = Presence(connection, gate.journal.vault)
    assert len(presence.seen(Direction.IN)) == 20

    connection.set_trace_callback(asked.append)
    assert len(presence.seen(Direction.IN)) == 20
    connection.set_trace_callback(None)
    assert not [one for one in asked if "center_chunk" in one]

    gate.passes("oc1", 1, Direction.OUT)
    assert len(presence.seen(Direction.IN)) == 19
    People(gate.journal).add([Person("oc1", "李红", "1-1-101", "resident")], as_of=NOON)
    gate.tidy()
    assert len(presence.seen(Direction.IN)) == 20
