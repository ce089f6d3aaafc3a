"""What the volunteer can see on somebody's phone, or ask them, where the policy wants to know it.

The answer is the volunteer's word: it has the source "operator", counts for this attempt only, and is no
fact of the center about the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from station.core.facts import Fact, FactKind, TestState

BY_OPERATOR = "operator"
COUNTS_FOR = timedelta(minutes=5)  # a retry and a value typed slowly lie within; the next errand does not
CLASSES_H = (24.0, 48.0, 72.0)  # as phones show how long ago a sample was taken


class Question(StrEnum):
    COLOUR = "colour"  # of the code on the phone: green, yellow, red
    TEST = "test"  # a `TestState`, negative with the hours since its sampling at most
    TRAVEL = "travel"  # been to a key area (重点区域): yes, no


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the person in front. `hours`: so old a test may be."""

    question: Question
    hours: float = 0.0

    @property
    def classes_h(self) -> tuple[float, ...]:
        """The times since a sampling that are good enough, shortest first."""
        return (*(usual for usual in CLASSES_H if usual < self.hours), self.hours)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the volunteer saw or heard. `hours`: a negative test's sample is not older than this."""

    question: Question
    value: str
    hours: float = 0.0

    @property
    def settles(self) -> bool:
        """Nothing else needs to be asked: this holds the person, whatever the rest is."""
        return (self.question, self.value) in _SETTLING

    def fact(self, now: datetime) -> Fact:
        """The answer as a fact of this moment. A sample counts as old as it can be, and stays good enough for
        as long as the answer counts: what the volunteer read as 48 h is not too old a second later."""
        as_of = now
        if self.value == TestState.NEGATIVE:
            as_of = now - max(timedelta(hours=self.hours) - COUNTS_FOR, timedelta())
        return Fact(_KINDS[self.question], self.value, as_of, BY_OPERATOR)


_KINDS = {
    Question.COLOUR: FactKind.COLOUR,
    Question.TEST: FactKind.TEST,
    Question.TRAVEL: FactKind.TRAVEL,
}
_SETTLING = {(Question.COLOUR, "red"), (Question.TEST, TestState.POSITIVE.value)}
