"""The demo's play: whoever was feverish comes back, and the lane clears them by its own rules."""

from __future__ import annotations

from pathlib import Path

from station import demo
from station.core.model import ReasonCode
from station.core.outcome import RecheckList, Recorded
from station.journal.people import Person
from tests.lane import Gate

(FEVERISH,) = [number for number, actor in enumerate(demo.CAST) if actor.rested_c is not None]


def test_nobody_else_is_another_one_in_the_next_round() -> None:
    for actor in demo.CAST:
        if actor.rested_c is None:
            assert {actor.warmth(number) for number in range(9)} == {actor.temperature_c}


def test_thermometer_sees_the_fever_go_by_the_next_round() -> None:
    script = demo._script()
    reading = demo._profile(script)
    there = next(second for second in range(1000) if script.who_is_there(second) == FEVERISH) + 1.0
    actor = demo.CAST[FEVERISH]
    seen = [reading(there + number * script.seconds).value_c for number in range(demo.FEVER_ROUNDS + 1)]
    assert seen == [actor.temperature_c, *[actor.rested_c] * (demo.FEVER_ROUNDS - 1), actor.temperature_c]


def test_feverish_one_stands_on_the_list_and_is_cleared_before_the_play_begins_anew(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    actor = demo.CAST[FEVERISH]
    assert actor.code
    gate.people.add(
        [Person("liu", actor.name, actor.dwelling, "resident", (actor.code,))], as_of=gate.clock.now()
    )
    gate.leave()
    for number in range(demo.FEVER_ROUNDS):
        gate.show(actor.code)
        gate.measure(actor.warmth(number))
        gate.leave()
        gate.clock.move(demo._script().seconds)
    assert len(gate.of(RecheckList)[0].waiting) == 1
    assert gate.of(RecheckList)[-1].waiting == ()
    assert ReasonCode.RECHECK_CLEARED in {reason.code for reason in gate.of(Recorded)[-1].decision.reasons}
    gate.journal.close()
