"""What the verdict panel shows, as a value, built from outcomes and nothing else. No painting here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from station.core.entry import Entry
from station.core.model import Decision, DeviceKind, DeviceState, Reason, ReasonCode, Severity
from station.core.outcome import Corrected, NotStored, PersonLine, Phase, Recorded, Repeated, Waiting
from station.ui import ages, words
from station.ui.theme import Look

# How long a verdict stays if nothing follows. A PASS needs no reading. A RECHECK is read and said to the
# person while the queue waits; a STOP is followed by a telephone call, with the next step still in sight.
BEHIND_NAME = " · "  # and then the home: a name that is too long gets shorter, not the room's number
HOLD_S = {Severity.PASS: 3.0, Severity.RECHECK: 8.0, Severity.STOP: 15.0}

# What protects the volunteer is said first; what a PASS would otherwise hide, before its plain reasons.
_LEADING = (
    ReasonCode.SIGN_IN_FIRST,
    ReasonCode.RECORD_CHANGED,
    ReasonCode.COLOUR_RED,
    ReasonCode.ISOLATED_LEAVING,
    ReasonCode.ISOLATED_ENTERING,
    ReasonCode.ISOLATED_RETURNING,
    ReasonCode.CONTACT_LEAVING,
    ReasonCode.CONTACT_ENTERING,
    ReasonCode.CONTACT_RETURNING,
    ReasonCode.TEST_POSITIVE,
    ReasonCode.RECHECK_CONFIRMED,
    ReasonCode.RECHECK_TOO_EARLY,
    ReasonCode.TEMPERATURE_HIGH,
    ReasonCode.RECHECK_CLEARED,
    ReasonCode.CODE_SYSTEM_DOWN,
    ReasonCode.PERSON_EXPECTED,
    ReasonCode.BLOCKED,
    ReasonCode.OCCUPANCY_NEARLY_FULL,
    ReasonCode.TEMPERATURE_MEASURED_BEFORE,
    ReasonCode.SAME_WAY_AGAIN,
)
_IMPLIED = {ReasonCode.CODE_VALID, ReasonCode.PERSON_KNOWN}  # the name beside them says as much
_SHOWN_REASONS = 2


class Shape(StrEnum):
    """The pictogram over the words; verdicts are told apart without colour."""

    TICK = "tick"
    TRIANGLE = "triangle"
    OCTAGON = "octagon"
    PHONE = "phone"
    THERMOMETER = "thermometer"
    TWO_PEOPLE = "two_people"
    NOTEBOOK = "notebook"
    HOURGLASS = "hourglass"


VERDICT_SHAPES = {Severity.PASS: Shape.TICK, Severity.RECHECK: Shape.TRIANGLE, Severity.STOP: Shape.OCTAGON}
VERDICT_LOOKS = {Severity.PASS: Look.PASS, Severity.RECHECK: Look.RECHECK, Severity.STOP: Look.STOP}
_PHASE_SHAPES = {
    Phase.IDLE: Shape.PHONE,
    Phase.NEEDS_CODE: Shape.PHONE,
    Phase.NEEDS_TEMPERATURE: Shape.THERMOMETER,
    Phase.ONE_BY_ONE: Shape.TWO_PEOPLE,
}


@dataclass(frozen=True, slots=True)
class Face:
    """One message to the resident at two metres and to the volunteer. Times are monotonic seconds."""

    look: Look
    shape: Shape
    headline: words.Headline
    reason: str = ""
    step: str = ""
    person: str = field(default="", repr=False)  # masked, yet personal
    since: float = 0.0
    until: float | None = None  # None: stays until something else happens
    resident: str = ""  # what to say to the person in front

    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        return ", ".join(part for part in (self.headline.text, self.person, self.reason, self.step) if part)


def verdict(outcome: Recorded | Repeated, *, at: float, now: datetime) -> Face:
    """A decision that is on disk. `at` is monotonic, `now` the gate's wall time."""
    entry, decision = outcome.stored.entry, outcome.decision
    codes = _codes(decision, known=outcome.person is not None)
    sentences = [_sentence(code, entry, now) for code in codes[:_SHOWN_REASONS]]
    passed = decision.severity is Severity.PASS
    kind = entry.code.kind if entry.code else None
    step = words.farewell(entry.direction) if passed or not codes else words.reason(codes[0], kind).step
    shown = _verdict_face(decision.severity, "\n".join(sentences), step, outcome.person, at)
    return replace(shown, resident=words.reason(codes[0], kind).resident) if codes else shown


def corrected(outcome: Corrected, *, at: float, now: datetime) -> Face:
    """The volunteer's correction, or what follows from the colour they saw; it is on disk too."""
    decision = outcome.decision
    if decision and ReasonCode.CORRECTED_BY_OPERATOR not in {reason.code for reason in decision.reasons}:
        return verdict(Recorded(outcome.stored, decision, outcome.person), at=at, now=now)
    said, after = words.reason(ReasonCode.CORRECTED_BY_OPERATOR), outcome.stored.entry.decision
    reason = words.changed(said.sentence, outcome.before, after)
    return _verdict_face(after, reason, said.step, outcome.person, at)


def not_stored(outcome: NotStored) -> Face:
    """No verdict at all: nothing was recorded, so nothing may look like a PASS."""
    said = words.problem(outcome.problem)
    return Face(Look.FAILURE, Shape.NOTEBOOK, words.not_stored(), said.sentence, said.step)


def opening() -> Face:
    """The window is there, the journal not yet."""
    return Face(Look.IDLE, Shape.HOURGLASS, words.opening(), step=words.please_wait())


def waiting(
    outcome: Waiting,
    *,
    measured_by_hand: bool = False,
    codes_down: bool = False,
    blind: DeviceState | None = None,
) -> Face:
    """What the lane waits for; a time bar runs from `since` to `until`.

    `measured_by_hand`: no thermometer works, so nobody is sent to look at one. `codes_down`: no health code
    opens, so nobody is told to show one; nor if the camera is `blind`, in this state, and nothing else reads.
    """
    said, idle = words.phase(outcome.phase), outcome.phase is Phase.IDLE
    by_hand = measured_by_hand and outcome.phase is Phase.NEEDS_TEMPERATURE
    reason = words.only(outcome.person.name) if outcome.person else said.sentence
    shown = Face(
        look=Look.IDLE if idle else Look.ASK,
        shape=_PHASE_SHAPES[outcome.phase],
        headline=words.asking(outcome.phase),
        reason=reason,
        step=words.device_advice(DeviceKind.THERMOMETER) if by_hand else said.step,
        person=_written(outcome.person),
        since=outcome.since,
        until=None if idle else outcome.until,
    )
    if shown.shape is not Shape.PHONE or not (blind or codes_down):
        return shown
    return _without_codes(shown, words.blind(blind) if blind else words.codes_down())


def _without_codes(asked: Face, said: words.Words) -> Face:
    reason = said.sentence if asked.look is Look.IDLE else asked.reason
    headline = words.asking_home()
    return replace(asked, shape=Shape.TWO_PEOPLE, headline=headline, reason=reason, step=said.step)


def _verdict_face(severity: Severity, reason: str, step: str, person: PersonLine | None, at: float) -> Face:
    return Face(
        look=VERDICT_LOOKS[severity],
        shape=VERDICT_SHAPES[severity],
        headline=words.verdict(severity),
        reason=reason,
        step=step,
        person=_written(person),
        since=at,
        until=at + HOLD_S[severity],
    )


def _written(person: PersonLine | None) -> str:
    return BEHIND_NAME.join(filter(None, (person.name, person.dwelling))) if person else ""


def _codes(decision: Decision, *, known: bool) -> list[ReasonCode]:
    """The reasons that made the decision, the most pressing first."""
    codes = [reason.code for reason in decision.reasons if reason.severity is decision.severity]
    told = [code for code in codes if not (known and code in _IMPLIED)] or codes
    return sorted(told, key=lambda code: code not in _LEADING)


def leading(entry: Entry, *, known: bool) -> ReasonCode | None:
    """The most pressing reason of an entry that is on disk; None: one that this version does not know."""
    known_codes = {code.value for code in ReasonCode}
    reasons = [
        Reason(Severity(one.severity), ReasonCode(one.code))
        for one in entry.reasons
        if one.code in known_codes
    ]
    codes = _codes(Decision(tuple(reasons)), known=known)
    return codes[0] if codes else None


def _sentence(code: ReasonCode, entry: Entry, now: datetime) -> str:
    """A reason's words, with the age of the fact behind them."""
    kind = entry.code.kind if entry.code else None
    sentence, colour = words.reason(code, kind).sentence, ages.colour(entry.facts, now)
    if colour and code is ReasonCode.COLOUR_STALE:
        return f"{sentence} ({colour})"
    if colour and code in (ReasonCode.COLOUR_GREEN, ReasonCode.COLOUR_YELLOW, ReasonCode.COLOUR_RED):
        return colour
    age = ages.of_reason(code, entry.facts, now)
    return f"{sentence} · {age}" if age else sentence
