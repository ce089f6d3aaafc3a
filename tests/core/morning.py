"""A made-up morning at a gate: entries as the journal would hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from station.core.decision import decide
from station.core.entry import Entry, from_passage
from station.core.facts import Fact, FactKind
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Direction,
    Instrument,
    Passage,
    Site,
    Temperature,
    Trust,
)
from station.core.policy import Policy
from tests.core.crowd import NOW
from tests.core.rulebook import RULES

OPEN = RULES["平时"]
TOKEN = Credential(CodeKind.REGIONAL, Trust.RECOGNISED, CodeStatus.CANNOT_CHECK)


def passage(
    number: int,
    person: str | None,
    minutes: float,
    *facts: Fact,
    way: Direction = Direction.IN,
    policy: Policy = OPEN,
    degrees: float = 36.5,
    amends: int | None = None,
) -> Entry:
    """Somebody passes so many minutes after (or before) half past four."""
    at = NOW + timedelta(minutes=minutes)
    taken = Temperature(degrees, degrees, Site.BODY, None, Instrument("t", "f"), "raw/1", (degrees,), 1.0)
    one = Passage(Claim("key", 0.0, TOKEN, person), taken, Closing.PAIRED, direction=way)
    known: Sequence[Fact] = (known_as("resident"), *facts) if person else facts
    return from_passage(
        one, tuple(known), decide(one, known, policy, at), id=entry_id(number), at=at, mono=1.0, boot="b",
        lane="1", direction=way, policy=policy.label, emulated=False, policy_digest=policy.digest,
        amends=None if amends is None else entry_id(amends),
    )  # fmt: skip


def entry_id(number: int) -> bytes:
    return number.to_bytes(16, "big")


def known_as(category: str) -> Fact:
    return Fact(FactKind.IDENTITY, category, NOW - timedelta(days=90), "roster")


def colour(value: str, at: datetime = NOW) -> Fact:
    return Fact(FactKind.COLOUR, value, at, "center")
