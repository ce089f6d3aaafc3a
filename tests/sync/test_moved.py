"""A gate's computer is carried to another gate and enrolled there: it is told what is told there."""

from __future__ import annotations

from pathlib import Path

from station.journal.center_people import CenterPeople
from station.sync.items import PersonItem, encode_item
from tests.sync.district import district
from tests.sync.test_talk import talk

EAST, WEST = "district/east", "district/west"


def test_a_gate_that_is_enrolled_in_another_branch_is_told_what_was_told_there_before(tmp_path: Path) -> None:
    with district(tmp_path) as gate:
        for branch, person_id in ((WEST, "p2"), (EAST, "p1")):
            someone = ("person", person_id, encode_item(PersonItem("resident", "name")))
            gate.center.store.lists.put("people", [someone], branch)
        known = CenterPeople(gate.journal.connection, gate.journal.vault)
        gate.enrol(branch=EAST)
        talk(gate.down("people", every_s=60))
        assert [bool(known.by_id(one)) for one in ("p1", "p2")] == [True, False]

        gate.enrol(branch=WEST)
        talk(gate.down("people", every_s=60))

        assert [bool(known.by_id(one)) for one in ("p1", "p2")] == [False, True]
