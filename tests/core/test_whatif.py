"""A draft policy is tried on the day's entries before anybody activates it."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from station.core.entry import StoredEntry, amendment
from station.core.model import Direction
from station.core.reasons import ReasonCode, Severity
from station.core.whatif import STEP, what_if
from tests.core.crowd import NOW
from tests.core.morning import OPEN, colour, entry_id, passage
from tests.core.rulebook import RULES

PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP
DAY = [
    passage(1, "zhang", 0, colour("green")),
    passage(2, "li", 1, colour("yellow")),
    passage(3, "wang", 2),
    passage(4, "zhang", 60, colour("green"), way=Direction.OUT),
]


def test_the_same_policy_changes_nothing() -> None:
    tried = what_if(DAY, OPEN)
    assert tried.counts == {(PASS, PASS): 3, (RECHECK, RECHECK): 1}
    assert tried.differing == ()


def test_a_stricter_draft_lists_who_would_be_held_and_why() -> None:
    tried = what_if(DAY, RULES["管控"])
    assert tried.counts == {(PASS, PASS): 2, (RECHECK, STOP): 1, (PASS, RECHECK): 1}
    (li, wang) = tried.differing
    assert (li.entry.person_id, li.before, li.now.severity) == ("li", RECHECK, STOP)
    assert wang.now.reasons[0].code is ReasonCode.COLOUR_MISSING


def test_sealing_the_place_holds_whoever_leaves() -> None:
    leaving = [one for one in what_if(DAY, RULES["封控"]).differing if one.entry.direction == "out"]
    assert [one.now.reasons[0].code for one in leaving] == [ReasonCode.NOBODY_LEAVES]


def test_a_passage_that_was_decided_again_counts_once_by_its_newest_facts() -> None:
    seen = passage(5, "wang", 3, colour("green", NOW + timedelta(minutes=3)), amends=3)
    tried = what_if([*DAY, seen], RULES["管控"])
    assert tried.judged == 4
    assert [one.entry.person_id for one in tried.differing] == ["li"]


def test_a_correction_by_hand_is_nobodys_rule() -> None:
    by_hand = amendment(StoredEntry(2, b"", DAY[1]), PASS, id=entry_id(9), at=NOW, mono=2.0, boot="b")
    assert what_if([*DAY, by_hand], OPEN).counts == what_if(DAY, OPEN).counts


def test_what_a_newer_program_wrote_is_counted_and_left_alone() -> None:
    newer = msgspec.structs.replace(DAY[0], id=entry_id(9), closing="tomorrow")
    tried = what_if([*DAY, newer], OPEN)
    assert (tried.judged, tried.unexplained) == (4, 1)


def test_progress_is_told_and_it_can_be_cancelled() -> None:
    told: list[int] = []
    many = (DAY[0] for _ in range(10 * STEP))
    tried = what_if(many, OPEN, progress=told.append, cancelled=lambda: len(told) >= 3)
    assert told == [STEP, 2 * STEP, 3 * STEP]
    assert not tried.finished


def test_whoever_came_while_the_code_system_was_down_is_tried_as_in_a_drill() -> None:
    """Nobody had a code to show that morning: the draft would hold none of them for it."""
    down = RULES["管控"].without_codes()
    drill = [passage(number, who, number, policy=down) for number, who in enumerate(("zhang", "li"), start=5)]
    red = passage(7, "wang", 7, colour("red"), policy=OPEN.without_codes())

    assert what_if(drill, RULES["管控"]).counts == {(PASS, PASS): 2}
    assert what_if([red], RULES["管控"]).counts == {(STOP, STOP): 1}


def test_a_passage_that_comes_behind_what_was_made_of_it_takes_nothing_back() -> None:
    """After a fork the center reads the later entries first."""
    seen = passage(5, "wang", 3, colour("green", NOW + timedelta(minutes=3)), amends=3)
    assert what_if([seen, *DAY], RULES["管控"]).counts == what_if([*DAY, seen], RULES["管控"]).counts
