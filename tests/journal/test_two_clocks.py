"""The gate's clock is wrong, the center's is right: of the same person the truly newest counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.checks.case import newest
from station.core.entry import to_ms
from station.core.facts import AHEAD_MS, Fact, FactKind, is_bad, is_good, weight
from station.core.moments import MINUTE_MS
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.facts import Facts, News, current_facts
from station.journal.lookbacks import Passages
from station.journal.outdone import CENTER, NEED_TWO, Row, beside, outdone
from station.sync.bundle import Item, Page
from station.sync.items import FactItem, encode_item
from tests.journal.given import EPOCH, enrol
from tests.journal.samples import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
AHEAD, BEHIND = 2 * HOUR, -8 * MINUTE


class Ends:
    """A gate whose clock is so far ahead of the truth, and a center; both speak of p1, or of their code."""

    def __init__(self, journal: Journal, ahead: timedelta) -> None:
        enrol(journal)
        self._journal, self.ahead, self._version = journal, ahead, 0
        self._facts, self._lists = Facts(journal), CenterLists(journal)
        journal.clock_off = lambda: -(self.ahead // timedelta(milliseconds=1))

    def gate(self, value: str, at: datetime, kind: str = "colour", about: str = "person") -> None:
        """Somebody types it now."""
        news = News(about, "p1", kind, value, at + self.ahead, "operator")  # type: ignore[arg-type]
        self._facts.receive([news], now=at + self.ahead)

    def center(
        self,
        value: str,
        at: datetime,
        kind: str = "colour",
        about: str = "person",
        *,
        comes: datetime | None = None,
        by_stick: bool = False,
    ) -> None:
        version, self._version = self._version, self._version + 1
        body = encode_item(FactItem(about, "p1", kind, value, to_ms(at)))
        item = Item("fact", f"{about}:p1:{kind}", self._version, body)
        page = Page(*(1, "quick", EPOCH, version, self._version, False, to_ms(at)), (item,))
        now = (comes or at) + self.ahead
        self._lists.apply(prepare_page(self._journal.vault, page), now, by_stick=by_stick)

    def known(self, kind: FactKind = FactKind.COLOUR) -> set[str]:
        facts = current_facts(self._journal.connection, "p1", "p1", None)
        return {fact.value for fact in facts if fact.kind is kind}

    def counting(self) -> list[str]:
        return [one.news.value for one in self._facts.history("person", "p1") if one.counts]

    def news(self) -> list[str]:
        return [one.value for one in Passages(self._journal.connection).news_after(0)]


KINDS = [
    ("colour", "green", "red"),
    ("test", "negative", "positive"),
    ("isolation", "none", "isolation"),
    ("block", "none", "moved_out"),
]


@pytest.mark.parametrize(("kind", "good", "bad"), KINDS)
def test_a_gate_that_is_two_hours_ahead_hides_no_red_of_the_center(
    journal: Journal, kind: str, good: str, bad: str
) -> None:
    ends = Ends(journal, AHEAD)
    ends.gate(good, NOON, kind)
    ends.center(bad, NOON + HOUR / 2, kind)

    assert ends.known(FactKind(kind)) == {bad}
    assert ends.counting() == ends.news() == [bad]

    ends.gate(good, NOON + HOUR, kind)
    assert ends.known(FactKind(kind)) == {good}
    assert (ends.counting(), ends.news()) == ([good], [])


@pytest.mark.parametrize("abouts", [("person", "code"), ("code", "person")])
@pytest.mark.parametrize(("kind", "good", "bad"), KINDS[:2])
def test_nor_one_of_the_code_by_a_green_of_its_holder(
    journal: Journal, kind: str, good: str, bad: str, abouts: tuple[str, str]
) -> None:
    ends = Ends(journal, AHEAD)
    ends.gate(good, NOON, kind, abouts[0])
    ends.center(bad, NOON + HOUR / 2, kind, abouts[1])

    assert ends.known(FactKind(kind)) == {bad}


@pytest.mark.parametrize(("kind", "good", "bad"), KINDS)
def test_what_is_typed_at_a_gate_that_is_behind_is_not_hidden_by_what_the_center_said_before(
    journal: Journal, kind: str, good: str, bad: str
) -> None:
    ends = Ends(journal, BEHIND)
    ends.center(good, NOON, kind)
    ends.gate(bad, NOON + 3 * MINUTE, kind)

    assert ends.known(FactKind(kind)) == {bad}
    assert ends.counting() == ends.news() == [bad]


@pytest.mark.parametrize("abouts", [("person", "person"), ("person", "code"), ("code", "person")])
def test_a_yellow_that_a_guard_saw_by_a_clock_ahead_outdates_no_red_that_the_center_tells_afterwards(
    journal: Journal, abouts: tuple[str, str]
) -> None:
    ends = Ends(journal, 5 * HOUR)
    ends.gate("yellow", NOON, about=abouts[0])
    ends.center("red", NOON + HOUR, about=abouts[1])
    assert ends.known() == {"red"}

    ends.gate("yellow", NOON + 2 * HOUR, about=abouts[0])
    ends.ahead = timedelta()
    assert "yellow" in ends.known(), "seen after the red: it is theirs by now"


def test_nor_when_the_clock_was_put_right_before_the_red_came(journal: Journal) -> None:
    ends = Ends(journal, 5 * HOUR)
    ends.gate("yellow", NOON)
    ends.ahead = timedelta()
    ends.center("red", NOON + HOUR)

    assert ends.known() == {"red"}


@pytest.mark.parametrize("by_center", [False, True])
def test_who_was_red_here_before_is_stopped_by_a_new_red_though_the_clock_was_set_back_since_the_yellow(
    journal: Journal, by_center: bool
) -> None:
    """The new red is dated before the old one; without an old one it stopped them."""
    ends = Ends(journal, timedelta())
    ends.gate("red", NOON)
    (ends.center if by_center else ends.gate)("yellow", NOON + HOUR)
    ends.ahead = -5 * HOUR
    ends.gate("red", NOON + 2 * HOUR)

    assert ends.known() == {"red"}


def test_a_red_that_the_center_took_back_for_yellow_hides_no_yellow_of_the_gate(journal: Journal) -> None:
    ends = Ends(journal, 5 * HOUR)
    ends.gate("yellow", NOON)
    ends.center("red", NOON + HOUR)
    ends.center("yellow", NOON + 2 * HOUR)

    assert ends.known() == {"yellow"}


def test_whoever_the_center_turned_green_after_red_is_yellow_if_a_guard_saw_that_last(
    journal: Journal,
) -> None:
    ends = Ends(journal, 5 * HOUR)
    ends.center("red", NOON)
    ends.center("green", NOON + HOUR)
    ends.gate("yellow", NOON + 2 * HOUR)

    assert ends.known() == {"yellow"}


@pytest.mark.parametrize("ahead", [timedelta(), AHEAD, BEHIND])
def test_a_red_that_comes_late_stays_outdone_by_a_green_after_it(journal: Journal, ahead: timedelta) -> None:
    """The gate had no network since the morning."""
    ends = Ends(journal, ahead)
    ends.gate("green", NOON)
    ends.center("red", NOON - 3 * HOUR, comes=NOON + 3 * HOUR)

    assert ends.known() == {"green"}
    assert (ends.counting(), ends.news()) == (["green"], [])


def test_who_was_red_at_a_gate_that_is_ahead_goes_home_when_the_center_lifts_it(journal: Journal) -> None:
    ends = Ends(journal, AHEAD)
    ends.gate("red", NOON)
    ends.center("green", NOON + 5 * MINUTE)

    assert ends.known() == {"green"}
    assert (ends.counting(), ends.news()) == (["green"], [])


def test_a_clock_that_was_set_in_between_lifts_nothing(journal: Journal) -> None:
    """The red was typed by a clock that was right; the green is older and comes late."""
    ends = Ends(journal, timedelta())
    ends.gate("red", NOON)
    ends.ahead = AHEAD
    ends.center("green", NOON - MINUTE, comes=NOON + 5 * MINUTE)

    assert ends.known() == {"red"}


@pytest.mark.parametrize(("kind", "good", "bad"), KINDS)
@pytest.mark.parametrize("wrong", [timedelta(days=30), timedelta(hours=8)])
def test_what_came_while_the_clock_was_ahead_is_lifted_here_once_the_clock_is_right(
    journal: Journal, wrong: timedelta, kind: str, good: str, bad: str
) -> None:
    """Somebody had mistyped the month; it was put right the same morning."""
    ends = Ends(journal, wrong)
    ends.center(bad, NOON, kind)
    ends.ahead = timedelta()
    ends.gate(good, NOON + HOUR, kind)

    assert ends.known(FactKind(kind)) == {good}
    assert (ends.counting(), ends.news()) == ([good], [])


def test_a_stick_and_a_clock_that_nobody_measured_say_nothing_of_the_difference(journal: Journal) -> None:
    """By their dates, as before; what was dated after the telling is passed over all the same."""
    ends = Ends(journal, AHEAD)
    ends.center("red", NOON, by_stick=True)
    unmeasured = "SELECT count(*) FROM fact WHERE clock_ms ISNULL"
    assert journal.connection.execute(unmeasured).fetchone() == (1,)
    ends.gate("green", NOON + MINUTE)
    assert ends.known() == {"green"}


@pytest.mark.parametrize(("kind", "good", "bad"), KINDS)
def test_what_was_lifted_here_by_a_clock_that_is_ahead_outdoes_no_newer_answer(
    kind: str, good: str, bad: str
) -> None:
    """What restricts somebody is in force since it was lifted last: 14:00 by our clock, noon in truth."""
    lifted = Fact(FactKind(kind), good, NOON + AHEAD, "operator")
    asked = Fact(FactKind(kind), bad, NOON + HOUR / 2, "center")
    before = Fact(FactKind(kind), bad, NOON - HOUR / 2, "center")
    clock_ms = -AHEAD // timedelta(milliseconds=1)

    assert beside((lifted,), (asked,), clock_ms) == (asked,)
    assert beside((lifted,), (before,), clock_ms) == (lifted, before)


@pytest.mark.parametrize(("minutes", "counts"), [(30, {"red"}), (-30, {"green"})])
def test_an_answer_about_a_code_is_compared_by_our_clock(minutes: int, counts: set[str]) -> None:
    """Asked while somebody stands there, beside what was told here of its holder by a clock that is ahead."""
    told = Fact(FactKind.COLOUR, "green", NOON + AHEAD, "roster")
    asked = Fact(FactKind.COLOUR, "red", NOON + minutes * MINUTE, "center")

    found = beside((told,), (asked,), -AHEAD // timedelta(milliseconds=1))

    assert {fact.value for fact in newest(found)} == counts
    assert set(beside((told,), (asked,), None)) == {told, asked}


# --- every order of telling -------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """At a true minute, by one end; of the center it comes to the gate some minutes later."""

    at: int
    centers: bool
    bad: bool
    about: str
    late: int = 0


TELLINGS = st.lists(
    st.builds(
        Telling,
        at=st.integers(0, 400),
        centers=st.booleans(),
        bad=st.booleans(),
        about=st.sampled_from(["person", "code"]),
        late=st.sampled_from([0, 0, 0, 5, 90, 240]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.at,
)
ERRORS = st.one_of(st.integers(-180, 180), st.sampled_from([-180, -120, -8, 0, 8, 120, 180]))


def rows(
    tellings: list[Telling], error_at: dict[int, int], measured: Callable[[int], bool] = lambda minute: True
) -> list[Row]:
    """As the gate writes them; `error_at`: from which true minute its clock is so far ahead."""

    def ahead(minute: int) -> int:
        return next(error for since, error in reversed(error_at.items()) if since <= minute)

    told = sorted(tellings, key=lambda one: one.at + (one.late if one.centers else 0))
    made = []
    for position, one in enumerate(told, start=1):
        comes = one.at + (one.late if one.centers else 0)
        dated = one.at if one.centers else one.at + ahead(one.at)
        value, source = "red" if one.bad else "green", CENTER if one.centers else "operator"
        off = -ahead(comes) * MINUTE_MS if measured(comes) else None
        at_ms, told_ms = dated * MINUTE_MS, (comes + ahead(comes)) * MINUTE_MS
        made.append(Row(position, one.about, "colour", value, at_ms, source, told_ms, off))
    return made


def counts(found: list[Row]) -> Row:
    """The newest of what is left, as `facts_about` and the core pick it."""
    gone = outdone(found)
    left = [row for row in found if row.position not in gone]
    return max(left, key=lambda row: (row.as_of_ms, is_bad(row.kind, row.value), row.position))


@given(TELLINGS, ERRORS)
def test_with_a_clock_that_is_always_as_wrong_good_never_counts_over_truly_newer_bad(
    tellings: list[Telling], error: int
) -> None:
    found = rows(tellings, {0: error})
    newest = max(tellings, key=lambda one: one.at)
    if newest.bad:
        assert counts(found).value == "red"


@given(TELLINGS, ERRORS, st.integers(0, 400))
def test_nor_if_the_clock_is_put_right_in_between(tellings: list[Telling], error: int, minute: int) -> None:
    """But for two tellings of the gate itself whose dates are some minutes the wrong way round."""
    found = rows(tellings, {0: error, minute: 0})
    newest = max(tellings, key=lambda one: one.at)
    ours = [row for row in found if not row.is_centers and row.value == "green"]
    if newest.bad and (newest.centers or all(not 0 < _after(row, newest) <= AHEAD_MS for row in ours)):
        assert counts(found).value == "red"


@given(TELLINGS, ERRORS, st.integers(0, 400))
def test_whoever_is_lifted_here_after_the_clock_was_put_right_goes_home(
    tellings: list[Telling], error: int, minute: int
) -> None:
    """Of what the center says; two tellings of the gate itself are compared by their dates."""
    found = rows(tellings, {0: error, minute: 0})
    newest = max(tellings, key=lambda one: one.at)
    if not newest.bad and not newest.centers and newest.at >= minute and _only_center_is_bad(tellings):
        assert counts(found).value == "green"


@given(TELLINGS, ERRORS, st.integers(0, 400))
def test_a_clock_that_is_known_at_one_of_two_tellings_is_enough(
    tellings: list[Telling], error: int, minute: int
) -> None:
    found = rows(tellings, {0: error}, lambda at: at >= minute)
    newest = max(tellings, key=lambda one: one.at)
    if newest.bad and newest.at >= minute:
        assert counts(found).value == "red"


def shaded(found: list[Row], yellow: set[int]) -> list[Row]:
    """Some of the red is yellow."""
    return [
        one._replace(value="yellow") if one.position in yellow and one.value == "red" else one
        for one in found
    ]


@given(TELLINGS, ERRORS, st.sets(st.integers(1, 6)))
def test_with_a_clock_that_is_always_as_wrong_nothing_milder_counts_over_truly_newer_news(
    tellings: list[Telling], error: int, yellow: set[int]
) -> None:
    found = shaded(rows(tellings, {0: error}), yellow)
    newest = max(found, key=lambda row: row.as_of_ms - (0 if row.is_centers else error * MINUTE_MS))
    assert weight("colour", counts(found).value) >= weight("colour", newest.value)


@given(TELLINGS, ERRORS, st.integers(0, 400), st.sets(st.integers(1, 6)))
def test_nor_over_a_red_of_the_center_if_the_clock_is_put_right_in_between(
    tellings: list[Telling], error: int, minute: int, yellow: set[int]
) -> None:
    found = shaded(rows(tellings, {0: error, minute: 0}), yellow)
    true = {row.position: at for row, at in zip(found, _true_minutes(tellings), strict=True)}
    newest = max(found, key=lambda row: true[row.position])
    if newest.is_centers and newest.value == "red":
        assert counts(found).value == "red"


@given(TELLINGS, st.sets(st.integers(1, 6)))
def test_with_a_right_clock_the_newest_colour_counts(tellings: list[Telling], yellow: set[int]) -> None:
    found = shaded(rows(tellings, {0: 0}), yellow)
    assert counts(found).value == max(found, key=lambda row: row.as_of_ms).value


def _true_minutes(tellings: list[Telling]) -> list[int]:
    """In the order in which they came to the gate."""
    return [one.at for one in sorted(tellings, key=lambda one: one.at + (one.late if one.centers else 0))]


def _only_center_is_bad(tellings: list[Telling]) -> bool:
    return all(one.centers for one in tellings if one.bad)


def _after(row: Row, newest: Telling) -> int:
    """By the clock that was put right."""
    return row.as_of_ms - newest.at * MINUTE_MS


@given(TELLINGS, ERRORS)
def test_who_was_lifted_goes_home(tellings: list[Telling], error: int) -> None:
    """What was lifted here of the center's is dated by our clock: if that is behind it waits, as ever."""
    tellings = [replace(one, late=0) for one in tellings]
    found = rows(tellings, {0: error})
    newest = max(tellings, key=lambda one: one.at)
    if not newest.bad and (newest.centers or error >= 0):
        assert counts(found).value == "green"


ROWS = st.lists(
    st.builds(
        lambda about, kind, at, source, told, clock: (about, *kind, at, source, told, clock),
        st.sampled_from(["person", "code", "dwelling"]),
        st.sampled_from([(kind, value) for kind, *both in KINDS for value in both]),
        st.integers(0, 9).map(lambda step: step * MINUTE_MS // 2),
        st.sampled_from(["roster", "operator", "provider", CENTER, CENTER]),
        st.integers(-9, 9).map(lambda step: step * MINUTE_MS // 2),
        st.sampled_from([None, 0, MINUTE_MS, MINUTE_MS + 1, -3 * MINUTE_MS]),
    ),
    max_size=9,
)


@given(ROWS)
def test_what_counts_is_what_each_pair_of_good_and_bad_news_says(told: list[tuple[Any, ...]]) -> None:
    """They are not compared pair by pair, for there may be hundreds: the outcome is the same."""
    made = [Row(number, *one) for number, one in enumerate(told)]
    pairs = [(good, bad) for good in made for bad in made if _are_compared(good, bad)]
    hidden = {good.position for good, bad in pairs if _hides(bad, good)}
    lifted = {bad.position for good, bad in pairs if good.position not in hidden and _lets_go(good, bad)}
    assert outdone(made) == hidden | lifted


def _are_compared(good: Row, bad: Row) -> bool:
    of_one = good.kind == bad.kind and (good.about == bad.about or good.kind not in NEED_TWO)
    return of_one and is_good(good.kind, good.value) and not is_good(bad.kind, bad.value)


def _hides(bad: Row, good: Row) -> bool:
    if bad.position > good.position and good.as_of_ms > bad.told_at_ms + AHEAD_MS:
        return True
    ours, centers = (bad, good) if good.is_centers else (good, bad)
    clock = centers.clock_ms if ours.clock_ms is None else ours.clock_ms
    if clock is None or ours.is_centers == centers.is_centers:
        return False
    by_ours = centers.as_of_ms - clock
    return ours.as_of_ms >= by_ours if bad is ours else by_ours >= ours.as_of_ms


def _lets_go(good: Row, bad: Row) -> bool:
    clocks = [one.clock_ms for one in (good, bad) if one.clock_ms is not None]
    if not good.is_centers or bad.is_centers or bad.position > good.position or len(clocks) < 2:
        return False
    told_ms = max(bad.as_of_ms, bad.told_at_ms)
    return max(clocks) - min(clocks) <= MINUTE_MS and good.as_of_ms - max(clocks) > told_ms
