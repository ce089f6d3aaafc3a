"""What a center remembers for a moment, so that it need not look it up for each batch."""

from __future__ import annotations

from center.limits import Remembered


def test_it_is_remembered_for_so_long_and_no_longer() -> None:
    known: Remembered[str, int] = Remembered(1.0, 10)
    assert known.get("north", 5.0) is None

    known.put("north", 1, 5.0)

    assert known.get("north", 5.9) == 1
    assert known.get("north", 6.0) is None
    assert known.get("south", 5.0) is None


def test_no_more_is_remembered_than_is_allowed() -> None:
    known: Remembered[int, int] = Remembered(1.0, 10)
    for number in range(25):
        known.put(number, number, 0.0)

    assert sum(known.get(number, 0.0) is not None for number in range(25)) <= 10
    assert known.get(24, 0.0) == 24
