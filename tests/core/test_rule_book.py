"""The rule book, row by row: the verdict, and what the volunteer reads first."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from station.core.decision import decide
from station.core.reasons import ReasonCode
from tests.core.rulebook import BOOK, Situation, situations

SITUATIONS = list(situations(BOOK.read_text("utf-8")))
# What only other tables can bring about:
ELSEWHERE = {ReasonCode.CORRECTED_BY_OPERATOR, ReasonCode.CODE_SYSTEM_DOWN}


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one.name for one in SITUATIONS])
def test_situation(situation: Situation) -> None:
    decision = decide(situation.passage, situation.facts, situation.policy, situation.now)
    said = [(reason.severity.word, reason.code.value) for reason in decision.reasons]
    assert (decision.severity, decision.reasons[0].code) == (situation.verdict, situation.first), said


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one.name for one in SITUATIONS])
def test_situation_does_not_depend_on_the_order_of_facts(situation: Situation) -> None:
    decision = decide(situation.passage, situation.facts, situation.policy, situation.now)
    for facts in itertools.islice(itertools.permutations(situation.facts), 24):
        assert decide(situation.passage, facts, situation.policy, situation.now) == decision


def test_the_book_is_long_enough_and_says_nothing_twice() -> None:
    names = Counter(one.name for one in SITUATIONS)
    assert len(names) >= 150
    assert [name for name, times in names.items() if times > 1] == []


def test_every_reason_stands_in_the_book() -> None:
    given = {
        reason.code
        for one in SITUATIONS
        for reason in decide(one.passage, one.facts, one.policy, one.now).reasons
    }
    assert set(ReasonCode) - given - ELSEWHERE == set()
