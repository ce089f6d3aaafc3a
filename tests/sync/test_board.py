"""The status of a station whose center takes its entries and gives it no lists any more."""

from __future__ import annotations

from datetime import UTC, datetime

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
