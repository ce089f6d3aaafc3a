"""Who gets which temperature: single situations first, then random crowds against an oracle."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from station.core.model import Claim, Closing, Instrument, Passage, Site, Temperature
from station.core.outcome import Phase, Waiting
from station.core.screening import REPEAT_S, WINDOW_S, Again, Closed, Screening, Step

GUN = Instrument("gun", "lu90614")


def code(key: str, at: float, *, conclusive: bool = False) -> Claim:
    return Claim(key=key, at=at, conclusive=conclusive)


def reading(value: float, at: float) -> Temperature:
    return Temperature(value, value, Site.BODY, None, GUN, "raw/1", (value,), at)


def passages(steps: list[Step]) -> list[Passage]:
    return [step.passage for step in steps if isinstance(step, Closed)]


def only(steps: list[Step]) -> Passage:
    (passage,) = passages(steps)
    return passage


def test_code_then_temperature_is_one_passage() -> None:
    lane = Screening()
    assert lane.claim(code("li", 0), 0) == []
    passage = only(lane.temperature(reading(36.5, 2), 2, alarming=False))
    assert (passage.claim and passage.claim.key, passage.closing) == ("li", Closing.PAIRED)


def test_temperature_then_code_is_one_passage() -> None:
    lane = Screening()
    assert lane.temperature(reading(36.5, 0), 0, alarming=False) == []
    passage = only(lane.claim(code("li", 3), 3))
    assert passage.temperature == reading(36.5, 0)


def test_code_without_temperature_is_recorded_after_the_window() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    assert lane.tick(WINDOW_S - 0.01) == []
    passage = only(lane.tick(WINDOW_S))
    assert (passage.temperature, passage.closing) == (None, Closing.TIMEOUT)


def test_normal_temperature_of_a_passer_by_leaves_nothing() -> None:
    lane = Screening()
    lane.temperature(reading(36.5, 0), 0, alarming=False)
    assert lane.tick(WINDOW_S) == []
    assert lane.waiting(WINDOW_S).phase is Phase.IDLE


def test_fever_that_nobody_claims_is_recorded() -> None:
    lane = Screening()
    lane.temperature(reading(38.4, 0), 0, alarming=True)
    passage = only(lane.tick(WINDOW_S))
    assert (passage.claim, passage.closing) == (None, Closing.NO_CLAIM)


def test_temperature_older_than_the_window_is_not_given_to_a_code() -> None:
    lane = Screening()
    lane.temperature(reading(36.5, 0), 0, alarming=False)
    assert lane.claim(code("li", WINDOW_S), WINDOW_S) == []
    assert lane.waiting(WINDOW_S).phase is Phase.NEEDS_TEMPERATURE


def test_red_code_does_not_wait_for_a_temperature() -> None:
    lane = Screening()
    assert only(lane.claim(code("red", 0, conclusive=True), 0)).closing is Closing.CONCLUSIVE


def test_second_code_closes_the_first_and_nobody_gets_the_next_reading() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    assert only(lane.claim(code("wang", 1), 1)).closing is Closing.DISPLACED
    assert lane.waiting(1).phase is Phase.ONE_BY_ONE
    passage = only(lane.temperature(reading(36.5, 2), 2, alarming=False))
    assert (passage.temperature, passage.closing) == (None, Closing.IN_DOUBT)
    assert passage.in_doubt == reading(36.5, 2)


def test_two_readings_before_a_code_are_void_and_a_fresh_one_counts() -> None:
    lane = Screening()
    lane.temperature(reading(36.4, 0), 0, alarming=False)
    lane.temperature(reading(37.0, 3), 3, alarming=False)
    assert lane.claim(code("li", 4), 4) == []
    assert only(lane.temperature(reading(36.6, 5), 5, alarming=False)).temperature == reading(36.6, 5)


def test_same_code_within_thirty_seconds_shows_its_decision_again() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    assert lane.claim(code("li", 20), 20) == [Again("li")]
    assert lane.claim(code("li", 1 + REPEAT_S), 1 + REPEAT_S) == []


def test_fever_that_waits_for_its_code_is_not_answered_with_a_former_pass() -> None:
    """He passed, the volunteer's gun says 38.5, the screen asks for his code, and he shows it again."""
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    lane.by_hand(reading(38.5, 8), 8)
    assert only(lane.claim(code("li", 10), 10)).temperature == reading(38.5, 8)


def test_after_a_fever_that_nobody_claims_no_former_pass_is_shown_again() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    lane.temperature(reading(38.5, 3), 3, alarming=True)
    lane.arrival(5)
    assert lane.claim(code("li", 6), 6) == []
    assert lane.waiting(6).phase is Phase.NEEDS_TEMPERATURE


def test_person_whose_temperature_was_missing_may_try_again_at_once() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.tick(WINDOW_S)
    lane.claim(code("li", 11), 11)
    assert only(lane.temperature(reading(36.5, 12), 12, alarming=False)).closing is Closing.PAIRED


def test_reading_is_void_once_somebody_else_steps_before_the_sensor() -> None:
    lane = Screening()
    lane.temperature(reading(36.5, 0), 0, alarming=False)
    assert lane.arrival(2) == []
    assert lane.claim(code("li", 3), 3) == []
    assert lane.waiting(3).phase is Phase.NEEDS_TEMPERATURE


def test_reading_of_somebody_stopped_by_a_red_code_is_not_given_to_the_next() -> None:
    lane = Screening()
    lane.claim(code("red", 0, conclusive=True), 0)
    lane.temperature(reading(36.4, 1), 1, alarming=False)
    assert lane.claim(code("li", 8), 8) == []
    assert only(lane.temperature(reading(36.1, 9), 9, alarming=False)).temperature == reading(36.1, 9)


def test_value_typed_by_hand_goes_to_the_person_in_front() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    assert only(lane.by_hand(reading(36.5, 3), 3)).closing is Closing.BY_HAND


def test_value_typed_after_the_window_goes_to_the_last_person_without_one() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.tick(WINDOW_S)
    passage = only(lane.by_hand(reading(36.5, 40), 40))
    assert passage.claim == code("li", 0)
    assert lane.by_hand(None, 41) == []


def test_value_typed_with_nobody_there_waits_for_a_code_and_is_never_dropped() -> None:
    lane = Screening()
    assert lane.by_hand(reading(36.5, 0), 0) == []
    assert only(lane.tick(WINDOW_S)).closing is Closing.NO_CLAIM


def test_start_over_clears_a_mixed_up_lane() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.claim(code("wang", 1), 1)
    assert only(lane.start_over(2)).closing is Closing.BY_HAND
    lane.claim(code("zhao", 3), 3)
    assert only(lane.temperature(reading(36.5, 4), 4, alarming=False)).closing is Closing.PAIRED


def test_code_whose_entry_was_not_stored_may_come_again() -> None:
    lane = Screening()
    lane.claim(code("red", 0, conclusive=True), 0)
    lane.forget("red")
    assert only(lane.claim(code("red", 3, conclusive=True), 3)).closing is Closing.CONCLUSIVE


# --- random crowds ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    what: str  # claim, reading, arrival, hand, start_over, tick
    who: int
    gap: float
    flag: bool = False  # conclusive claim, alarming reading


def crowds(*what: str) -> st.SearchStrategy[list[Event]]:
    gaps = st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 9.75, 10.0, 31.0])  # exact in binary
    rarely = st.sampled_from([False, False, False, True])
    event = st.builds(Event, st.sampled_from(what), st.integers(0, 5), gaps, rarely)
    return st.lists(event, min_size=2, max_size=30)


ANYTHING = crowds("claim", "claim", "reading", "reading", "arrival", "hand", "start_over", "tick")


@dataclass
class Told:
    """Everything that was seen at the gate and everything the machine said, in order."""

    claims: list[Claim] = field(default_factory=list)
    readings: list[Temperature] = field(default_factory=list)
    alarming: list[Temperature] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    cleared: list[float] = field(default_factory=list)
    closed: list[tuple[float, Passage]] = field(default_factory=list)

    def play(self, history: list[Event]) -> Told:
        lane, now = Screening(), 0.0
        for serial, event in enumerate(history):
            now += event.gap
            steps = self._feed(lane, event, now, 36 + serial / 100)
            self.closed += [(now, passage) for passage in passages(steps)]
        self.closed += [(now + 100, passage) for passage in passages(lane.tick(now + 100))]
        return self

    def _feed(self, lane: Screening, event: Event, now: float, value: float) -> list[Step]:
        temperature, claim = reading(value, now), code(f"{event.who}", now, conclusive=event.flag)
        match event.what:
            case "claim":
                self.claims.append(claim)
                return lane.claim(claim, now)
            case "reading":
                self.readings.append(temperature)
                self.alarming += [temperature] if event.flag else []
                return lane.temperature(temperature, now, alarming=event.flag)
            case "arrival":
                self.arrivals.append(now)
                return lane.arrival(now)
            case "hand":
                self.alarming.append(temperature)
                return lane.by_hand(temperature, now)
            case "start_over":
                self.cleared.append(now)
                return lane.start_over(now)
        return lane.tick(now)

    def settled_before(self, thing: Claim | Temperature, moment: float) -> bool:
        """It left the lane in some passage before `moment`, or the volunteer cleared the lane after it."""
        ends = [at for at, p in self.closed if thing in (p.claim, p.temperature, p.in_doubt)]
        return any(at < moment for at in ends) or any(thing.at <= at <= moment for at in self.cleared)

    def went_through_untested(self, start: float, end: float) -> bool:
        """Somebody's passage ended without a temperature in that time; their reading may have come late."""
        cleared = max((at for at in self.cleared if at <= end), default=start)
        return any(p.claim and not p.temperature and max(start, cleared) < at <= end for at, p in self.closed)


@settings(max_examples=500)
@given(ANYTHING)
def test_a_reading_after_a_code_counts_only_if_no_other_code_was_pushed_out(history: list[Event]) -> None:
    """Judged from the history alone: whoever lost their turn in the last window may own the reading."""
    told = Told().play(history)
    for at, passage in told.closed:
        claim, temperature = passage.claim, passage.temperature
        if passage.closing is Closing.PAIRED and claim and temperature and temperature.at >= claim.at:
            assert temperature.at - claim.at < WINDOW_S
            pushed_out = [
                when
                for when, other in told.closed
                if other.closing is Closing.DISPLACED and at - WINDOW_S < when <= at
                and not any(when <= cleared <= at for cleared in told.cleared)
            ]  # fmt: skip
            assert not pushed_out


@settings(max_examples=500)
@given(ANYTHING)
def test_a_reading_before_a_code_counts_only_if_it_is_the_only_one(history: list[Event]) -> None:
    told = Told().play(history)
    for _, passage in told.closed:
        claim, temperature = passage.claim, passage.temperature
        typed = temperature not in told.readings  # the volunteer's own word for the next person
        if (
            passage.closing is Closing.PAIRED
            and claim
            and temperature
            and not typed
            and temperature.at < claim.at
        ):
            assert claim.at - temperature.at < WINDOW_S
            open_then = [
                other
                for other in told.readings
                if temperature.at - WINDOW_S < other.at <= claim.at
                and not told.settled_before(other, claim.at)
            ]
            assert open_then == [temperature]
            assert not any(temperature.at < arrived <= claim.at for arrived in told.arrivals)
            assert not told.went_through_untested(temperature.at - WINDOW_S, claim.at)


@settings(max_examples=500)
@given(ANYTHING)
def test_no_reading_is_used_twice(history: list[Event]) -> None:
    told = Told().play(history)
    used = [id(t) for _, p in told.closed for t in (p.temperature, p.in_doubt) if t]
    assert len(set(used)) == len(used)


@settings(max_examples=500)
@given(ANYTHING)
def test_no_fever_and_no_typed_value_vanishes(history: list[Event]) -> None:
    told = Told().play(history)
    kept = {id(t) for _, p in told.closed for t in (p.temperature, p.in_doubt)}
    assert all(id(temperature) in kept for temperature in told.alarming)


@given(crowds("claim", "reading", "start_over", "tick"))
def test_every_confirmed_code_ends_in_exactly_one_passage(history: list[Event]) -> None:
    strangers = [Event(e.what, serial, e.gap, e.flag) for serial, e in enumerate(history)]
    told = Told().play(strangers)
    ended = [p.claim.key for _, p in told.closed if p.claim]
    assert sorted(ended) == sorted(claim.key for claim in told.claims)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.2, 4.0), st.floats(0.2, 4.0)), min_size=1, max_size=12))
def test_orderly_queue_gives_everyone_their_own_temperature(queue: list[tuple[bool, float, float]]) -> None:
    """One after the other, code first or temperature first: all pass with their own reading, no tap."""
    lane, now = Screening(), 0.0
    for who, (code_first, walk_up, second_thing) in enumerate(queue):
        first_at = now + walk_up
        now = first_at + second_thing
        claim = code(f"p{who}", first_at if code_first else now)
        own = reading(36 + who / 100, now if code_first else first_at)
        if code_first:
            steps = lane.claim(claim, first_at) + lane.temperature(own, now, alarming=False)
        else:
            steps = lane.temperature(own, first_at, alarming=False) + lane.claim(claim, now)
        assert only(steps).temperature is own


def child(at: float) -> Claim:
    return Claim(key="hand:child", at=at, person_id="child", brought_by="mother")


def mother(at: float) -> Claim:
    return Claim(key="mother's code", at=at, person_id="mother")


def test_mother_who_still_stands_there_is_not_measured_for_her_child() -> None:
    lane = Screening()
    lane.claim(mother(0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    lane.claim(child(2), 2)
    assert lane.temperature(reading(36.6, 3), 3, alarming=False) == []
    lane.arrival(5)
    passage = only(lane.temperature(reading(37.0, 6), 6, alarming=False))
    assert (passage.claim and passage.claim.person_id, passage.temperature) == ("child", reading(37.0, 6))


def test_reading_before_a_child_was_named_is_not_the_childs() -> None:
    lane = Screening()
    lane.arrival(0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    assert lane.claim(child(2), 2) == []
    assert lane.waiting(2).phase is Phase.NEEDS_TEMPERATURE


def test_fever_before_a_child_was_named_is_recorded_as_nobodys() -> None:
    lane = Screening()
    lane.temperature(reading(38.5, 1), 1, alarming=True)
    passage = only(lane.claim(child(2), 2))
    assert (passage.claim, passage.closing) == (None, Closing.NO_CLAIM)


def test_code_that_was_held_up_for_an_elder_opens_no_passage_of_its_own() -> None:
    lane = Screening()
    lane.claim(mother(0), 0)
    assert lane.claim(child(1), 1) == []
    lane.arrival(2)
    assert [
        one.claim and one.claim.person_id
        for one in passages(lane.temperature(reading(36, 3), 3, alarming=False))
    ] == ["child"]
    assert lane.claim(mother(4), 4) == [], "she shows it again and passes herself"
    assert lane.claimant == mother(4)


def test_code_of_somebody_else_that_waits_is_pushed_out_as_ever() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    assert only(lane.claim(child(1), 1)).closing is Closing.DISPLACED
    lane.arrival(2)
    assert only(lane.temperature(reading(36.5, 3), 3, alarming=False)).closing is Closing.IN_DOUBT


def test_the_reading_of_somebody_who_shows_their_code_again_is_not_the_next_ones() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    lane.temperature(reading(36.4, 3), 3, alarming=False)
    assert lane.claim(code("li", 4), 4) == [Again("li")]
    assert lane.claim(code("wang", 5), 5) == []
    assert lane.waiting(5).phase is Phase.NEEDS_TEMPERATURE


def test_after_a_code_that_was_shown_again_the_next_one_may_be_measured_first() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.temperature(reading(36.5, 1), 1, alarming=False)
    assert lane.claim(code("li", 4), 4) == [Again("li")]
    lane.arrival(5)
    lane.temperature(reading(36.6, 6), 6, alarming=False)
    assert only(lane.claim(code("wang", 7), 7)).temperature == reading(36.6, 6)


def test_a_third_reading_in_a_row_before_any_code_is_nobodys_either() -> None:
    lane = Screening()
    for second in (0, 3, 4):
        lane.temperature(reading(36.5, second), second, alarming=False)
    assert lane.claim(code("li", 5), 5) == []


def test_a_fever_that_waits_is_recorded_when_a_value_is_typed_over_it() -> None:
    lane = Screening()
    lane.temperature(reading(38.4, 0), 0, alarming=True)
    passage = only(lane.by_hand(reading(36.5, 1), 1))
    assert (passage.claim, passage.temperature) == (None, reading(38.4, 0))


def test_a_value_typed_over_a_reading_that_waits_makes_no_later_reading_the_next_ones() -> None:
    """Both readings may be of one person, for whom a value was typed; the next one has not been measured."""
    lane = Screening()
    lane.temperature(reading(36.2, 0), 0, alarming=False)
    lane.by_hand(reading(36.5, 1), 1)
    assert only(lane.claim(code("li", 2), 2)).temperature == reading(36.5, 1)
    lane.temperature(reading(36.3, 3), 3, alarming=False)
    assert lane.claim(code("wang", 4), 4) == []


def test_a_fever_that_waits_is_recorded_when_the_volunteer_starts_over() -> None:
    lane = Screening()
    lane.temperature(reading(38.4, 0), 0, alarming=True)
    passage = only(lane.start_over(1))
    assert (passage.claim, passage.temperature) == (None, reading(38.4, 0))
    assert lane.tick(WINDOW_S) == [], "once"


def test_at_an_empty_lane_nothing_is_concluded_started_over_or_left_unmeasured() -> None:
    lane = Screening()
    assert (lane.conclude(0), lane.start_over(1), lane.by_hand(None, 2), lane.tick(3)) == ([], [], [], [])


def test_a_value_that_is_typed_for_the_first_one_leaves_the_second_one_waiting() -> None:
    """F3 was pressed for Li; while the value was read off, Wang showed a code."""
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.hold(1)
    lane.claim(code("wang", 2), 2)
    passage = only(lane.by_hand(reading(36.6, 4), 4))
    assert (passage.claim and passage.claim.key, passage.temperature) == ("li", reading(36.6, 4))
    assert lane.claimant == code("wang", 2)
    assert only(lane.tick(20)).claim == code("wang", 2)


def test_while_a_value_is_typed_for_somebody_a_late_reading_is_not_the_next_ones() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.hold(9)
    assert lane.temperature(reading(36.5, 15), 15, alarming=False) == []
    assert only(lane.by_hand(reading(36.7, 16), 16)).temperature == reading(36.7, 16)
    assert lane.claim(code("wang", 17), 17) == []


def test_while_a_reading_waits_for_its_code_a_typed_value_is_not_the_former_ones() -> None:
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.tick(WINDOW_S)
    lane.arrival(21)
    lane.measure_anew(code("li", 0), 21, at_once=True)
    lane.temperature(reading(36.5, 22), 22, alarming=False)
    lane.by_hand(reading(36.9, 23), 23)
    assert only(lane.claim(code("wang", 24), 24)).temperature == reading(36.9, 23)


def test_a_value_that_is_typed_two_minutes_later_is_not_the_one_before_lasts() -> None:
    for later, whose in ((119.0, "li"), (120.0, None)):
        lane = Screening()
        lane.measure_anew(code("li", 0), 0, at_once=False)
        closed = passages(lane.by_hand(reading(36.5, later), later))
        assert [one.claim and one.claim.key for one in closed] == ([whose] if whose else [])


def test_who_was_measured_from_the_list_gets_no_value_typed_at_the_lane() -> None:
    lane = Screening()
    lane.measure_anew(code("li", 0), 0, at_once=False, in_front=False)
    assert passages(lane.by_hand(reading(36.5, 1), 1)) == []


def test_a_verdict_on_somebody_ends_what_may_be_typed_for_them_and_for_nobody_else() -> None:
    li, her_paper = Claim("phone", 0, person_id="li"), Claim("paper", 0, person_id="li")
    for whose, left in ((her_paper, False), (li, False), (None, False), (code("wang", 0), True)):
        lane = Screening()
        lane.measure_anew(li, 0, at_once=False)
        lane.settle(whose)
        assert bool(passages(lane.by_hand(reading(36.5, 1), 1))) is left
    unknown = Screening()
    unknown.measure_anew(code("zhao", 0), 0, at_once=False)
    unknown.settle(code("wang", 0))
    assert passages(unknown.by_hand(reading(36.5, 1), 1)), "two who are not known are not one"


def test_only_who_waits_can_be_known_otherwise() -> None:
    lane = Screening()
    lane.restate(code("li", 0, conclusive=True))
    assert lane.claimant is None
    lane.claim(code("li", 0), 0)
    lane.restate(code("wang", 0, conclusive=True))
    assert lane.claimant == code("li", 0)
    lane.restate(code("li", 0, conclusive=True))
    assert lane.claimant == code("li", 0, conclusive=True)


def two_codes_at_once() -> Screening:
    """Li was pushed out by Wang, and Wang was stopped: readings are in doubt, and nobody waits."""
    lane = Screening()
    lane.claim(code("li", 0), 0)
    lane.claim(code("wang", 1), 1)
    lane.conclude(2)
    return lane


def test_a_value_that_was_typed_while_two_were_mixed_up_is_judged_for_neither() -> None:
    lane = two_codes_at_once()
    lane.by_hand(reading(36.5, 3), 3)
    passage = only(lane.claim(code("zhao", 4), 4))
    assert (passage.closing, passage.temperature, passage.in_doubt) == (
        Closing.IN_DOUBT,
        None,
        reading(36.5, 3),
    )


def test_a_fever_while_two_were_mixed_up_is_recorded_though_nobody_waits() -> None:
    lane = two_codes_at_once()
    assert only(lane.temperature(reading(38.5, 3), 3, alarming=True)).temperature == reading(38.5, 3)


def test_who_was_stopped_or_needs_no_measurement_sees_the_same_again() -> None:
    lane = Screening()
    lane.claim(code("red", 0, conclusive=True), 0)
    assert lane.claim(code("red", 1), 1) == [Again("red")]
    courier = Claim("courier", 2, unmeasured=True)
    assert only(lane.claim(courier, 2)).closing is Closing.UNMEASURED
    assert lane.claim(courier, 3) == [Again("courier")]


def test_a_mothers_stepping_up_is_not_her_childs() -> None:
    lane = Screening()
    lane.claim(mother(0), 0)
    lane.arrival(1)
    lane.temperature(reading(36.5, 2), 2, alarming=False)
    lane.claim(child(4), 4)
    assert lane.temperature(reading(36.6, 5), 5, alarming=False) == []


def test_the_screen_says_until_when_it_waits_and_for_what() -> None:
    lane = Screening()
    lane.temperature(reading(36.5, 1), 2, alarming=False)
    assert lane.waiting(3) == Waiting(Phase.NEEDS_CODE, 1, 1 + WINDOW_S, reading(36.5, 1))
    lane = Screening()
    lane.claim(code("li", 1), 2)
    assert lane.waiting(3) == Waiting(Phase.NEEDS_TEMPERATURE, 1, 1 + WINDOW_S)
    lane.claim(code("wang", 4), 4)
    assert lane.waiting(5) == Waiting(Phase.ONE_BY_ONE, 4, 4 + WINDOW_S)
    assert lane.waiting(4 + WINDOW_S).phase is Phase.NEEDS_TEMPERATURE
