"""Too high: wait, measure again with something else, and the third or a clinical thermometer decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from station.core.model import RecheckState, Site
from station.core.recheck import Ask, Attempt, Recheck, RecheckError, RecheckRule, Rechecks, Stage

RULE = RecheckRule()
START = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
STAND, GUN, GLASS = "stand", "gun", "glass"
WHO = "k-7f3a"


class Tent:
    """The lane's list, with a clock that moves when told to."""

    def __init__(self) -> None:
        self.list = Rechecks(RULE)
        self.now = START

    def measure(
        self, high: bool, *, minutes: float = 0, key: str = WHO, by: str = STAND, site: Site = Site.OBJECT
    ) -> Stage | None:
        """So many minutes later; None if nothing begins by it."""
        self.now += timedelta(minutes=minutes)
        value_c = 37.6 if high else 36.4
        attempt = Attempt(self.now, value_c, high, site, by, clinical=by == GLASS)
        recheck = self.list.measured(key, attempt)
        return recheck.stage(self.now, RULE) if recheck else None

    def of(self, key: str = WHO) -> Recheck:
        recheck = self.list.of(key)
        assert recheck is not None
        return recheck


@pytest.fixture
def tent() -> Tent:
    return Tent()


def test_normal_reading_begins_nothing(tent: Tent) -> None:
    assert tent.measure(high=False) is None
    assert tent.list.waiting() == ()


def test_high_reading_puts_the_person_on_the_list(tent: Tent) -> None:
    assert tent.measure(high=True) is Stage.WAIT
    (waiting,) = tent.list.waiting()
    assert (waiting.since, len(waiting.attempts), waiting.ask) == (START, 1, Ask.OTHER)
    assert waiting.due(RULE) == START + timedelta(minutes=3)


def test_who_is_measured_too_early_goes_on_waiting(tent: Tent) -> None:
    tent.measure(high=True)
    assert tent.measure(high=False, minutes=1, by=GUN) is Stage.WAIT
    assert tent.measure(high=True, minutes=1) is Stage.WAIT
    assert (len(tent.of().attempts), tent.of().too_early) == (1, 2)


def test_after_three_minutes_due_after_five_overdue(tent: Tent) -> None:
    tent.measure(high=True)
    stages = [tent.of().stage(START + timedelta(minutes=minutes), RULE) for minutes in (2.9, 3, 4.9, 5)]
    assert stages == [Stage.WAIT, Stage.DUE, Stage.DUE, Stage.OVERDUE]


@pytest.mark.parametrize(("by", "site"), [(GUN, Site.OBJECT), (STAND, Site.WRIST)])
def test_normal_on_another_instrument_or_site_clears(tent: Tent, by: str, site: Site) -> None:
    tent.measure(high=True)
    assert tent.measure(high=False, minutes=4, by=by, site=site) is Stage.CLEARED
    assert tent.list.of(WHO) is None


def test_normal_on_the_same_instrument_has_to_be_confirmed(tent: Tent) -> None:
    tent.measure(high=True)
    assert tent.measure(high=False, minutes=4) is not Stage.CLEARED
    assert tent.of().ask is Ask.CLINICAL
    assert tent.measure(high=False, minutes=1) is Stage.CLEARED


def test_two_highs_are_not_cleared_by_one_normal(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=4, by=GUN)
    assert tent.measure(high=False, minutes=1, site=Site.WRIST) is not Stage.CLEARED
    assert tent.measure(high=False, minutes=1, site=Site.NECK) is Stage.CLEARED


def test_third_high_confirms_and_stays_confirmed(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=4, by=GUN)
    assert tent.measure(high=True, minutes=1, site=Site.WRIST) is Stage.CONFIRMED
    assert tent.measure(high=False, minutes=60, by=GUN) is Stage.CONFIRMED
    assert tent.list.waiting() == ()


def test_repeat_within_five_seconds_is_the_same_reading(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=4, by=GUN)
    tent.measure(high=True, minutes=3 / 60, by=GUN)
    assert tent.of().highs == 2


@pytest.mark.parametrize(("high", "stage"), [(True, Stage.CONFIRMED), (False, Stage.CLEARED)])
def test_clinical_thermometer_decides_at_once(tent: Tent, high: bool, stage: Stage) -> None:
    tent.measure(high=True)
    assert tent.measure(high, minutes=0.5, by=GLASS, site=Site.BODY) is stage


def test_clinical_thermometer_ends_a_confirmed_fever(tent: Tent) -> None:
    tent.measure(high=True, by=GLASS)
    assert tent.measure(high=False, minutes=300, by=GLASS) is Stage.CLEARED


def test_who_never_comes_back_is_told_once(tent: Tent) -> None:
    tent.measure(high=True)
    assert tent.list.tick(START + timedelta(minutes=119)) == ()
    (left,) = tent.list.tick(START + timedelta(minutes=121))
    assert left.key == WHO
    assert left.stage(START + timedelta(minutes=121), RULE) is Stage.LEFT
    assert tent.list.tick(START + timedelta(minutes=122)) == ()


def test_confirmed_fever_is_forgotten_after_a_day(tent: Tent) -> None:
    tent.measure(high=True, by=GLASS)
    assert tent.list.tick(START + timedelta(hours=23)) == ()
    assert tent.list.of(WHO)
    assert tent.list.tick(START + timedelta(hours=25)) == ()
    assert tent.list.of(WHO) is None


@pytest.mark.parametrize("kept_hours", [0.0, 0.05, 1.0])
def test_who_still_waits_is_not_forgotten_with_the_confirmed_fevers(tent: Tent, kept_hours: float) -> None:
    """An admin lets the gate remember a confirmed fever for a short time: it was none yet."""
    tent.list.rule = msgspec.structs.replace(RULE, kept_hours=kept_hours)
    tent.measure(high=True)

    assert tent.list.tick(START + timedelta(minutes=119)) == ()
    assert tent.measure(high=False, minutes=119) is Stage.WAIT, "one normal reading of the same instrument"
    (left,) = tent.list.tick(START + timedelta(minutes=300))
    assert left.key == WHO, "and not untold"


def test_nobody_has_left_before_they_may_be_measured_again(tent: Tent) -> None:
    """An admin asks for an hour's wait and forgets that whoever is away for five minutes has left."""
    tent.list.rule = msgspec.structs.replace(RULE, wait_minutes=60, left_minutes=5)
    tent.measure(high=True)

    for minutes in (6, 59, 61):
        assert tent.list.tick(START + timedelta(minutes=minutes)) == ()
    assert [one.key for one in tent.list.tick(START + timedelta(minutes=66))] == [WHO]


def test_longest_waiting_is_first_and_nobody_gets_anothers_reading(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=1, key="other")
    tent.measure(high=False, minutes=4, key="other", by=GUN)
    assert [recheck.key for recheck in tent.list.waiting()] == [WHO]


def test_clock_that_is_set_back_makes_people_wait_and_clears_nobody(tent: Tent) -> None:
    tent.measure(high=True)
    assert tent.measure(high=False, minutes=-600, by=GUN) is Stage.WAIT


def test_list_survives_a_restart(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=1)
    restarted = Rechecks.load(tent.list.dump(), RULE)
    assert restarted.waiting() == tent.list.waiting()


@pytest.mark.parametrize("record", [b"", b"\xc1", b"\x93", msgspec.msgpack.encode([["k", [], 0]])])
def test_damaged_list_is_refused(record: bytes) -> None:
    with pytest.raises(RecheckError):
        Rechecks.load(record, RULE)


def test_list_without_a_reading_is_refused(tent: Tent) -> None:
    record = msgspec.msgpack.encode((Recheck(WHO, ()),))
    with pytest.raises(RecheckError, match="without a reading"):
        Rechecks.load(record, RULE)


def test_key_is_not_in_a_log_line(tent: Tent) -> None:
    tent.measure(high=True)
    assert WHO not in repr(tent.of())


class AnyMorning(RuleBasedStateMachine):
    """People in any order, restarts in between: no fever is cleared by itself, none confirmed too soon."""

    def __init__(self) -> None:
        super().__init__()
        self.tent = Tent()
        self.everything: dict[str, list[tuple[bool, str]]] = {}

    @rule(
        key=st.sampled_from("abc"),
        high=st.booleans(),
        by=st.sampled_from([STAND, GUN, GLASS]),
        minutes=st.sampled_from([0, 0.05, 1, 3, 6]),
    )
    def somebody_is_measured(self, key: str, high: bool, by: str, minutes: float) -> None:
        began = self.tent.list.of(key) is not None
        stage = self.tent.measure(high, minutes=minutes, key=key, by=by)
        if not began:
            self.everything[key] = []
        if began or high:
            self.everything[key].append((high, by))
        self._check(key, stage, began)

    def _check(self, key: str, stage: Stage | None, began: bool) -> None:
        readings = self.everything[key]
        highs = [reading for reading in readings if reading[0]]
        by_glass = any(by == GLASS for _, by in readings)
        assert stage is not None or not (began or readings)
        if stage is Stage.CLEARED:
            assert not readings[-1][0]
        if stage is Stage.CONFIRMED:
            assert by_glass or len(highs) >= RULE.highs

    @rule()
    def the_station_restarts(self) -> None:
        before = self.tent.list
        self.tent.list = Rechecks.load(before.dump(), RULE)
        assert self.tent.list.waiting() == before.waiting()

    @precondition(lambda self: self.tent.list.waiting())
    @rule()
    def everybody_leaves(self) -> None:
        waiting = {recheck.key for recheck in self.tent.list.waiting()}
        self.tent.now += timedelta(minutes=RULE.left_minutes)
        assert {recheck.key for recheck in self.tent.list.tick(self.tent.now)} == waiting

    @invariant()
    def each_person_is_on_the_list_once_and_their_story_is_short(self) -> None:
        rechecks = [self.tent.list.of(key) for key in "abc"]
        for recheck in filter(None, rechecks):
            assert len(recheck.attempts) <= RULE.highs + RULE.normals
            assert recheck.attempts[0].high or recheck.attempts[0].clinical


TestAnyMorning = AnyMorning.TestCase


def attempt(minutes: float, *, high: bool = True, by: str = STAND) -> Attempt:
    at = START + timedelta(minutes=minutes)
    return Attempt(at, 37.6 if high else 36.4, high, Site.OBJECT, by, clinical=by == GLASS)


def test_what_a_reading_would_come_to_is_told_before_it_is_kept(tent: Tent) -> None:
    """The decision is made, and only the entry on disk makes it count."""

    def told(one: Attempt) -> RecheckState:
        after = tent.list.linked(WHO, one)
        assert after is not None
        return tent.list.state(after)

    assert told(attempt(0)) is RecheckState.BEGUN
    assert tent.list.waiting() == ()
    tent.measure(high=True)
    before = tent.of()
    assert told(attempt(1)) is RecheckState.TOO_EARLY
    assert told(attempt(3)) is RecheckState.OPEN
    assert told(attempt(3, high=False)) is RecheckState.OPEN
    assert told(attempt(3, high=False, by=GUN)) is RecheckState.CLEARED
    assert told(attempt(0, high=False, by=GLASS)) is RecheckState.CLEARED
    assert told(attempt(0, by=GLASS)) is RecheckState.CONFIRMED
    assert tent.of() == before


def test_who_was_confirmed_stays_so_whatever_the_sensor_says(tent: Tent) -> None:
    for _ in range(3):
        tent.measure(high=True, minutes=4)
    confirmed = tent.of()
    for minutes in (0, 10, 60):
        assert tent.measure(high=False, minutes=minutes, by=GUN) is Stage.CONFIRMED
    assert tent.of() == confirmed, "nor is anything counted"


def test_a_second_clinical_reading_takes_the_place_of_the_first(tent: Tent) -> None:
    tent.measure(high=True)
    assert tent.measure(high=True, minutes=1, by=GLASS) is Stage.CONFIRMED
    assert tent.measure(high=True, minutes=9, by=GLASS) is Stage.CONFIRMED
    assert [one.instrument for one in tent.of().attempts] == [STAND, GLASS]
    assert tent.of().attempts[-1].at == tent.now
    assert tent.measure(high=False, minutes=9, by=GLASS) is Stage.CLEARED


def test_the_list_with_one_more_is_another_list(tent: Tent) -> None:
    tent.measure(high=True)
    after = tent.list.linked(WHO, attempt(3, high=False, by=GUN))
    assert after is not None
    assert tent.list.with_one(after).of(WHO) is None
    assert tent.of().normals == 0
    neighbour = tent.list.linked("k-other", attempt(3))
    assert neighbour is not None
    assert len(tent.list.with_one(neighbour).waiting()) == 2
    assert len(tent.list.waiting()) == 1


def test_a_clock_that_was_set_moves_all_readings_with_it(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=4)
    tent.list.shift(timedelta(hours=5))
    assert [one.at - START for one in tent.of().attempts] == [
        timedelta(hours=5),
        timedelta(hours=5, minutes=4),
    ]


def test_a_reading_from_the_future_was_just_taken_and_those_of_the_past_stay(tent: Tent) -> None:
    tent.measure(high=True, minutes=-30, key="earlier")
    tent.measure(high=True, minutes=60)
    tent.measure(high=True, minutes=10)
    tent.list.none_after(START)
    assert [one.at - START for one in tent.of().attempts] == [timedelta(minutes=-10), timedelta()]
    assert tent.of("earlier").since == START - timedelta(minutes=30)


def test_each_time_ends_at_its_minute(tent: Tent) -> None:
    tent.measure(high=True)
    stages = {3.0: Stage.DUE, 5.0: Stage.OVERDUE, 120.0: Stage.LEFT}
    for minutes, stage in stages.items():
        assert tent.of().stage(START + timedelta(minutes=minutes), RULE) is stage
        assert tent.of().stage(START + timedelta(minutes=minutes - 0.01), RULE) is not stage
    assert tent.measure(high=True, minutes=3) is not None
    assert (len(tent.of().attempts), tent.of().too_early) == (2, 0), "at three minutes it counts"


def test_of_a_list_with_one_whole_and_one_empty_recheck_nothing_is_read(tent: Tent) -> None:
    tent.measure(high=True)
    record = msgspec.msgpack.encode((tent.of(), Recheck("k-empty", ())))
    with pytest.raises(RecheckError):
        Rechecks.load(record, RULE)


def test_no_high_reading_clears_whatever_the_rule_asks_for_by_then(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=False, minutes=4)
    record, laxer = tent.list.dump(), msgspec.structs.replace(RULE, normals=1)
    assert Rechecks.load(record, laxer).of(WHO) is None  # by the rule of now that was enough
    tent.list.rule = laxer
    assert tent.measure(high=True, minutes=4) is Stage.WAIT


def test_who_was_high_again_is_not_forgotten_at_a_restart_though_fewer_normal_readings_are_asked_for_now(
    tent: Tent,
) -> None:
    for high in (True, False, True):
        tent.measure(high, minutes=4)
    laxer = msgspec.structs.replace(RULE, normals=1)
    assert Rechecks.load(tent.list.dump(), laxer).of(WHO) == tent.of()


def test_where_three_normal_readings_are_asked_for_two_of_one_instrument_are_not_enough(tent: Tent) -> None:
    tent.list.rule = msgspec.structs.replace(RULE, normals=3)
    for high in (True, False, False):
        tent.measure(high, minutes=4)
    assert tent.of().normals == 2, "still waiting"
    tent.measure(high=False, minutes=4)
    assert tent.list.of(WHO) is None


def test_who_was_high_first_is_first_also_when_somebody_else_is_kept_before(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=-10, key="earlier")
    assert [recheck.key for recheck in tent.list.waiting()] == ["earlier", WHO]


def test_repeats_are_five_seconds_apart(tent: Tent) -> None:
    tent.measure(high=True)
    tent.measure(high=True, minutes=4)
    tent.measure(high=False, minutes=4.9 / 60, by=GUN)
    assert (len(tent.of().attempts), tent.of().too_early) == (2, 1)
    tent.measure(high=False, minutes=0.1 / 60, by=GUN)
    assert (len(tent.of().attempts), tent.of().too_early) == (3, 1)
