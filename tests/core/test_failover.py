"""Two thermometers at one lane: which one counts when one dies, lies, or hangs on a loose plug."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.failover import STEADY_S, Change, Failover, combined
from station.core.model import DeviceState

FIRST, SECOND = "stand", "spare"
WORKING, SILENT, LOST = DeviceState.WORKING, DeviceState.SILENT, DeviceState.LOST


@dataclass
class Lane:
    """Two instruments and a clock; remembers every change it was told of."""

    failover: Failover = field(default_factory=lambda: Failover((FIRST, SECOND)))
    now: float = 0.0
    false: frozenset[str] = frozenset()
    changes: list[Change] = field(default_factory=list)

    def hears(self, name: str, state: DeviceState, *, free: bool = False) -> None:
        self._note(self.failover.status(name, state, self.now, free=free))

    def waits(self, seconds: float = 0.1, *, free: bool = True) -> None:
        self.now += seconds
        self._note(self.failover.tick(self.now, self.false, free=free))

    def finds_false(self, *names: str) -> None:
        self.false = frozenset(names)
        self.waits()

    def _note(self, change: Change | None) -> None:
        if change:
            self.changes.append(change)

    @property
    def active(self) -> str | None:
        return self.failover.active


@pytest.fixture
def lane() -> Lane:
    """Both instruments work, and the first one counts."""
    lane = Lane()
    for name in (FIRST, SECOND):
        lane.hears(name, DeviceState.SEARCHING)
        lane.hears(name, WORKING)
    lane.waits()
    assert lane.active == FIRST
    lane.changes.clear()
    return lane


def test_before_any_works_none_counts() -> None:
    lane = Lane()
    lane.hears(FIRST, DeviceState.SEARCHING)
    lane.waits()
    assert lane.active is None
    assert lane.changes == []


def test_the_preferred_one_found_later_takes_over_at_once_before_an_empty_stand() -> None:
    lane = Lane()
    lane.hears(SECOND, WORKING, free=True)
    lane.hears(FIRST, WORKING, free=True)
    assert [change.active for change in lane.changes] == [SECOND, FIRST]


def test_the_preferred_one_found_while_somebody_is_measured_takes_over_when_they_have_gone() -> None:
    lane = Lane()
    lane.hears(SECOND, WORKING)
    lane.hears(FIRST, WORKING)
    assert lane.active == SECOND
    lane.waits()
    assert [change.active for change in lane.changes] == [SECOND, FIRST]


@pytest.mark.parametrize("state", [SILENT, LOST])
def test_a_dead_thermometer_is_replaced_at_once_even_while_somebody_stands_there(
    lane: Lane, state: DeviceState
) -> None:
    lane.hears(FIRST, state)
    assert lane.changes == [Change(SECOND, FIRST, False, lane.now)]
    lane.waits(free=False)
    assert len(lane.changes) == 1


def test_when_both_are_dead_none_counts_and_it_is_said_once(lane: Lane) -> None:
    lane.hears(FIRST, LOST)
    lane.hears(SECOND, SILENT)
    lane.waits(60)
    lane.waits(60)
    assert [change.active for change in lane.changes] == [SECOND, None]


def test_the_death_of_the_spare_one_changes_nothing(lane: Lane) -> None:
    lane.hears(SECOND, LOST)
    lane.waits(60)
    assert lane.changes == []


def test_a_loose_plug_does_not_move_the_lane_to_and_fro(lane: Lane) -> None:
    for _ in range(20):
        lane.hears(FIRST, LOST)
        lane.waits(2)
        lane.hears(FIRST, WORKING)
        lane.waits(5)
    assert [change.active for change in lane.changes] == [SECOND]


def test_the_repaired_one_counts_again_after_it_stayed_well_and_when_nobody_stands_there(lane: Lane) -> None:
    lane.hears(FIRST, LOST)
    lane.waits(100)
    lane.hears(FIRST, WORKING)
    lane.waits(STEADY_S - 1)
    assert lane.active == SECOND
    lane.waits(2, free=False)
    assert lane.active == SECOND
    lane.waits()
    assert lane.changes[-1] == Change(FIRST, SECOND, False, lane.now)


def test_the_repaired_one_counts_at_once_when_the_other_dies(lane: Lane) -> None:
    lane.hears(FIRST, LOST)
    lane.waits()
    lane.hears(FIRST, WORKING)
    lane.hears(SECOND, LOST)
    assert lane.active == FIRST


def test_a_thermometer_that_looks_false_gives_way_when_nobody_stands_there(lane: Lane) -> None:
    lane.false = frozenset((FIRST,))
    lane.waits(free=False)
    assert lane.active == FIRST  # the person there is measured to the end
    assert lane.changes == [Change(FIRST, FIRST, True, lane.now)]
    lane.waits()
    assert lane.changes[1:] == [Change(SECOND, FIRST, False, lane.now)]


def test_if_both_look_false_the_first_goes_on_and_everybody_is_measured_by_hand_as_well(lane: Lane) -> None:
    lane.finds_false(FIRST)
    lane.finds_false(FIRST, SECOND)
    lane.waits()
    assert lane.active == FIRST
    assert lane.failover.doubtful
    assert lane.changes[-1].doubtful
    lane.hears(FIRST, LOST)
    assert (lane.active, lane.failover.doubtful) == (SECOND, True)


def test_what_looked_false_and_does_no_more_has_to_stay_well_first(lane: Lane) -> None:
    lane.finds_false(FIRST)
    lane.finds_false()
    lane.waits(STEADY_S - 1)
    assert lane.active == SECOND
    lane.waits(2)
    assert lane.active == FIRST


def test_a_single_thermometer_that_looks_false_still_counts_and_doubt_is_said_once() -> None:
    lane = Lane(Failover((FIRST,)))
    lane.hears(FIRST, WORKING)
    for _ in range(3):
        lane.finds_false(FIRST)
    assert [change.doubtful for change in lane.changes] == [False, True]
    assert lane.active == FIRST


def test_a_stranger_is_none_of_this_lane(lane: Lane) -> None:
    lane.hears("scanner", LOST)
    assert lane.active == FIRST


@given(
    st.lists(
        st.tuples(
            st.sampled_from((FIRST, SECOND)),
            st.sampled_from(tuple(DeviceState)),
            st.sets(st.sampled_from((FIRST, SECOND))),
            st.booleans(),
            st.floats(0, 40),
        ),
        max_size=30,
    )
)
def test_whatever_happens_a_working_one_counts_and_peace_returns_to_the_best(
    events: list[tuple[str, DeviceState, set[str], bool, float]],
) -> None:
    lane, states = Lane(), dict[str, DeviceState]()
    for name, state, false, free, seconds in events:
        states[name], lane.false = state, frozenset(false)
        before, was_working = lane.active, states.get(lane.active or "") is WORKING
        lane.hears(name, state, free=free)
        moved = lane.active != before
        assert free or not moved or not was_working  # only death moves a lane in the middle of a person
        lane.waits(seconds, free=free)
        working = [name for name in (FIRST, SECOND) if states.get(name) is WORKING]
        assert lane.active in working or (lane.active is None and not working)
    lane.waits(STEADY_S)
    honest = [name for name in working if name not in lane.false] if events else []
    assert lane.active == next(iter(honest or (working if events else [])), None)
    assert all(one != other for one, other in zip(lane.changes, lane.changes[1:], strict=False))


def test_the_screens_one_line_says_the_best_of_them() -> None:
    assert combined((LOST, WORKING)) is WORKING
    assert combined((SILENT, DeviceState.SEARCHING)) is DeviceState.SEARCHING
    assert combined((LOST, SILENT)) is SILENT
    assert combined(()) is DeviceState.ABSENT
