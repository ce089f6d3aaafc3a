"""The list of half past seven turns somebody red: what happened at this gate since."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from station.core.entry import Entry, StoredEntry, amendment, encode
from station.core.facts import Fact, FactKind
from station.core.lookback import Change, Glance, LookBack, look_back
from station.core.model import Direction
from station.core.reasons import ReasonCode, Severity
from tests.core.crowd import NOW
from tests.core.morning import OPEN, colour, entry_id, passage

OUT = Direction.OUT
RED = colour("red", NOW + timedelta(hours=15))
ZHANG = Change((RED,), since=NOW - timedelta(hours=1), person_id="zhang")
EVENING = [
    passage(1, "early", -90),
    passage(2, "zhang", -80),
    passage(3, "li", -14),
    passage(4, "zhang", 0, colour("green")),
    passage(5, "wang", 10),
    passage(6, None, 15),
    passage(7, "zhao", 15.1),
    passage(8, "li", 40, way=OUT),
    passage(9, "zhang", 70, colour("green"), way=OUT),
    passage(10, "zhang", 80, colour("green")),
]


def looked_back(change: Change = ZHANG, entries: list[Entry] = EVENING) -> LookBack:
    return look_back(map(encode, entries), change, lambda _: OPEN)


def numbers(entries: tuple[Entry, ...]) -> list[int]:
    return [int.from_bytes(entry.id, "big") for entry in entries]


def test_a_glance_is_the_beginning_of_an_entry() -> None:
    """Fields of an entry only append, so this stays true."""
    names = Glance.__struct_fields__
    assert Entry.__struct_fields__[: len(names)] == names


def test_their_passages_since_then_would_have_been_stopped() -> None:
    found = looked_back()
    assert numbers(found.theirs) == [4, 9, 10]
    assert [(one.before, one.now.severity) for one in found.differing] == [(Severity.PASS, Severity.STOP)] * 3
    assert found.differing[0].now.reasons[0].code is ReasonCode.COLOUR_RED


def test_a_colour_that_came_days_later_counts_as_if_it_had_been_known() -> None:
    late = Change((colour("red", NOW + timedelta(days=9)),), ZHANG.since, "zhang")
    assert len(looked_back(late).differing) == 3


def test_who_passed_within_a_quarter_hour_also_without_a_name() -> None:
    assert numbers(looked_back().beside) == [3, 5, 6]


def test_who_is_still_inside() -> None:
    assert looked_back().still_inside == ("wang", "zhang")


def test_whoever_was_stopped_is_not_inside() -> None:
    stopped = amendment(
        StoredEntry(5, b"", EVENING[4]), Severity.STOP, id=entry_id(20), at=NOW, mono=2.0, boot="b"
    )
    assert looked_back(entries=[*EVENING, stopped]).still_inside == ("zhang",)


def test_a_code_of_nobody_known_is_followed_by_its_entries() -> None:
    change = Change((RED,), ZHANG.since, entry_ids=frozenset({entry_id(6)}))
    found = looked_back(change)
    assert numbers(found.theirs) == [6]
    assert [one.now.reasons[0].code for one in found.differing] == [ReasonCode.COLOUR_RED]


def test_a_passage_that_a_guard_let_through_is_compared_with_that_word() -> None:
    red_then = passage(30, "sun", 5, colour("red"))
    let_in = amendment(
        StoredEntry(30, b"", red_then), Severity.PASS, id=entry_id(31), at=NOW, mono=2.0, boot="b"
    )
    found = looked_back(Change((RED,), ZHANG.since, "sun"), [*EVENING, red_then, let_in])
    assert [(one.before, one.now.severity) for one in found.differing] == [(Severity.PASS, Severity.STOP)]
    assert "sun" in found.still_inside


def test_a_watch_that_is_lifted_differs_the_other_way() -> None:
    held = passage(40, "qian", 5, Fact(FactKind.ISOLATION, "isolation", NOW, "list"), way=OUT)
    lifted = Change((Fact(FactKind.ISOLATION, "none", NOW, "list"),), ZHANG.since, "qian")
    (one,) = looked_back(lifted, [held]).differing
    assert (one.before, one.now.severity) == (Severity.STOP, Severity.PASS)


@given(st.lists(st.tuples(st.sampled_from(["zhang", "li", None]), st.integers(-120, 120)), max_size=20))
def test_beside_is_who_was_there_within_the_quarter_hour_and_nobody_else(
    crowd: list[tuple[str | None, int]],
) -> None:
    ordered = sorted(crowd, key=lambda one: one[1])
    entries = [passage(number, who, at) for number, (who, at) in enumerate(ordered)]
    theirs = [at for who, at in ordered if who == "zhang" and at >= -60]
    expected = [
        number
        for number, (who, at) in enumerate(ordered)
        if any(abs(at - other) <= 15 for other in theirs) and not (who == "zhang" and at >= -60)
    ]
    assert numbers(looked_back(entries=entries).beside) == expected
