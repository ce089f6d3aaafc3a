"""When a gate asks for the next page: at once while there is more, then patiently, never in a circle."""

from __future__ import annotations

from station.sync.backoff import Backoff
from station.sync.downlink import CALM_S, LEAST, POLL_S, Downlink, Place

EMPTY, HALF, WHOLE = Place(b"epoch", 0), Place(b"epoch", 500), Place(b"epoch", 1000)


def downlink(channel: str = "people", every_s: float = 0.0) -> Downlink:
    return Downlink(channel, Backoff(lambda: 1.0), limit=500, every_s=every_s)


def complete(channel: Downlink) -> None:
    channel.applied(EMPTY, WHOLE, more=False, took_s=0.1)


def test_a_new_gate_asks_page_after_page_and_lets_the_center_hold_the_question_only_then() -> None:
    people = downlink()
    assert people.question(EMPTY).wait_s == 0
    assert people.applied(EMPTY, HALF, more=True, took_s=3.0) == 0.0
    assert people.question(HALF).wait_s == 0
    assert people.applied(HALF, WHOLE, more=False, took_s=3.0) == 0.0
    assert people.question(WHOLE).wait_s == POLL_S


def test_a_gate_whose_list_grows_by_pages_again_does_not_let_the_center_hold_the_question() -> None:
    people = downlink()
    complete(people)
    people.applied(EMPTY, HALF, more=True, took_s=0.1)
    assert people.question(HALF).wait_s == 0


def test_after_a_trouble_the_first_question_never_waits() -> None:
    people = downlink()
    complete(people)
    people.failed()
    assert people.question(WHOLE).wait_s == 0


def test_a_center_that_answers_nothing_new_at_once_is_not_asked_in_a_circle() -> None:
    people = downlink()
    assert people.applied(WHOLE, WHOLE, more=False, took_s=0.25) == CALM_S - 0.25
    assert people.applied(WHOLE, WHOLE, more=False, took_s=25.0) == 0.0
    assert people.applied(WHOLE, WHOLE, more=True, took_s=25.0) > 0.0


def test_a_list_that_is_looked_up_now_and_then_is_never_held() -> None:
    lists = downlink("lists", every_s=60.0)
    assert lists.applied(EMPTY, WHOLE, more=False, took_s=0.1) == 60.0
    assert lists.question(WHOLE).wait_s == 0


def test_trouble_long_ago_makes_nobody_wait_longer_today() -> None:
    people = downlink()
    first = people.failed()
    assert max(people.failed() for _ in range(8)) > first
    complete(people)
    assert people.failed() == first


def test_a_center_that_says_when_to_come_again_is_believed() -> None:
    assert downlink().failed(retry_after_s=47.0) >= 47.0
    assert downlink().failed() < 47.0


def test_what_is_broken_off_is_asked_for_by_halves_and_by_wholes_again_on_a_better_line() -> None:
    people = downlink()
    for _ in range(10):
        people.failed(broken_off=True)
    assert LEAST <= people.question(EMPTY).limit < 2 * LEAST

    for _ in range(10):
        people.applied(EMPTY, HALF, more=True, took_s=0.5)
    assert people.question(HALF).limit == 500
    people.applied(HALF, WHOLE, more=True, took_s=8.0)
    assert people.question(HALF).limit == 250
    people.applied(HALF, WHOLE, more=True, took_s=3.0)
    assert people.question(HALF).limit == 250


def test_what_the_center_held_until_there_was_something_is_no_sign_of_a_slow_line() -> None:
    quick = downlink("quick")
    complete(quick)
    quick.applied(EMPTY, HALF, more=True, took_s=20.0)
    assert quick.question(HALF).limit == 500


def test_a_center_that_is_busy_is_not_asked_for_less() -> None:
    people = downlink()
    people.failed(retry_after_s=2.0)
    assert people.question(EMPTY).limit == 500


def test_chunks_of_people_that_cannot_be_used_are_asked_for_one_by_one_at_once() -> None:
    people = downlink()
    assert people.question(EMPTY).takes
    assert people.not_as_it_should_be() == 0.0
    assert not people.question(EMPTY).takes
    assert people.not_as_it_should_be() > 0.0
    assert not downlink("quick").question(EMPTY).takes
