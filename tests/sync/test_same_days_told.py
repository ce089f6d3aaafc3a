"""What two ends of a day tell each other: which entries the center lacks, and which word is the later one."""

from __future__ import annotations

import msgspec
import pytest

from station.sync.bundle import DayRun, Reconciliation, covers, differences

STATION = bytes(16)
FIRST, LAST, OTHER = b"f" * 32, b"l" * 32, b"x" * 32
MORNING = DayRun(7, 11, 20, 10, FIRST, LAST)
EVENING = DayRun(8, 1, 5, 5, b"e" * 32, b"v" * 32)  # on another PC


def day(*runs: DayRun) -> Reconciliation:
    return Reconciliation(1, STATION, "2026-11-22", 0, runs)


def told(*center: DayRun) -> list[tuple[object, ...]]:
    return [msgspec.structs.astuple(one) for one in differences(day(MORNING, EVENING), day(*center))]


def part(count: int, first: bytes = FIRST, last: bytes = b"", **more: object) -> DayRun:
    return DayRun(7, 11, 20, count, first, last, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("morning", "lacks"),
    [
        (MORNING, []),
        (None, [("missing", 11, 20)]),
        (part(0, b""), [("missing", 11, 20)]),
        (part(0, b"", missing=((11, 20),)), [("missing", 11, 20)]),
        (part(7, missing=((14, 15), (20, 20))), [("missing", 14, 15), ("missing", 20, 20)]),
        (part(7), [("missing", 18, 20)]),
        (part(10, OTHER, OTHER), [("different", 11, 20)]),
        (part(10, FIRST, OTHER), [("different", 12, 20)]),
        (part(9, OTHER, b"", missing=((20, 20),)), [("missing", 20, 20), ("different", 11, 20)]),
    ],
    ids=[
        "all is there",
        "the center never heard of it",
        "it has none of it",
        "and says so",
        "a stick was lost, and another one",
        "an old center does not say which",
        "a copied disk was first",
        "from the second entry on they are two",
        "both",
    ],
)
def test_what_the_center_lacks_of_a_day_is_told_by_number(
    morning: DayRun | None, lacks: list[tuple[object, ...]]
) -> None:
    assert told(*([morning] if morning else []), EVENING) == [(7, *one) for one in lacks]


@pytest.mark.parametrize(
    ("later", "has_all"),
    [
        ([MORNING, EVENING], True),
        ([DayRun(7, 11, 25, 15, FIRST, OTHER), EVENING], True),
        ([DayRun(7, 10, 20, 11, OTHER, LAST), EVENING], True),
        ([MORNING], False),
        ([], False),
        ([DayRun(9, 11, 20, 10, FIRST, LAST), EVENING], False),
        ([DayRun(7, 12, 20, 9, OTHER, LAST), EVENING], False),
        ([DayRun(7, 11, 19, 9, FIRST, OTHER), EVENING], False),
        ([DayRun(7, 11, 20, 10, FIRST, OTHER), EVENING], False),
    ],
    ids=[
        "the same",
        "people came since",
        "a clock that was set back brought an earlier one",
        "the evening is not in it",
        "nothing",
        "another incarnation",
        "it begins later",
        "it ends before",
        "a copied disk: other people under the same numbers",
    ],
)
def test_a_later_word_of_a_day_has_all_that_the_former_had(later: list[DayRun], has_all: bool) -> None:
    assert covers(later, [MORNING, EVENING]) is has_all
