"""The status of a station whose center takes its entries and gives it no lists any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from station.core.contact import Link, Trouble
from station.sync.status import Board

NOON = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)


def test_an_entry_that_was_taken_does_not_hide_that_the_enrolment_was_revoked() -> None:
    board = Board()
    board.failed(Trouble.REVOKED, "a list was refused")
    board.answered(NOON)  # a push, a moment later

    assert (board.status.link, board.status.trouble) == (Link.PAUSED, Trouble.REVOKED)


def test_a_hello_tells_that_it_is_enrolled_again() -> None:
    board = Board()
    board.failed(Trouble.REVOKED, "a list was refused")
    board.revoked(False)
    board.answered(NOON)

    assert (board.status.link, board.status.trouble) == (Link.ONLINE, None)


@pytest.mark.parametrize(
    ("trouble", "news"),
    [
        pytest.param(Trouble.NO_WAY, True, id="there was no network"),
        pytest.param(Trouble.NO_ANSWER, True, id="the line was dead behind the router, or behind a proxy"),
        pytest.param(Trouble.NOT_THE_CENTER, True, id="a hotel's page stood between"),
        pytest.param(Trouble.UNKNOWN_HERE, True, id="a restored center had forgotten us"),
        pytest.param(Trouble.BUSY, False, id="it asked for patience"),
        pytest.param(Trouble.FAULT, False, id="it stumbles over one thing only"),
        pytest.param(Trouble.REVOKED, False, id="it gives us no lists"),
    ],
)
def test_an_answer_is_news_for_who_waits_only_where_all_were_cut_off(trouble: Trouble, news: bool) -> None:
    board = Board()
    board.failed(trouble, "")

    assert (board.answered(NOON), board.answered(NOON)) == (news, False)


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(Trouble.BUSY, id="its database comes up after it"),
        pytest.param(Trouble.FAULT, id="it stumbles at first"),
        pytest.param(Trouble.HERE, id="our own disk stumbles meanwhile"),
    ],
)
def test_after_a_night_without_a_way_an_answer_is_news_whatever_one_met_before_it(then: Trouble) -> None:
    """The others still wait for the end of their five minutes, and a red with them."""
    board = Board()
    board.failed(Trouble.NO_WAY, "the quick list")
    board.failed(then, "an entry")

    assert board.answered(NOON)
