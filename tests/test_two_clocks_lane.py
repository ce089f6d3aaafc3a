"""What the center says at a gate whose clock is wrong, and that knows it from every exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.codekeys import CodeKeys
from station.core.entry import to_ms
from station.core.model import ReasonCode
from station.core.outcome import Recorded
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.facts import Facts, News
from station.knowing import Knowing
from station.sync.bundle import Item, Page
from station.sync.clock import ClockWatch, off_ms
from station.sync.items import FactItem, encode_item
from tests.journal.given import EPOCH, enrol, key
from tests.lane import Gate

HALF_AN_HOUR = 1800.0


class Center:
    """Whose clock is right; the gate's is ahead by so many hours."""

    def __init__(self, gate: Gate, ahead: float) -> None:
        self._gate, self._version, self._ahead = gate, 0, timedelta(hours=ahead)
        self._lists, watch = CenterLists(gate.journal), ClockWatch()
        gate.journal.clock_off = off_ms(watch, gate.clock)
        mono = gate.clock.monotonic()
        watch.exchanged(mono - 0.1, mono + 0.1, (gate.clock.now() - self._ahead).timestamp())

    def says(self, about: str, subject: str, colour: str) -> None:
        now = self._gate.clock.now()
        item = FactItem(about, subject, "colour", colour, to_ms(now - self._ahead))
        version, self._version = self._version, self._version + 1
        body = Item("fact", f"{about}:{subject}:colour", self._version, encode_item(item))
        page = Page(*(1, "quick", EPOCH, version, self._version, False, item.as_of_ms), (body,))
        self._lists.apply(prepare_page(self._gate.journal.vault, page), now)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "station")
    enrol(made.journal)
    keys = CodeKeys(made.journal)
    keys.refresh()
    made.roster, made.code_key = Knowing(made.people, keys, made.journal), keys.of
    made.open()
    yield made
    made.journal.close()


def told_here(gate: Gate, colour: str) -> None:
    now = gate.clock.now()
    Facts(gate.journal).record(News("person", "p1", "colour", colour, now, "roster"), now=now)


def comes(gate: Gate) -> set[ReasonCode]:
    gate.show("token-zhang")
    gate.measure(36.4)
    gate.leave()
    gate.clock.move(31)
    return {reason.code for reason in gate.of(Recorded)[-1].decision.reasons}


@pytest.mark.parametrize(
    ("about", "subject"), [("person", "p1"), ("code", key("code", "token-zhang"))], ids=["person", "code"]
)
def test_red_of_the_center_stops_at_a_gate_whose_clock_is_two_hours_ahead(
    gate: Gate, about: str, subject: str
) -> None:
    center = Center(gate, ahead=2)
    told_here(gate, "green")
    assert ReasonCode.COLOUR_GREEN in comes(gate)
    gate.clock.move(HALF_AN_HOUR)

    center.says(about, subject, "red")
    assert ReasonCode.COLOUR_RED in comes(gate)
    gate.clock.move(HALF_AN_HOUR)
    assert ReasonCode.COLOUR_RED in comes(gate)

    center.says(about, subject, "green")
    assert ReasonCode.COLOUR_RED not in comes(gate)


def test_red_of_the_center_stops_whom_a_guard_saw_as_yellow_before_by_a_clock_that_is_ahead(
    gate: Gate,
) -> None:
    center = Center(gate, ahead=5)
    told_here(gate, "yellow")
    assert ReasonCode.COLOUR_YELLOW in comes(gate)
    gate.clock.move(HALF_AN_HOUR)

    center.says("person", "p1", "red")
    assert ReasonCode.COLOUR_RED in comes(gate)


def test_red_that_is_told_at_a_gate_eight_minutes_behind_stops(gate: Gate) -> None:
    center = Center(gate, ahead=-8 / 60)
    center.says("person", "p1", "green")
    gate.clock.move(180)

    told_here(gate, "red")
    assert ReasonCode.COLOUR_RED in comes(gate)


def test_who_was_red_here_goes_home_when_the_center_lifts_it_minutes_later(gate: Gate) -> None:
    center = Center(gate, ahead=2)
    told_here(gate, "red")
    assert ReasonCode.COLOUR_RED in comes(gate)
    gate.clock.move(300)

    center.says("person", "p1", "green")
    assert ReasonCode.COLOUR_GREEN in comes(gate)
