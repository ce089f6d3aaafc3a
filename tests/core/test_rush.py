"""A queue is known by how soon the next one begins; nobody is counted who has not come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.core.rush import IN_A_ROW, OVER_AFTER_S, SOON_S, WINDOW_S, Rush


def go(rush: Rush, times: list[float], needs_s: float = 3.0) -> float:
    """People who begin at these moments and are decided a little later. When the last one was."""
    for at in times:
        rush.begins(at)
        rush.decided(at + needs_s)
    return times[-1] + needs_s


def test_a_family_is_no_queue() -> None:
    rush = Rush()
    now = go(rush, [number * 6.0 for number in range(IN_A_ROW)])
    assert rush.passed(now) == 0


def test_one_behind_the_other_is_a_queue_and_those_who_came_through_are_counted() -> None:
    rush = Rush()
    now = go(rush, [number * 6.0 for number in range(12)])
    assert rush.passed(now) == 12


def test_a_pause_ends_it_and_so_does_nobody() -> None:
    rush = Rush()
    now = go(rush, [number * 6.0 for number in range(12)])
    assert rush.passed(now + OVER_AFTER_S + 1) == 0
    assert rush.passed(go(rush, [now + 3.0 + SOON_S])) == 0


def test_whoever_shows_the_code_again_is_still_one_person() -> None:
    rush = Rush()
    rush.decided(0.0)
    for again in range(10):
        rush.begins(2.0 + again / 10)
    assert rush.passed(3.0) == 0


def test_a_person_without_a_sign_before_counts_as_beginning_with_the_verdict() -> None:
    rush = Rush()
    for number in range(6):
        rush.decided(number * 5.0)
    assert rush.passed(25.0) == 6


@given(st.lists(st.floats(0.1, 400.0), max_size=60))
def test_it_never_counts_more_than_came_in_five_minutes(gaps: list[float]) -> None:
    rush, now, came = Rush(), 0.0, list[float]()
    for gap in gaps:
        now += gap
        rush.begins(now)
        rush.decided(now)
        came.append(now)
        assert rush.passed(now) <= sum(now - one <= WINDOW_S for one in came)
