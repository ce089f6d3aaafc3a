"""Entries as a gate makes them, for the tests of the journal."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from station.core.entry import Entry, ReasonPart, TemperaturePart, to_ms
from station.core.model import Direction, Severity
from station.journal.entries import Journal

NOON = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)


def open_journal(folder: Path, machine: str = "the gate's PC") -> Journal:
    return Journal.open(folder, now=lambda: NOON, fingerprint=lambda journal: machine)


def passage(
    severity: Severity = Severity.PASS, *, at: datetime = NOON, direction: Direction = Direction.IN
) -> Entry:
    """A resident with a normal temperature, whatever was decided."""
    return Entry(
        id=secrets.token_bytes(16),
        at_ms=to_ms(at),
        mono_ms=1000,
        boot="boot-1",
        lane="1",
        direction=direction.value,
        severity=severity,
        reasons=(ReasonPart("temperature_normal", severity),),
        closing="paired",
        temperature=TemperaturePart(36.1, 36.5, "forehead", 21.0, "COM3", "gy-mcu90614", "r1", (36.0, 36.1)),
        policy="open 1",
    )


def correction(of: Entry, severity: Severity, *, at: datetime = NOON) -> Entry:
    """The volunteer says afterwards what was right."""
    return Entry(
        id=secrets.token_bytes(16),
        at_ms=to_ms(at),
        mono_ms=2000,
        boot="boot-1",
        lane="1",
        direction=of.direction,
        severity=severity,
        reasons=(ReasonPart("corrected_by_operator", severity),),
        closing="by_hand",
        policy=of.policy,
        amends=of.id,
    )
