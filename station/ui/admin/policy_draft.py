"""A draft of a policy while it is edited: text and meaning always fit together. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable

from station.core.policy import Policy, PolicyError, kept_policy, parse_policy
from station.core.policy_edit import Value, with_value
from station.core.policy_form import FieldKind, FormField, Place, fields, value_of
from station.ui.admin.policy_changes import Change, changes, rules_at


class Draft:
    """Begun from a text that is a policy."""

    def __init__(self, text: str, in_force: Policy) -> None:
        """Raises PolicyError."""
        self.text, self.policy = text, kept_policy(text)
        self._in_force = in_force

    @property
    def changes(self) -> list[Change]:
        """Against the policy in force, with codes or without."""
        return changes(self._in_force, self.policy)

    def value(self, place: Place, field: FormField) -> object:
        return value_of(rules_at(self.policy, place), field.path)

    def value_in_force(self, place: Place, field: FormField) -> object:
        return value_of(rules_at(self._in_force, place), field.path)

    def set(self, place: Place, field: FormField, value: Value) -> None:
        """Write one value. Raises PolicyError or PolicyEditError, and then nothing is changed."""
        text = with_value(self.text, place.prefix + field.path, value)
        self.policy, self.text = self._edited(text), text

    def _edited(self, text: str) -> Policy:
        """One that lay here and would be refused today is mended value by value; activation is strict."""
        try:
            parse_policy(self.text, draft=True)
        except PolicyError:
            return kept_policy(text)
        return parse_policy(text, draft=True)

    def numbered(self, known: Iterable[Policy]) -> str:
        """The text, with the next free version if it is not one of those: no two have the same label.

        Raises PolicyEditError.
        """
        namesakes = [policy for policy in known if policy.name == self.policy.name]
        newest = max((policy.version for policy in namesakes), default=0)
        if newest < self.policy.version or self.policy.digest in {policy.digest for policy in namesakes}:
            return self.text
        return with_value(self.text, "version", newest + 1)


def rows(policy_section: str, draft: Draft, place: Place) -> list[FormField]:
    """The fields of a section, one for each named occupation too. A part that is left out is not offered."""
    found: list[FormField] = []
    for field in fields():
        if field.section != policy_section:
            continue
        value = draft.value(place, field)
        if field.kind is FieldKind.HOURS_BY_NAME and isinstance(value, dict):
            found += [
                FormField(f"{field.path}.{name}", FieldKind.NUMBER, field.unit, above=0) for name in value
            ]
        elif value is not None or field.kind is FieldKind.TIME:
            found.append(field)
    return found
