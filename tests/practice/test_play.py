"""Practices played from the first person to the last, well and badly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.core.policy import parse_policy
from station.policy_desk import policy_text
from station.practice.cast import CAST, Arrival, Situation
from station.practice.director import HINT_S, LESSON_S
from station.practice.scoring import EVERYDAY
from station.practising import POLICY_FILE, Timeline
from tests.practice.play import STEP_S, Lenient, Perfect, PracticeGate, nothing

OpenGate = Callable[..., PracticeGate]


@pytest.fixture
def open_gate(tmp_path: Path) -> Iterator[OpenGate]:
    gates: list[PracticeGate] = []

    def open_one(lasts_s: float = 180.0) -> PracticeGate:
        gates.append(PracticeGate(tmp_path / str(len(gates)), lasts_s))
        return gates[-1]

    yield open_one
    for gate in gates:
        gate.close()


def test_whoever_does_everything_right_meets_all_thirty_within_three_minutes(open_gate: OpenGate) -> None:
    gate = open_gate()
    began = gate.clock.monotonic()
    score = gate.play(Perfect())
    assert [one.arrival.situation for one in score.results if one.right is not True] == []
    assert (score.right, score.missed) == (30, 0)
    assert gate.clock.monotonic() - began <= 180
    assert score.to_practise == ()
    assert set(score.well_done) == set(Situation) - set(EVERYDAY)
    assert score.slowest is None
    assert score.each_s is not None
    assert score.each_s < 4


def test_whoever_lets_everybody_through_is_told_what_to_practise(open_gate: OpenGate) -> None:
    score = open_gate(lasts_s=600.0).play(Lenient())
    wrong = {one.arrival.situation for one in score.results if one.right is False}
    assert wrong == set(Situation) - {*EVERYDAY, Situation.VISITOR}
    assert set(score.to_practise) == wrong
    assert score.right == 15 + 1


def test_whoever_does_nothing_has_the_everyday_right_and_the_held_ones(open_gate: OpenGate) -> None:
    score = open_gate(lasts_s=900.0).play(nothing)
    hands = {
        Situation.NO_PHONE,
        Situation.CODES_DOWN,
        Situation.CHILD,
        Situation.COLD,
        Situation.COURIER,
        Situation.FEVER_BACK,
        Situation.VISITOR,
    }
    assert set(score.to_practise) == hands
    assert score.missed == 0


def test_slow_learner_is_not_blamed_for_those_who_did_not_get_their_turn(open_gate: OpenGate) -> None:
    score = open_gate().play(nothing)
    assert 0 < score.missed < 30
    assert len(score.met) + score.missed == len(CAST) == 30
    assert all(one.right is not False for one in score.results[len(score.met) :])


def test_leaving_early_scores_those_who_came(open_gate: OpenGate) -> None:
    gate = open_gate()

    def leave_at_the_third(gate: PracticeGate, arrival: object, seconds: float) -> None:
        if gate.director.act and gate.director.act.index == 2:
            gate.director.stop()

    score = gate.play(leave_at_the_third)
    assert [one.right for one in score.results[:3]] == [True, True, None]
    assert score.missed == 28


def test_elder_who_is_taken_for_somebody_else_is_a_mistake(open_gate: OpenGate) -> None:
    gate = open_gate()
    perfect = Perfect()

    def mistaken(gate: PracticeGate, arrival: object, seconds: float) -> None:
        act = gate.director.act
        if act and act.index == 2 and seconds >= 3.0 and perfect._done != 2:
            perfect._done = 2
            gate.find("elder-2")
        elif act and act.index > 2:
            gate.director.stop()

    score = gate.play(mistaken)
    assert score.results[2].right is False
    assert score.to_practise == (Situation.NO_PHONE,)


def test_whoever_finds_nothing_to_do_for_an_elder_is_given_a_hint_that_goes_once_it_is_right(
    open_gate: OpenGate,
) -> None:
    gate, perfect = open_gate(), Perfect(after_s=HINT_S + 2)
    hints: list[tuple[bool, bool, Situation | None]] = []

    def slow(gate: PracticeGate, arrival: Arrival, seconds: float) -> None:
        act = gate.director.act
        assert act
        if act.index > 2:
            gate.director.stop()
        elif act.index == 2:
            hint = gate.director.hint(gate.clock.monotonic())
            hints.append((seconds >= HINT_S, act.settled is None, hint))
            perfect(gate, arrival, seconds)

    gate.play(slow)
    assert {told for late, _, told in hints if not late} == {None}
    assert {told for late, waits, told in hints if late and waits} == {Situation.NO_PHONE}
    assert {told for _, waits, told in hints if not waits} == {None}


def test_wrong_one_is_told_while_nobody_stands_there_and_long_enough_to_be_read(open_gate: OpenGate) -> None:
    gate = open_gate()
    told: dict[bool, float] = {}

    def stop_everybody_with_paper(gate: PracticeGate, arrival: Arrival, seconds: float) -> None:
        act = gate.director.act
        assert act
        assert gate.director.just_done(gate.clock.monotonic()) is None
        if act.index > 1:
            gate.director.stop()
        elif act.index == 1 and gate.heard and act.settled is not None and not gate.held:
            gate.hold_back()

    tick = gate.director.tick

    def watch(now: float) -> None:
        tick(now)
        done = gate.director.just_done(now)
        if done:
            told[bool(done.right)] = told.get(bool(done.right), 0.0) + STEP_S

    gate.director.tick = watch  # type: ignore[method-assign]
    gate.play(stop_everybody_with_paper)
    assert set(told) == {True, False}
    assert told[False] >= told[True] + LESSON_S - STEP_S
    assert told[False] >= 5.0


def test_practice_gate_does_not_ask_for_staff_who_are_not_on_stage(open_gate: OpenGate) -> None:
    gate = open_gate()
    rules = (gate.folder / POLICY_FILE).read_text("utf-8")
    assert parse_policy(policy_text("open")).temperature.baseline
    assert parse_policy(rules).temperature.baseline is None


def test_the_child_who_came_with_mum_is_drawn_small_and_everybody_else_is_not(open_gate: OpenGate) -> None:
    gate = open_gate()
    texts = {arrival.who: "https://kakou.invalid/1" for arrival in gate.director.cast}
    visits = Timeline(gate.director, texts).visits
    small = [arrival.who for arrival, visit in zip(gate.director.cast, visits, strict=True) if visit.child]
    assert small == ["child"]
