"""What is told of the gate while the admin page lies over it: the newest, and what must not be overlooked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.core.outcome import NotStored, StorageProblem
from station.ui import face
from station.ui.admin.news import RECHECK_S, NewsBoard
from station.ui.face import Face
from station.ui.theme import Look
from tests.ui import scenes


def shown(outcome: object) -> Face:
    if isinstance(outcome, NotStored):
        return face.not_stored(outcome)
    return face.verdict(outcome, at=0.0, now=scenes.NOW)  # type: ignore[arg-type]


PASS, RECHECK, STOP = shown(scenes.passed()), shown(scenes.fever()), shown(scenes.red())
FAILURE = shown(NotStored(StorageProblem.DISK_FULL))


def board(*told: tuple[Face, float]) -> NewsBoard:
    made = NewsBoard()
    for one, at in told:
        made.tell(one, at)
    return made


def test_a_pass_is_news_and_no_alarm() -> None:
    news = board((PASS, 0)).at(1)
    assert (news.last, news.alarm) == (PASS, None)


def test_a_stop_stays_although_somebody_else_passes() -> None:
    news = board((STOP, 0), (PASS, 2)).at(3600)
    assert (news.last, news.alarm) == (PASS, STOP)


def test_a_stop_is_gone_when_it_was_seen() -> None:
    told = board((STOP, 0))
    told.seen()
    assert told.at(1).alarm is None
    assert told.at(1).last is STOP


def test_a_recheck_stays_for_a_while() -> None:
    told = board((RECHECK, 0), (PASS, 1))
    assert told.at(RECHECK_S - 0.1).alarm is RECHECK
    assert told.at(RECHECK_S).alarm is None


def test_a_recheck_does_not_push_a_stop_away() -> None:
    news = board((STOP, 0), (RECHECK, 1)).at(2)
    assert (news.last, news.alarm) == (RECHECK, STOP)


def test_that_nothing_is_recorded_stays_until_something_is() -> None:
    told = board((FAILURE, 0))
    told.seen()
    assert told.at(3600).alarm is FAILURE
    told.tell(PASS, 3601)
    assert told.at(3601).alarm is None


@given(st.lists(st.sampled_from([PASS, RECHECK, STOP, FAILURE]), min_size=1, max_size=8))
def test_the_last_is_always_there_and_every_stop_is_an_alarm_until_seen(told: list[Face]) -> None:
    made = board(*((one, float(at)) for at, one in enumerate(told)))
    news = made.at(float(len(told)))
    assert news.last is told[-1]
    after_failure = told[len(told) - 1 - told[::-1].index(FAILURE) :] if FAILURE in told else told
    if STOP in after_failure and told[-1] is not FAILURE:
        assert news.alarm is STOP
    if told[-1].look is Look.FAILURE:
        assert news.alarm is FAILURE
