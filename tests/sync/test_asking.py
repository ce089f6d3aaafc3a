"""A code that nobody here knows is asked about beside the lane, which never waits."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from station.core.contact import Trouble
from station.core.model import FactKind
from station.sync.asking import FAILED_S, KEPT_S, Asking
from station.sync.calls import AskAnswer, ToldFact
from station.sync.client import ContactError

RED = AskAnswer((ToldFact("colour", "red", 1_648_800_000_000),), 60_000)


@dataclass
class Center:
    """Answers what it is told to; `asked` holds the texts."""

    answer: AskAnswer = field(default_factory=AskAnswer)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    warmed: int = 0

    def ask(self, text: str) -> AskAnswer:
        self.asked.append(text)
        if self.down:
            raise ContactError(Trouble.NO_ANSWER, "late")
        return self.answer

    def warm(self) -> None:
        self.warmed += 1
        if self.down:
            raise ContactError(Trouble.NO_WAY, "down")

    def stop(self) -> None: ...


@dataclass
class Watch:
    mono: float = 0.0

    def __call__(self) -> float:
        return self.mono


def asking(center: Center, watch: Watch) -> tuple[Asking, list[str]]:
    learnt: list[str] = []
    return Asking(center, center, watch, learnt.append), learnt  # type: ignore[arg-type]


def test_what_the_center_knows_counts_with_its_own_age() -> None:
    center = Center(RED)
    desk, learnt = asking(center, Watch())
    desk.ask("key", "text")
    assert desk.facts("key") == ()  # the lane goes on meanwhile

    desk.answer_next()

    (fact,) = desk.facts("key")
    assert (fact.kind, fact.value, fact.source) == (FactKind.COLOUR, "red", "center")
    assert fact.as_of.timestamp() == 1_648_800_000
    assert learnt == ["key"]


def test_a_code_is_not_asked_about_at_every_frame() -> None:
    center, watch = Center(RED), Watch()
    desk, _ = asking(center, watch)
    for _ in range(5):
        desk.ask("key", "text")
    desk.answer_next()
    watch.mono = KEPT_S + 1
    desk.ask("key", "text")
    desk.answer_next()

    assert center.asked == ["text", "text"]


def test_a_center_that_is_late_is_asked_again_soon() -> None:
    center, watch = Center(RED, down=True), Watch()
    desk, learnt = asking(center, watch)
    desk.ask("key", "text")
    desk.answer_next()
    assert (desk.facts("key"), learnt) == ((), [])

    center.down, watch.mono = False, FAILED_S + 1
    desk.ask("key", "text")
    desk.answer_next()

    assert learnt == ["key"]


@pytest.mark.parametrize("why", ["late", "unreachable", "unreadable", "of a newer center"])
def test_a_center_that_could_not_find_out_is_asked_again_soon(why: str) -> None:
    """Its provider was slow at the first code of the morning: whoever has it does not wait five minutes."""
    center, watch = Center(AskAnswer(problem=why)), Watch()
    desk, learnt = asking(center, watch)
    desk.ask("key", "text")
    desk.answer_next()

    center.answer, watch.mono = RED, FAILED_S + 1
    desk.ask("key", "text")
    desk.answer_next()

    assert learnt == ["key"]


def test_a_red_is_not_forgotten_because_the_provider_is_late_now() -> None:
    center, watch = Center(RED), Watch()
    desk, _ = asking(center, watch)
    desk.ask("key", "text")
    desk.answer_next()

    older = ToldFact("colour", "yellow", RED.facts[0].as_of_ms - 1)
    center.answer, watch.mono = AskAnswer((older,), problem="late"), KEPT_S + 1
    desk.ask("key", "text")
    desk.answer_next()

    assert [fact.value for fact in desk.facts("key")] == ["red"]


def test_an_old_colour_comes_while_the_provider_is_late_and_it_is_asked_again() -> None:
    center, watch = Center(AskAnswer(RED.facts, problem="late")), Watch()
    desk, learnt = asking(center, watch)
    desk.ask("key", "text")
    desk.answer_next()
    assert [fact.value for fact in desk.facts("key")] == ["red"]

    watch.mono = FAILED_S + 1
    desk.ask("key", "text")
    desk.answer_next()

    assert (len(center.asked), learnt) == (2, ["key"])


@pytest.mark.parametrize("why", ["unknown", "no_provider"])
def test_that_nobody_knows_a_code_is_an_answer(why: str) -> None:
    center, watch = Center(AskAnswer(problem=why)), Watch()
    desk, _ = asking(center, watch)
    for watch.mono in (0.0, FAILED_S + 1):
        desk.ask("key", "text")
    desk.stop()
    while desk.answer_next():
        continue

    assert center.asked == ["text"]


def test_facts_of_tomorrow_are_left_out() -> None:
    center = Center(AskAnswer((ToldFact("aura", "red", 0), ToldFact("colour", "red", 10**18))))
    desk, learnt = asking(center, Watch())
    desk.ask("key", "text")

    desk.answer_next()

    assert (desk.facts("key"), learnt) == ((), [])


def test_it_ends_when_it_is_told_to() -> None:
    desk, _ = asking(Center(), Watch())
    desk.stop()

    assert not desk.answer_next()


@pytest.mark.parametrize("down", [False, True])
def test_the_connection_is_held_ready_while_nobody_comes(down: bool) -> None:
    center = Center(down=down)
    desk = Asking(center, center, Watch(), lambda key: None, warm_every_s=0)  # type: ignore[arg-type]

    assert [desk.answer_next(), desk.answer_next()] == [True, True]
    assert (center.warmed, center.asked) == (2, [])
