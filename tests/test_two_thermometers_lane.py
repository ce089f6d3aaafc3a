"""A gate with two thermometers goes on with one of them, whatever comes into force meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.app import Opening, Station
from station.core.model import DeviceKind, DeviceState, DeviceStatus, Instrument, Reading, Sample, Scan, Site
from station.core.outcome import Outcome, Recorded
from station.core.override import Role
from station.equipment import Equipment, Post
from station.journal.pins import Cost
from station.judge import LiveJudge
from station.settings import Settings
from station.signing_in import SigningIn

NAMES = ("left", "right")


class Quiet:
    """A thermometer whose events the test brings itself."""

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self) -> None: ...

    def stop(self) -> None: ...


def making(name: str) -> Callable[[Post, LiveJudge], Quiet]:
    return lambda post, judge: Quiet(name)


class Gate:
    """The real program; both of its thermometers see the same person."""

    def __init__(self, data: Path) -> None:
        self.heard = list[Outcome]()
        equipment = Equipment(camera=None, thermometers=tuple(map(making, NAMES)))
        opening = Opening(data, Settings(), equipment, alone=True)
        self.station = Station(opening, post=lambda event: None, publish=self.heard.append)

    def state(self, name: str, state: DeviceState) -> None:
        self.station.handle(DeviceStatus(DeviceKind.THERMOMETER, state, name))

    def see(self, value_c: float, seconds: float = 1.0) -> None:
        """The last seconds of both streams, up to now."""
        now = self.station._clock.monotonic()
        for number in range(round(seconds * 10)):
            for name in NAMES:
                reading, instrument = Reading(value_c, Site.FOREHEAD, 22.0), Instrument(name, "gy-mcu90614")
                self.station.handle(Sample(reading, now - seconds + number / 10, instrument))

    def show(self, text: str) -> None:
        self.station.handle(Scan(text, self.station._clock.monotonic(), "scanner", "test"))

    @property
    def recorded(self) -> list[Recorded]:
        return [outcome for outcome in self.heard if isinstance(outcome, Recorded)]


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path / "data")
    with gate.station:
        for name in NAMES:
            gate.state(name, DeviceState.WORKING)
        yield gate


def sign_in(gate: Gate) -> None:
    signing = SigningIn(lambda: gate.station.journal, cost=Cost(64, 1))
    signing.operators.add("1001", "王建国", Role.ADMIN, "730518")
    gate.station._keys_changing()
    gate.station._keys_changed()


def nothing(gate: Gate) -> None: ...


@pytest.mark.parametrize(
    "meanwhile",
    [nothing, lambda gate: gate.station.reload_policy(), sign_in],
    ids=["nothing", "policy", "keys"],
)
def test_the_other_ones_reading_of_the_same_person_is_not_the_next_ones(
    gate: Gate, meanwhile: Callable[[Gate], None]
) -> None:
    meanwhile(gate)
    gate.show("https://kakou.invalid/aa00112233")
    gate.see(36.3)
    gate.show("https://kakou.invalid/bb00112233")
    assert [one.stored.entry.temperature is not None for one in gate.recorded] == [True]


@pytest.mark.parametrize("dead", NAMES)
def test_the_one_that_was_dead_before_does_not_count_after(gate: Gate, dead: str) -> None:
    gate.state(dead, DeviceState.LOST)
    gate.station.reload_policy()
    (other,) = set(NAMES) - {dead}
    state = gate.station.checkpoint.thermometry.state(gate.station._clock.now())
    assert state.active == other
