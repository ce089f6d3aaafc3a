"""Policies: the center's clock was ahead when an admin brought one into force, and was set right later."""

from __future__ import annotations

import pytest

from center.scope import EVERYWHERE
from center.store import SqlStore
from center.store.console_audit import Note
from center.store.contacts import Contact
from center.store.keeping import DAY_MS
from center.store.policies import Activation, Policies, Version, in_force, new_id
from station.sync.items import PolicyItem, decode_item
from tests.center.store.gate import NOON_MS, STATION

VILLAGE = "镇/一村"
YEAR_MS = 365 * DAY_MS
HOUR_MS = 3_600_000


def activated(store: SqlStore, text: str, now_ms: int, *, at_ms: int = 0, branch: str = "") -> None:
    note = Note(now_ms, "admin", "让规则生效")
    version = Version(new_id(), branch, text, text, text, now_ms, "admin", now_ms, now_ms, "admin", "s")
    store.policies.add(version, note)
    made = Activation(new_id(), version.id, branch, "", False, at_ms or now_ms, now_ms, "admin")
    store.policies.activate(made, note)


def greeted(store: SqlStore, now_ms: int, offset_ms: int = 0) -> None:
    store.contacts.keep(Contact(STATION, now_ms, offset_ms, 20, "kakou 1", 1, "b1", "f", 0))


def at_gates(store: SqlStore, now_ms: int, branch: str = "") -> str | None:
    """What a gate that is new goes by then."""
    page = store.lists.page("quick", store.epoch, 0, 500, branch)
    items = [decode_item("policy", one.body) for one in page.items if one.list == "policy" and one.body]
    due = [one for one in items if isinstance(one, PolicyItem) and one.activate_at_ms <= now_ms]
    return max(due, key=lambda one: one.activate_at_ms).text if due else None


def in_console(store: SqlStore, now_ms: int, branch: str = "") -> str:
    holds = in_force(store.policies.activations(), branch, now_ms)
    version = store.policies.get(EVERYWHERE, holds.policy) if holds else None
    return version.toml if version else ""


def test_a_gate_that_comes_after_the_centers_clock_was_set_right_gets_what_was_last_brought_into_force(
    store: SqlStore,
) -> None:
    activated(store, "open", NOON_MS - DAY_MS)
    activated(store, "sealed", NOON_MS + YEAR_MS)
    assert at_gates(store, NOON_MS + 1000) is None, "the fault: until that date"

    greeted(store, NOON_MS)
    assert store.policies.set_right(NOON_MS + 1000)

    assert at_gates(store, NOON_MS + 1010) == in_console(store, NOON_MS + 1000) == "sealed"
    assert not store.policies.set_right(NOON_MS + 61_000), "once"


def test_what_an_admin_chooses_after_the_clock_was_set_right_is_not_undone_in_a_year(
    store: SqlStore,
) -> None:
    activated(store, "sealed", NOON_MS + YEAR_MS)
    activated(store, "controlled", NOON_MS + YEAR_MS + HOUR_MS, branch=VILLAGE)
    activated(store, "open", NOON_MS)

    for now_ms in (NOON_MS + 10, NOON_MS + 2 * YEAR_MS):
        assert at_gates(store, now_ms) == in_console(store, now_ms) == "open"
        assert at_gates(store, now_ms, VILLAGE) == in_console(store, now_ms, VILLAGE) == "controlled"


def test_what_is_planned_for_tonight_does_not_outdate_what_a_clock_ahead_brought_into_force(
    store: SqlStore,
) -> None:
    activated(store, "open", NOON_MS - DAY_MS)
    activated(store, "sealed", NOON_MS + YEAR_MS)
    activated(store, "precaution", NOON_MS, at_ms=NOON_MS + HOUR_MS)

    assert at_gates(store, NOON_MS + 10) == "sealed"
    assert at_gates(store, NOON_MS + HOUR_MS + 10) == "precaution"
    assert at_gates(store, NOON_MS + 2 * YEAR_MS) == "precaution"


def test_a_date_that_was_typed_while_the_clock_was_ahead_stays_and_what_held_before_comes_back_until_then(
    store: SqlStore,
) -> None:
    activated(store, "open", NOON_MS - DAY_MS)
    activated(store, "sealed", NOON_MS + YEAR_MS, at_ms=NOON_MS + YEAR_MS + HOUR_MS)
    activated(store, "controlled", NOON_MS + YEAR_MS + 2 * HOUR_MS, branch=VILLAGE)  # its gates are told anew
    assert at_gates(store, NOON_MS + 1000) is None

    greeted(store, NOON_MS)
    assert store.policies.set_right(NOON_MS)

    assert at_gates(store, NOON_MS + 1000) == in_console(store, NOON_MS + 1000) == "open"
    assert at_gates(store, NOON_MS + YEAR_MS + HOUR_MS + 10) == "sealed"


@pytest.mark.parametrize("offset_ms", [None, -YEAR_MS])
def test_a_center_whose_own_clock_began_anew_in_another_year_dates_nothing_back(
    store: SqlStore, offset_ms: int | None
) -> None:
    """After a dead battery; no gate was there yet, or all say that it is the center."""
    activated(store, "sealed", NOON_MS)
    years_ago = NOON_MS - YEAR_MS
    if offset_ms is not None:
        greeted(store, years_ago, offset_ms)
    before = store.policies.activations()

    assert not store.policies.set_right(years_ago)
    assert store.policies.activations() == before


def test_what_was_taken_back_under_a_clock_ahead_does_not_come_back_with_the_right_time(
    store: SqlStore,
) -> None:
    policies: Policies = store.policies
    activated(store, "open", NOON_MS - DAY_MS)
    ahead_ms = NOON_MS + YEAR_MS
    activated(store, "sealed", ahead_ms, at_ms=ahead_ms + HOUR_MS)
    (coming,) = [one for one in policies.activations() if one.at_ms > ahead_ms]
    policies.cancel(coming, ahead_ms + 1, Note(ahead_ms + 1, "admin", "取消了还没生效的规则"))

    greeted(store, NOON_MS)
    policies.set_right(NOON_MS)

    assert at_gates(store, NOON_MS + 2 * YEAR_MS) == "open"


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_was_planned_and_came_and_was_replaced_does_not_come_back_at_its_date(
    store: SqlStore, *, by_hand: bool
) -> None:
    """Relaxed for a day by the clock that was ahead, then sealed by it; the date stood for next year."""
    ahead_ms = NOON_MS + YEAR_MS
    activated(store, "open", ahead_ms, at_ms=ahead_ms + HOUR_MS)
    activated(store, "sealed", ahead_ms + 2 * HOUR_MS)
    if by_hand:
        activated(store, "controlled", NOON_MS)
    else:
        greeted(store, NOON_MS)
        assert store.policies.set_right(NOON_MS)

    holds = "controlled" if by_hand else "sealed"
    for now_ms in (NOON_MS + 10, NOON_MS + 2 * YEAR_MS):
        assert at_gates(store, now_ms) == in_console(store, now_ms) == holds


def test_a_sealed_compound_is_not_opened_when_the_clock_of_a_center_that_began_anew_is_right_again(
    store: SqlStore,
) -> None:
    """Its battery was empty. An admin chose something in one compound meanwhile."""
    activated(store, "open", NOON_MS - DAY_MS, at_ms=NOON_MS - HOUR_MS)
    activated(store, "sealed", NOON_MS)
    activated(store, "controlled", NOON_MS - 3 * YEAR_MS, branch=VILLAGE)

    assert at_gates(store, NOON_MS + 10) == in_console(store, NOON_MS + 10) == "sealed"
