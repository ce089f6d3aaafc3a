"""The lane does what sync wants written a little at a time, so that nobody at the gate waits for a list."""

from __future__ import annotations

from threading import Thread

import pytest

from station.sync.errands import AT_A_TURN_S, ClosedError, Errands
from tests.patience import PATIENCE_S


def test_the_gate_is_never_kept_waiting_for_more_than_one_page() -> None:
    now, stored = [0.0], list[int]()

    def page(number: int) -> None:
        now[0] += 0.6 * AT_A_TURN_S
        stored.append(number)

    errands = Errands(lambda: now[0])
    for number in range(5):
        errands.post(lambda number=number: page(number))  # type: ignore[misc]

    counts = []
    for _ in range(4):
        errands.turn()
        counts.append(len(stored))

    assert counts == [2, 4, 5, 5]


def test_what_comes_of_it_goes_back_to_who_asked() -> None:
    errands, answers = Errands(), list[object]()

    def work() -> None:
        answers.append(errands.ask(lambda: 6 * 7))
        with pytest.raises(ZeroDivisionError):
            errands.ask(lambda: 1 // 0)
        answers.append("told")

    thread = Thread(target=work)
    thread.start()
    while thread.is_alive():
        errands.turn()

    assert answers == [42, "told"]


def test_whoever_waits_for_a_lane_that_closes_goes_on() -> None:
    errands, ended = Errands(), list[str]()

    def work() -> None:
        with pytest.raises(ClosedError):
            errands.ask(lambda: None)
        ended.append("closed")

    thread = Thread(target=work)
    thread.start()
    errands.close()
    thread.join(PATIENCE_S)
    errands.turn()

    assert ended == ["closed"]


def test_an_errand_that_nobody_waits_for_does_not_end_the_lane(caplog: pytest.LogCaptureFixture) -> None:
    errands = Errands()
    errands.post(lambda: 1 // 0)  # type: ignore[arg-type]

    errands.turn()

    assert "ZeroDivisionError" in caplog.text
