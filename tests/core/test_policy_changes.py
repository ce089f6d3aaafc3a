"""Who changed what: the values that differ, and nothing else."""

from __future__ import annotations

import pytest

from station.core.policy import PolicyError
from station.core.policy_changes import ValueChange, changes
from station.core.policy_edit import with_value
from tests.core.rulebook import POLICIES

OPEN = (POLICIES / "open.toml").read_text("utf-8")


def test_comments_and_order_are_no_change() -> None:
    assert changes(OPEN, OPEN.replace("# own judgement", "# somebody else's")) == ()
    assert changes("a = 1\nb = 2\n", "b = 2\na = 1\n") == ()


def test_a_value_an_exception_and_what_was_taken_away_are_listed() -> None:
    draft = with_value(with_value(OPEN, "version", 4), "category.courier.in.test.everyone_hours", 24)
    draft = draft.replace('unknown = "recheck" # nobody here knows this person\n', "")
    assert changes(OPEN, draft) == (
        ValueChange("category.courier.in.test.everyone_hours", None, 24),
        ValueChange("identity.unknown", "recheck", None),
        ValueChange("version", 3, 4),
    )


def test_a_text_that_is_no_toml_is_told() -> None:
    with pytest.raises(PolicyError):
        changes(OPEN, "[")
