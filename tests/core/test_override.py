"""A verdict is changed by hand: who may, and what is on record of it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from station.core.entry import StoredEntry, decode, encode, to_json
from station.core.override import (
    Override,
    OverrideError,
    OverrideProblem,
    OverrideReason,
    Role,
    count_overrides,
    may_override,
    override,
)
from station.core.reasons import Severity
from tests.core.crowd import NOW
from tests.core.test_explain import ENTRY

PASS, RECHECK, STOP = Severity.PASS, Severity.RECHECK, Severity.STOP
STORED = StoredEntry(7, bytes(32), ENTRY)
LI = Override(RECHECK, OverrideReason.EMERGENCY, "李阿姨", Role.VOLUNTEER, note="羊水破了")


def amended(wish: Override, before: Severity = STOP) -> StoredEntry:
    entry = override(STORED, before, wish, id=b"a" * 16, at=NOW, mono=2.0, boot="b")
    return StoredEntry(8, bytes(32), decode(encode(entry)))


@pytest.mark.parametrize(
    ("role", "before", "after", "allowed"),
    [
        (Role.VOLUNTEER, STOP, RECHECK, True),
        (Role.VOLUNTEER, STOP, PASS, False),
        (Role.VOLUNTEER, RECHECK, PASS, False),
        (Role.VOLUNTEER, PASS, RECHECK, True),
        (Role.VOLUNTEER, PASS, STOP, True),
        (Role.GUARD, STOP, PASS, True),
        (Role.GUARD, RECHECK, PASS, True),
        (Role.ADMIN, STOP, PASS, True),
        (Role.ADMIN, PASS, STOP, True),
        (Role.ADMIN, STOP, STOP, False),
    ],
)
def test_who_may_do_what(role: Role, before: Severity, after: Severity, allowed: bool) -> None:
    assert may_override(role, before, after) is allowed


def test_anybody_may_be_more_careful() -> None:
    for role, before, after in itertools.product(Role, Severity, Severity):
        assert may_override(role, before, after) or after <= before


def test_reason_role_and_name_are_on_record_and_the_note_is_not() -> None:
    entry = amended(LI).entry
    assert (entry.amends, entry.decision, entry.operator) == (ENTRY.id, RECHECK, "李阿姨")
    assert (entry.override, entry.role) == ("emergency", "volunteer")
    assert "羊水" not in repr(LI)
    assert "羊水".encode() not in encode(entry)
    assert to_json(amended(LI))["override"] == "emergency"


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        (replace(LI, to=PASS), OverrideProblem.NOT_ALLOWED),
        (replace(LI, to=STOP), OverrideProblem.NOTHING_CHANGES),
        (replace(LI, operator=" "), OverrideProblem.NO_NAME),
        (replace(LI, reason=OverrideReason.OTHER, note=" "), OverrideProblem.NO_NOTE),
    ],
)
def test_what_is_not_recorded(wish: Override, problem: OverrideProblem) -> None:
    with pytest.raises(OverrideError) as raised:
        amended(wish)
    assert raised.value.problem is problem


def test_a_reason_of_the_list_needs_no_note() -> None:
    assert amended(replace(LI, note="")).entry.override == "emergency"


def test_overrides_are_counted() -> None:
    guard = replace(LI, to=PASS, role=Role.GUARD, operator="王师傅")
    entries = [amended(wish).entry for wish in (LI, LI, guard)]
    assert count_overrides([ENTRY, *entries]) == {
        ("李阿姨", "emergency", RECHECK): 2,
        ("王师傅", "emergency", PASS): 1,
    }
