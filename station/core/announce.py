"""What is said aloud, and when: a tone and a few words for each change, never twice the same. Pure.

Nobody's colour, name or illness is spoken: the queue listens. The words of a verdict are for the resident, in
one voice; those about the station itself are for the volunteer, in another: pitch
tells whom it is for. Sentences are counted, because each one spares the volunteer's throat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from station.core.model import Decision, DeviceKind, DeviceState, DeviceStatus, ReasonCode, Severity
from station.core.outcome import (
    Corrected,
    LeftUncleared,
    NotMeasured,
    NotStored,
    Outcome,
    Phase,
    Recorded,
    Waiting,
)

SAME_AGAIN_S = 3.0  # the same within this time is one
NO_READING_S = 5.0  # a code was shown, and still nobody was measured
ARRIVAL_AGAIN_S = 60.0  # a chime for each group of people, not for each movement
QUIET, QUIET_STOP = 0.4, 0.8  # share of the volume in quiet hours


class Tone(StrEnum):
    PASS = "pass"  # rising
    RECHECK = "recheck"  # two equal ones
    STOP = "stop"  # three falling
    ARRIVAL = "arrival"  # somebody came, in quiet hours


class Voice(StrEnum):
    RESIDENT = "resident"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to be heard; whatever still sounds is cut. `words` is a key of the recordings."""

    tone: Tone | None
    words: str | None = None
    voice: Voice = Voice.RESIDENT
    loudness: float = 1.0  # share of the volume that is set


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local time to another, over midnight if need be; equal: never."""

    begin: time = time(22)
    end: time = time(6)

    def hold(self, at: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


_TONES = {Severity.PASS: Tone.PASS, Severity.RECHECK: Tone.RECHECK, Severity.STOP: Tone.STOP}
# The first that is among the reasons gives the words; no words: the volunteer knows better what to say.
_WORDS = {
    ReasonCode.TEMPERATURE_HIGH: "recheck",
    ReasonCode.RECHECK_OPEN: "recheck",
    ReasonCode.TEMPERATURE_MISSING: "too_low",
    ReasonCode.TEMPERATURE_IN_DOUBT: "one_by_one",
    ReasonCode.CODE_EXPIRED: "expired",
    ReasonCode.CODE_NOT_FRESH: "screenshot",
    ReasonCode.CODE_MISSING: "elder",
    ReasonCode.VISITOR_NOT_EXPECTED: "visitor",
    ReasonCode.CODE_NOT_A_HEALTH_CODE: "invalid",
    ReasonCode.PERSON_UNKNOWN: "invalid",
}
_PHASES = {Phase.NEEDS_CODE: "show_code", Phase.ONE_BY_ONE: "one_by_one"}
_BROKEN = {DeviceKind.CAMERA: "device_cam", DeviceKind.THERMOMETER: "device_temp"}


class Announcer:
    """One lane's. Fed with what the checkpoint says, with monotonic seconds and the local time of day."""

    def __init__(self, quiet_hours: QuietHours | None = None) -> None:
        self.quiet_hours = quiet_hours or QuietHours()
        self.sentences = 0  # spoken, since the start
        self._last: tuple[Announcement, float] | None = None
        self._phase = Phase.IDLE
        self._remind_at: float | None = None
        self._lost: set[tuple[DeviceKind, str]] = set()
        self._moved_at = float("-inf")

    def hear(self, outcome: Outcome | DeviceStatus, now: float, at: time) -> Announcement | None:
        """What to say now that this has happened; None: nothing."""
        return self._say(self._about(outcome, now), now, at)

    def tick(self, now: float, at: time) -> Announcement | None:
        """A code waits for its reading, and nothing comes."""
        if self._remind_at is None or now < self._remind_at:
            return None
        self._remind_at = None
        return self._say(Announcement(None, "too_low"), now, at)

    def moved(self, now: float, at: time) -> Announcement | None:
        """Something moves before the camera. By night the guard is told: they may not look at the door."""
        was_still = now - self._moved_at >= ARRIVAL_AGAIN_S
        self._moved_at = now
        if not (was_still and self.quiet_hours.hold(at)):
            return None
        return self._say(Announcement(Tone.ARRIVAL, voice=Voice.STAFF), now, at)

    def _about(self, outcome: Outcome | DeviceStatus, now: float) -> Announcement | None:
        match outcome:
            case Recorded():
                return self._verdict(outcome.decision)
            case Corrected(decision=Decision() as decision):
                return Announcement(_TONES[decision.severity])
            case Waiting():
                return self._waiting(outcome, now)
            case NotMeasured():
                return Announcement(None, "too_low")
            case NotStored() | LeftUncleared():
                return Announcement(Tone.STOP, voice=Voice.STAFF)
            case DeviceStatus():
                return self._device(outcome)
        return None

    def _verdict(self, decision: Decision) -> Announcement:
        self._remind_at = None
        if decision.severity is Severity.PASS:
            return Announcement(Tone.PASS, "pass" if _measured(decision) else None)
        if decision.severity is Severity.STOP:
            return Announcement(Tone.STOP, "stop")
        codes = [reason.code for reason in decision.reasons if reason.severity is Severity.RECHECK]
        return Announcement(Tone.RECHECK, next((_WORDS[code] for code in codes if code in _WORDS), None))

    def _waiting(self, waiting: Waiting, now: float) -> Announcement | None:
        changed, self._phase = waiting.phase is not self._phase, waiting.phase
        if waiting.phase is not Phase.NEEDS_TEMPERATURE:
            self._remind_at = None
        elif changed:
            self._remind_at = now + NO_READING_S
        words = _PHASES.get(waiting.phase)
        return Announcement(None, words) if changed and words else None

    def _device(self, status: DeviceStatus) -> Announcement | None:
        """Said once when it goes; that it is back stands on the screen."""
        device = status.kind, status.name
        if status.state is DeviceState.WORKING:
            self._lost.discard(device)
        if status.state is not DeviceState.LOST or device in self._lost:
            return None
        self._lost.add(device)
        words = _BROKEN.get(status.kind)
        return Announcement(Tone.RECHECK, words, Voice.STAFF) if words else None

    def _say(self, said: Announcement | None, now: float, at: time) -> Announcement | None:
        if said is None:
            return None
        if self._last and self._last[0] == said and now - self._last[1] < SAME_AGAIN_S:
            return None
        self._last = said, now
        self.sentences += said.words is not None
        return Announcement(said.tone, said.words, said.voice, self._loudness(said, at))

    def _loudness(self, said: Announcement, at: time) -> float:
        if not self.quiet_hours.hold(at):
            return 1.0
        return QUIET_STOP if said.tone is Tone.STOP else QUIET


def _measured(decision: Decision) -> bool:
    """Whether "your temperature is normal" is true."""
    return any(reason.code is ReasonCode.TEMPERATURE_NORMAL for reason in decision.reasons)
