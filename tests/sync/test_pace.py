"""How long batches become on a good line, and how short on a weak one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.sync.bundle import LONG_RECORDS, MOST_RECORDS
from station.sync.pace import Pace

QUICK_S, MIDDLING_S, SLOW_S = 0.05, 3.0, 8.0


def sizes(pace: Pace, *answers_s: float) -> list[int]:
    """Of the batches that are sent, each full and answered after so long."""
    sent = []
    for took_s in answers_s:
        sent.append(pace.records)
        pace.answered(took_s, more=True)
    return [*sent, pace.records]


def test_a_backlog_on_a_good_line_goes_in_longer_and_longer_batches() -> None:
    assert sizes(Pace(long=True), *[QUICK_S] * 4) == [500, 1000, 2000, LONG_RECORDS, LONG_RECORDS]


def test_an_older_center_gets_no_longer_batches_than_it_takes() -> None:
    assert sizes(Pace(), *[QUICK_S] * 4) == [500, *[MOST_RECORDS] * 4]


def test_everyday_batches_of_one_entry_tell_nothing_of_long_ones() -> None:
    pace = Pace(long=True)
    for _ in range(1000):
        pace.answered(QUICK_S, more=False)

    assert pace.records == 500


def test_on_a_weak_line_batches_become_short() -> None:
    assert sizes(Pace(long=True), SLOW_S, SLOW_S, MIDDLING_S, SLOW_S, SLOW_S) == [500, 250, 125, 125, 62, 50]


def test_when_the_network_breaks_off_in_a_long_batch_a_short_one_is_tried_next() -> None:
    pace = Pace(long=True)
    sizes(pace, *[QUICK_S] * 4)
    pace.failed()

    assert pace.records == 250
    assert sizes(pace, QUICK_S, QUICK_S) == [250, 500, 1000]


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=50),
    st.booleans(),
    st.integers(1, LONG_RECORDS),
)
def test_a_batch_always_holds_something_and_never_more_than_is_taken(
    answers: list[float | None], long: bool, most: int
) -> None:
    pace = Pace(most, long)
    for took_s in answers:
        if took_s is None:
            pace.failed()
        else:
            pace.answered(took_s, more=True)
        assert 1 <= pace.records <= min(most, LONG_RECORDS if long else MOST_RECORDS)
