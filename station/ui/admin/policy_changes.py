"""What differs between two policies, value by value, with what overrides them for some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from station.core.model import Direction
from station.core.policy import Policy
from station.core.policy_form import FieldKind, FormField, Place, fields
from station.core.rules import Rules

_FIELDS = fields()


@dataclass(frozen=True, slots=True)
class Change:
    """One value at one place."""

    place: Place
    field: FormField
    before: object
    after: object


def changes(before: Policy, after: Policy) -> list[Change]:
    """For everybody first; then, for some, only what is not the same change again."""
    found = list(_between(Place(), before, after))
    told = {way: {_what(one) for one in found} for way in Direction}
    for place in _places(before, after):
        theirs = _between(place, rules_at(before, place), rules_at(after, place))
        way = place.direction or Direction.IN
        new = [one for one in theirs if _what(one) not in told[way]]
        if not place.category:
            told[way] |= {_what(one) for one in new}
        found += new
    return _joined(found)


def overrides(policy: Policy) -> list[Change]:
    """What holds for some only; `before` is what holds for all others who go that way."""
    pairs = ((place, Place("", place.direction) if place.category else Place()) for place in _places(policy))
    found = [
        one
        for place, others in pairs
        for one in _between(place, rules_at(policy, others), rules_at(policy, place))
    ]
    return _joined(found)


def _what(change: Change) -> tuple[str, str, str]:
    return change.field.path, repr(change.before), repr(change.after)


def rules_at(policy: Policy, place: Place) -> Rules:
    """What holds at a place; a category without a direction is looked at on its way in."""
    if not place.category and place.direction is None:
        return policy
    return policy.rules_for(place.category, place.direction or Direction.IN)


def _between(place: Place, before: Rules, after: Rules) -> Iterator[Change]:
    for field in _FIELDS:
        was, is_now = _at(before, field.path), _at(after, field.path)
        if field.kind is FieldKind.HOURS_BY_NAME and isinstance(was, dict) and isinstance(is_now, dict):
            yield from _by_name(place, field, was, is_now)
        elif was != is_now:
            yield Change(place, field, was, is_now)


def _at(rules: Rules, path: str) -> object:
    """As `policy_form.value_of`, which is too slow for all fields of all sorts of people at each key."""
    value: object = rules
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
    return value


def _by_name(
    place: Place, table: FormField, before: dict[str, object], after: dict[str, object]
) -> Iterator[Change]:
    """One change for each name of a table that differs; None: it is not named."""
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            field = FormField(f"{table.path}.{name}", FieldKind.NUMBER, table.unit, above=0)
            yield Change(place, field, before.get(name), after.get(name))


def _places(*policies: Policy) -> list[Place]:
    keys = {key for policy in policies for key in policy.variants}
    split = sorted(key.partition("/") for key in keys)
    return [Place(category, Direction(way)) for category, _, way in split]


def _joined(found: list[Change]) -> list[Change]:
    """What is the same for a category both ways is said once, without the way."""
    ways: dict[tuple[str, tuple[str, str, str]], list[Change]] = {}
    for one in found:
        ways.setdefault((one.place.category, _what(one)), []).append(one)
    joined: list[Change] = []
    for those in ways.values():
        first = those[0]
        if first.place.category and len(those) == len(Direction):
            joined.append(replace(first, place=Place(first.place.category)))
        else:
            joined += those
    return joined
