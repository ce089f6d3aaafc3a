"""Outcomes as the lane tells them, one for each situation at the gate. The people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from station.core import entry as entries
from station.core.asking import Answer, Asked, Question
from station.core.entry import StoredEntry
from station.core.instrument_record import FindingCode
from station.core.instrument_watch import Finding
from station.core.measurability import ADVICE
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
    Obstacle,
    Passage,
    Reason,
    ReasonCode,
    Severity,
    Site,
    Temperature,
    ThermalView,
    Trust,
    View,
)
from station.core.outcome import (
    Corrected,
    NotMeasured,
    PersonLine,
    Phase,
    RecheckLine,
    RecheckList,
    Recorded,
    Waiting,
)
from station.core.override import Override, OverrideProblem, Role
from station.core.recheck import Ask

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
        self.refusal: OverrideProblem | None = None

    def no_code(self, vouch: object, person_id: str | None = None, brought_by: str | None = None) -> None:
        self.made.append(("no_code", vouch, person_id, *filter(None, (brought_by,))))

    def temperature_by_hand(self, value_c: float | None, *, clinical: bool = False) -> None:
        self.made.append(("clinical" if clinical else "temperature", value_c))

    def recheck_by_hand(self, key: str, value_c: float, *, clinical: bool = False) -> None:
        self.made.append(("recheck", key, value_c, clinical))

    def measure_staff(self) -> None:
        self.made.append(("staff",))

    def hold(self) -> None:
        self.held += 1

    def answered(self, answers: Sequence[Answer]) -> bool:
        self.made.append(("answered", *((one.question, one.value, one.hours) for one in answers)))
        return True

    def correct(self, wish: Override) -> OverrideProblem | None:
        self.made.append(("correct", wish))
        return self.refusal

    def switch_codes(self, by: str, why: str, *, down: bool) -> str | None:
        self.made.append(("switch_codes", down))
        return None

    def turn(self, direction: Direction) -> None:
        self.made.append(("turn", direction))

    def start_over(self) -> None:
        self.made.append(("start_over",))


GUARD = "1001"


def role_of(number: str) -> Role | None:
    """One guard works here."""
    return Role.GUARD if number == GUARD else None


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
    limit_c: float | None = None,
    asks: tuple[Asked, ...] = (),
    at: datetime = NOW,
) -> Recorded:
    """One passage with these reasons, on disk."""
    decision = Decision(tuple(Reason(*reason) for reason in reasons))
    credential = Credential(kind, Trust.VERIFIED, code) if code else None
    reading = replace(temperature(degrees), limit_c=limit_c) if degrees else None
    passage = Passage(Claim("key", 1000.0, credential), reading, Closing.PAIRED)
    entry = entries.from_passage(
        passage, facts, decision, id=number.to_bytes(16, "big"), at=at.astimezone(UTC), mono=1000.0,
        boot="b", lane="1", direction=direction, policy="open/1", emulated=emulated,
    )  # fmt: skip
    return Recorded(StoredEntry(number, bytes(32), entry), decision, person, asks)


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


def confirmed(**changes: Any) -> Recorded:
    """Measured too high for the third time."""
    state = Fact(FactKind.RECHECK, "confirmed", NOW.astimezone(UTC), "journal")
    return recorded(
        (Severity.STOP, ReasonCode.RECHECK_CONFIRMED),
        (Severity.RECHECK, ReasonCode.TEMPERATURE_HIGH),
        **{"degrees": 38.1, "facts": (colour("green"), state), **changes},
    )


def stranger(**changes: Any) -> Recorded:
    """A code that nobody here can check, of somebody who is not in the list."""
    return recorded(
        (Severity.RECHECK, ReasonCode.CODE_CANNOT_CHECK),
        (Severity.RECHECK, ReasonCode.PERSON_UNKNOWN),
        (Severity.PASS, ReasonCode.TEMPERATURE_NORMAL),
        **{"person": None, "code": CodeStatus.CANNOT_CHECK, "kind": CodeKind.REGIONAL, **changes},
    )


def no_test(**changes: Any) -> Recorded:
    """All is well, but nobody knows of a test."""
    return recorded(
        (Severity.RECHECK, ReasonCode.TEST_MISSING),
        (Severity.PASS, ReasonCode.PERSON_KNOWN),
        **{"asks": (Asked(Question.TEST, 48.0),), **changes},
    )


def nothing_asked_yet(**changes: Any) -> Recorded:
    """In a controlled zone, of somebody of whom only the name is known."""
    return recorded(
        (Severity.RECHECK, ReasonCode.COLOUR_MISSING),
        (Severity.RECHECK, ReasonCode.TEST_MISSING),
        (Severity.RECHECK, ReasonCode.TRAVEL_NOT_ASKED),
        **{
            "asks": (Asked(Question.COLOUR), Asked(Question.TEST, 24.0), Asked(Question.TRAVEL)),
            **changes,
        },
    )


def brought(at: float = 1000.0) -> Waiting:
    """A child waits for its own temperature beside its mother."""
    child = PersonLine("王*明", "1-2-201")
    return Waiting(Phase.NEEDS_TEMPERATURE, at, at + 10.0, person=child)


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


def one_who_waits(
    minutes_ago: float = 1.0,
    person: PersonLine | None = ZHANG,
    *,
    key: str = "key",
    highs: int = 1,
    last_c: float = 37.8,
) -> RecheckLine:
    """Somebody who was measured too high so many minutes ago."""
    since = (NOW - timedelta(minutes=minutes_ago)).astimezone(UTC)
    return RecheckLine(
        key=key,
        person=person,
        since=since,
        due=since + timedelta(minutes=3),
        overdue=since + timedelta(minutes=5),
        last_c=last_c,
        highs=highs,
        ask=Ask.OTHER if highs == 1 else Ask.CLINICAL,
    )


def who_wait(count: int = 3) -> RecheckList:
    """People at each stage: past their time, without a code and due, waiting."""
    wang = PersonLine("王*英", "1-1-101")
    lines = (
        one_who_waits(7.0, key="one", highs=2, last_c=38.1),
        one_who_waits(3.5, None, key="hand:0123"),
        one_who_waits(1.2, wang, key="three", last_c=37.4),
        *(one_who_waits(1.0, wang, key=f"more {number}") for number in range(count - 3)),
    )
    return RecheckList(lines[:count])


def finding(
    code: FindingCode = FindingCode.STUCK, figures: tuple[float, ...] = (36.2, 12.0), name: str = "测温仪"
) -> Finding:
    """An instrument that looks false."""
    other = Instrument("second", "gy-mcu90614") if code is FindingCode.DISAGREEMENT else None
    return Finding(Instrument(name, "gy-mcu90614"), code, figures, 1000.0, other=other)


FIGURES: dict[FindingCode, tuple[float, ...]] = {
    FindingCode.STUCK: (36.21, 12.4),
    FindingCode.SILENT: (7.0,),
    FindingCode.CROWDED: (0.82, 36.3, 36.6),
    FindingCode.ALWAYS_36: (0.98,),
    FindingCode.MADE_UP_DIGITS: (51.0,),
    FindingCode.HOLE_BELOW_FEVER: (0.0, 14.2),
    FindingCode.SAGGING: (0.62,),
    FindingCode.DRIFT: (-0.74,),
    FindingCode.DISAGREEMENT: (0.83,),
}


def not_measured(obstacle: Obstacle = Obstacle.COLD_SKIN) -> NotMeasured:
    return NotMeasured(obstacle, ADVICE[obstacle], replace(temperature(33.1), obstacle=obstacle))


def status(
    kind: DeviceKind,
    state: DeviceState = DeviceState.WORKING,
    *,
    emulated: bool = False,
    name: str = "测温仪",
) -> DeviceStatus:
    return DeviceStatus(kind, state, name, emulated)


def warmth(face: tuple[int, int, int, int] | None = (10, 5, 11, 14)) -> ThermalView:
    """Somebody before the picture sensor."""
    rows, columns = np.mgrid[0:24, 0:32]
    near = np.exp(-(((columns - 15.5) / 5.5) ** 2 + ((rows - 12) / 7.0) ** 2))
    return ThermalView(32, 24, (255 * near).astype(np.uint8).tobytes(), (15, 12), face, "thermal")


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
