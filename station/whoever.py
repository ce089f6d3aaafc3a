"""Who somebody is, in the few words of a list: of either roster, or a visitor who was taken down."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.core.visit import short
from station.journal.masking import mask_name
from station.journal.presence import Presence
from station.ui import visit_words


@dataclass(frozen=True, slots=True)
class Whoever:
    """A visitor who gave no name is called by what they came for."""

    name: str = field(repr=False)
    masked: str = field(repr=False)
    dwelling: str = field(repr=False)  # of a visitor: the host's
    phone: str = field(repr=False)


def whoever(presence: Presence, subject: str | None) -> Whoever | None:
    """None for whom nobody knows. Raises JournalError, VaultError."""
    if not subject:
        return None
    if visit := presence.visit_of(subject):
        said = visit_words.purpose(visit.purpose)
        masked = mask_name(visit.name) if visit.name else said
        return Whoever(visit.name or said, masked, visit.house, visit.phone)
    if person := presence.person_of(subject):
        phone, nameless = person.phones[0] if person.phones else "", short(subject)  # their row is damaged
        return Whoever(person.name or nameless, mask_name(person.name) or nameless, person.dwelling, phone)
    return None
