"""The admin's form: every value of a policy has a field, and every field a value."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from station.core.model import Direction
from station.core.policy_form import FieldKind, Place, Unit, fields, value_of
from tests.core.rulebook import POLICIES, RULES

FIELDS = {field.path: field for field in fields()}
OPEN = tomllib.loads((POLICIES / "open.toml").read_text("utf-8"))
HEADER = {"name", "version", "grades", "utc_offset_hours"}


def leaves(table: dict[str, Any], path: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and f"{path}{name}" != "test.hours":
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def test_every_value_of_a_shipped_policy_is_in_the_form() -> None:
    base = {name: value for name, value in OPEN.items() if name not in {"out", "category"}}
    assert set(leaves(base)) - HEADER <= set(FIELDS)


def test_fields_say_kind_unit_and_limits() -> None:
    body, share = FIELDS["temperature.limit_c.body"], FIELDS["occupancy.warn_share"]
    assert (body.kind, body.unit, body.minimum, body.maximum) == (FieldKind.NUMBER, Unit.CELSIUS, 0, 60)
    assert (share.unit, share.above, share.maximum) == (Unit.SHARE, 0, 1)
    assert FIELDS["outing.days"].unit is Unit.DAYS
    assert FIELDS["outing.hours"].unit is Unit.HOURS
    assert FIELDS["curfew.begins"].kind is FieldKind.TIME
    assert FIELDS["test.hours"].kind is FieldKind.HOURS_BY_NAME
    assert FIELDS["isolation.returning"].kind is FieldKind.VERDICT
    assert FIELDS["identity.at_home"].kind is FieldKind.WORDS
    assert FIELDS["isolation.returning"].section == "isolation"


def test_a_form_is_filled_with_what_holds() -> None:
    rules = RULES["平时"].rules_for("courier", Direction.IN)
    assert value_of(rules, "temperature.measured_minutes") == 120
    assert value_of(rules, "test.hours")["courier"] == 48
    assert value_of(rules, "temperature.baseline.allowed_c") == 0.8


def test_places_are_spelled_as_in_the_file() -> None:
    assert Place().prefix == ""
    assert Place(direction=Direction.OUT).prefix == "out."
    assert Place("courier").prefix == "category.courier."
    assert Place("courier", Direction.IN).prefix == "category.courier.in."
