"""Outcomes as the lane tells them, one for each situation at the gate. The people are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from station.core import entry as entries
from station.core.entry import StoredEntry
from station.core.model import (
    Claim,
    Closing,
    CodeKind,
    CodeStatus,
    Credential,
    Decision,
    DeviceKind,
    DeviceState,
    DeviceStatus,
    Direction,
    Fact,
    FactKind,
    Found,
    Instrument,
    Passage,
    Reason,
    ReasonCode,
    Severity,
    Site,
    Temperature,
    Trust,
    View,
)
from station.core.outcome import Corrected, PersonLine, Phase, Recorded, Waiting

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2022, 4, 16, 10, 24, tzinfo=ZONE)
ZHANG = PersonLine("张*强", "3-2-501")
STAND = Instrument("测温仪", "gy-mcu90614")
BY_HAND = Instrument("by-hand", "by-hand")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.monotonic_s = 1000.0
        self.wall = NOW

    def monotonic(self) -> float:
        return self.monotonic_s

    def now(self) -> datetime:
        return self.wall

    def advance(self, seconds: float) -> None:
        self.monotonic_s += seconds
        self.wall += timedelta(seconds=seconds)


class Wishes:
    """`Actions` that remember what was asked of the lane."""

    def __init__(self) -> None:
        self.made: list[tuple[object, ...]] = []
        self.held = 0

    def no_code(self, vouch: object) -> None:
        self.made.append(("no_code", vouch))

    def temperature_by_hand(self, value_c: float | None) -> None:
        self.made.append(("temperature", value_c))

    def hold(self) -> None:
        self.held += 1

    def colour_seen(self, colour: str) -> None:
        self.made.append(("colour", colour))

    def correct(self, severity: Severity) -> None:
        self.made.append(("correct", severity))

    def start_over(self) -> None:
        self.made.append(("start_over",))


def temperature(value_c: float, *, at: float = 1000.0, instrument: Instrument = STAND) -> Temperature:
    return Temperature(value_c, value_c, Site.FOREHEAD, 18.0, instrument, "plateau-1", (value_c,), at)


def colour(value: str, hours_old: float = 2.2) -> Fact:
    return Fact(FactKind.COLOUR, value, (NOW - timedelta(hours=hours_old)).astimezone(UTC), "center")


def recorded(
    *reasons: tuple[Severity, ReasonCode],
    degrees: float | None = 36.5,
    person: PersonLine | None = ZHANG,
    facts: tuple[Fact, ...] = (),
    code: CodeStatus | None = CodeStatus.VALID,
    kind: CodeKind = CodeKind.GATE_PASS,
    emulated: bool = False,
    direction: Direction = Direction.IN,
    number: int = 328,
) -> Recorded:
    """One passage with these reasons, on disk."""
    decision = Decision(tuple(Reason(*reason) for reason in reasons))
    credential = Credential(kind, Trust.VERIFIED, code) if code else None
    passage = Passage(
        Claim("key", 1000.0, credential), temperature(degrees) if degrees else None, Closing.PAIRED
    )
    entry = entries.from_passage(
        passage, facts, decision, id=number.to_bytes(16, "big"), at=NOW.astimezone(UTC), mono=1000.0,
        boot="b", lane="1", direction=direction, policy="open/1", emulated=emulated,
    )  # fmt: skip
    return Recorded(StoredEntry(number, bytes(32), entry), decision, person)


def passed(**changes: Any) -> Recorded:
    """张*强 comes home."""
    return recorded(
        (Severity.PASS, ReasonCode.PERSON_KNOWN),
        (Severity.PASS, ReasonCode.COLOUR_GREEN),
        (Severity.PASS, ReasonCode.TEMPERATURE_NORMAL),
        **{"facts": (colour("green"),), **changes},
    )


def fever(**changes: Any) -> Recorded:
    return recorded(
        (Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH),
        (Severity.PASS, ReasonCode.PERSON_KNOWN),
        **{"degrees": 37.8, "facts": (colour("green"),), **changes},
    )


def stranger(**changes: Any) -> Recorded:
    """A code that nobody here can check, of somebody who is not in the list."""
    return recorded(
        (Severity.RECHECK, ReasonCode.CODE_CANNOT_CHECK),
        (Severity.RECHECK, ReasonCode.PERSON_UNKNOWN),
        (Severity.PASS, ReasonCode.TEMPERATURE_NORMAL),
        **{"person": None, "code": CodeStatus.CANNOT_CHECK, "kind": CodeKind.REGIONAL, **changes},
    )


def no_temperature(**changes: Any) -> Recorded:
    return recorded((Severity.RECHECK, ReasonCode.TEMPERATURE_MISSING), **{"degrees": None, **changes})


def red(**changes: Any) -> Recorded:
    return recorded(
        (Severity.STOP, ReasonCode.COLOUR_RED),
        **{"facts": (colour("red", 3.0),), "degrees": None, **changes},
    )


def correction(of: Recorded, severity: Severity) -> Corrected:
    amendment = entries.amendment(
        of.stored, severity, id=b"a" * 16, at=NOW.astimezone(UTC), mono=1010.0, boot="b"
    )
    return Corrected(StoredEntry(of.stored.number + 1, bytes(32), amendment), of.decision.severity, of.person)


def needs_temperature(at: float = 1000.0) -> Waiting:
    return Waiting(Phase.NEEDS_TEMPERATURE, at, at + 10.0)


def needs_code(at: float = 1000.0) -> Waiting:
    return Waiting(Phase.NEEDS_CODE, at, at + 10.0, temperature(36.4, at=at))


def one_by_one(at: float = 1000.0) -> Waiting:
    return Waiting(Phase.ONE_BY_ONE, at, at + 10.0)


def status(
    kind: DeviceKind, state: DeviceState = DeviceState.WORKING, *, emulated: bool = False
) -> DeviceStatus:
    return DeviceStatus(kind, state, "测温仪", emulated)


def view(
    *,
    brightness: float = 130.0,
    found: tuple[Found, ...] = (),
    crowded: bool = False,
    too_small: bool = False,
) -> View:
    """A grey picture."""
    pixels = np.full((72, 128, 3), 128, np.uint8)
    return View(memoryview(pixels).cast("B"), 128, 72, found, brightness, crowded, too_small)
