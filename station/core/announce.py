"""What is said aloud, and when: a tone and a few words for each change, never twice the same. Pure.

Nobody's colour, name or illness is spoken: the queue listens. The words of a verdict are for the resident, in
one voice; those about the station itself are for the volunteer, in another: pitch
tells whom it is for. Sentences are counted, because each one spares the volunteer's throat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from station.core.help import HelpHere
from station.core.loudness import QUIET, QUIET_STOP, QuietHours
from station.core.measurability import Advice
from station.core.model import Decision, DeviceKind, DeviceState, DeviceStatus, ReasonCode, Scan, Severity
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
from station.core.sight import Sight

SAME_AGAIN_S = 3.0  # the same within this time is one
NO_READING_S = 5.0  # a code was shown, and still nobody was measured
ARRIVAL_AGAIN_S = 60.0  # a chime for each group of people, not for each movement
CROWDED_AGAIN_S = 60.0
NEXT_AFTER_S = 6.0  # whoever was held has been told what to do; the one behind them does not dare to come


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


_TONES = {Severity.PASS: Tone.PASS, Severity.RECHECK: Tone.RECHECK, Severity.STOP: Tone.STOP}
# The first that is among the reasons gives the words. None for an expired code: only passes and certificates
# have an end, and "please refresh it", as recorded, helps with neither.
_WORDS = {
    ReasonCode.TEMPERATURE_HIGH: "recheck",
    ReasonCode.RECHECK_OPEN: "recheck",
    ReasonCode.TEMPERATURE_MISSING: "too_low",
    ReasonCode.TEMPERATURE_IN_DOUBT: "one_by_one",
    ReasonCode.CODE_NOT_FRESH: "screenshot",
    ReasonCode.CODE_MISSING: "elder",
    ReasonCode.VISITOR_NOT_EXPECTED: "visitor",
    ReasonCode.CODE_NOT_A_HEALTH_CODE: "invalid",
    ReasonCode.PERSON_UNKNOWN: "invalid",
}
_PHASES = {Phase.NEEDS_CODE: "show_code", Phase.ONE_BY_ONE: "one_by_one"}
_BROKEN = {
    DeviceKind.CAMERA: "device_cam",
    DeviceKind.THERMOMETER: "device_temp",
    DeviceKind.SCANNER: "device_scan",
    DeviceKind.BARRIER: "device_gate",
}

# All that is ever said, the most frequent first.
SPOKEN = (
    "pass", "show_code", "too_low", "next", "aside", "recheck", "distance", "one_by_one", "stop",
    "screenshot", "step_closer", "cap_off", "wrist", "visitor", "invalid", "elder", "recheck_due", "disk",
    "device_cam", "device_temp", "device_scan", "device_gate",
)  # fmt: skip


class Announcer:
    """One lane's. Fed with what the checkpoint says, with monotonic seconds and the local time of day."""

    def __init__(self, quiet_hours: QuietHours | None = None) -> None:
        self.quiet_hours = quiet_hours or QuietHours()
        self.sentences = 0  # spoken, since the start
        self._last: tuple[Announcement, float] | None = None
        self._phase = Phase.IDLE
        self._remind_at: float | None = None
        self._lost: set[tuple[DeviceKind, str]] = set()
        self._sight = Sight()
        self._answers: set[tuple[str, str, int]] = set()  # of the center, unseen
        self._moved_at = self._crowded_at = float("-inf")
        self._next_at: float | None = None
        self._cap_is_off = False  # the one in front was asked to take it off

    def hear(self, outcome: Outcome | DeviceStatus | Scan, now: float, at: time) -> Announcement | None:
        """What to say now that this has happened; None: nothing."""
        self._sight.hear(outcome)
        return self._say(self._about(outcome, now), now, at)

    def tick(self, now: float, at: time) -> Announcement | None:
        """A code waits for its reading, and nothing comes; or somebody was held, and others wait behind."""
        if self._remind_at is not None and now >= self._remind_at:
            self._remind_at = None
            return self._say(Announcement(None, "too_low"), now, at)
        if self._next_at is not None and now >= self._next_at:
            somebody_is_there, self._next_at = self._moved_at >= self._next_at - NEXT_AFTER_S / 2, None
            return self._say(Announcement(None, "next"), now, at) if somebody_is_there else None
        return None

    def crowded(self, now: float, at: time) -> Announcement | None:
        """Two codes are held up at once: people stand too close."""
        was_not, self._crowded_at = now - self._crowded_at >= CROWDED_AGAIN_S, now
        return self._say(Announcement(None, "distance"), now, at) if was_not else None

    def recheck_is_due(self, now: float, at: time) -> Announcement | None:
        """Somebody who was sent aside can be measured again."""
        return self._say(Announcement(Tone.RECHECK, "recheck_due", Voice.STAFF), now, at)

    def moved(self, now: float, at: time) -> Announcement | None:
        """Something moves before the camera. By night the guard is told: they may not look at the door."""
        was_still = now - self._moved_at >= ARRIVAL_AGAIN_S
        self._moved_at = now
        if not (was_still and self.quiet_hours.hold(at)):
            return None
        return self._say(Announcement(Tone.ARRIVAL, voice=Voice.STAFF), now, at)

    def _about(self, outcome: Outcome | DeviceStatus | Scan, now: float) -> Announcement | None:
        match outcome:
            case Recorded():
                return self._verdict(outcome.decision, now)
            case Corrected(decision=Decision() as decision):
                return Announcement(_TONES[decision.severity])
            case Waiting():
                return self._waiting(outcome, now)
            case NotMeasured():
                return self._no_measurement(outcome.advice)
            case NotStored() | LeftUncleared():
                words = "disk" if isinstance(outcome, NotStored) else None
                return Announcement(Tone.STOP, words, Voice.STAFF)
            case HelpHere():
                return self._help(outcome)
            case DeviceStatus():
                return self._device(outcome)
        return None

    def _help(self, here: HelpHere) -> Announcement | None:
        """The center has said something that nobody has seen: a tone, once for each line."""
        before = self._answers
        self._answers = {(one.id, one.stage, len(one.said)) for one in here.helps if one.unseen}
        return Announcement(Tone.ARRIVAL, voice=Voice.STAFF) if self._answers - before else None

    def _verdict(self, decision: Decision, now: float) -> Announcement:
        self._remind_at, self._cap_is_off = None, False
        self._next_at = None if decision.severity is Severity.PASS else now + NEXT_AFTER_S
        if decision.severity is Severity.PASS:
            return Announcement(Tone.PASS, "pass" if _measured(decision) else None)
        if decision.severity is Severity.STOP:
            return Announcement(Tone.STOP, "stop")
        codes = [reason.code for reason in decision.reasons if reason.severity is Severity.RECHECK]
        return Announcement(Tone.RECHECK, next((_WORDS[code] for code in codes if code in _WORDS), "aside"))

    def _no_measurement(self, advice: Advice) -> Announcement:
        """A forehead that is too cold may lie under a cap; if it still is, another place is measured."""
        if advice is Advice.STEP_CLOSER:
            return Announcement(None, "step_closer")
        if advice is Advice.WRIST_OR_NECK:
            words, self._cap_is_off = "wrist" if self._cap_is_off else "cap_off", True
            return Announcement(None, words)
        return Announcement(None, "too_low")

    def _waiting(self, waiting: Waiting, now: float) -> Announcement | None:
        changed, self._phase = waiting.phase is not self._phase, waiting.phase
        if waiting.phase is not Phase.IDLE:
            self._next_at = None  # they have come already
        if changed:
            self._cap_is_off = False
        if waiting.phase is not Phase.NEEDS_TEMPERATURE:
            self._remind_at = None
        elif changed:
            self._remind_at = now + NO_READING_S
        words = (
            None if waiting.phase is Phase.NEEDS_CODE and self._sight.trouble else _PHASES.get(waiting.phase)
        )
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
