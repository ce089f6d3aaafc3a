"""What a lane's readings are to it: of whom they are, which of them are none, and how the thermometers stand.

The instruments themselves are `thermometry`; who gets which reading, `core.screening`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from station.core import temperature as temperatures
from station.core.entry import StoredEntry
from station.core.measurability import ADVICE
from station.core.model import (
    Claim,
    Decision,
    Direction,
    Obstacle,
    Passage,
    ReasonCode,
    Sample,
    Site,
    Temperature,
)
from station.core.outcome import InstrumentState, NotMeasured
from station.core.policy import Policy
from station.recording import Clock
from station.thermometry import Seen, Thermometry

_BY_EYE = {temperatures.BY_HAND.family, temperatures.CLINICAL.family}
_ANEW = {
    ReasonCode.TEMPERATURE_TOO_LOW,
    ReasonCode.TEMPERATURE_HIGH,
    ReasonCode.TEMPERATURE_IMPLAUSIBLE,
    ReasonCode.TEMPERATURE_NOT_MEASURED,
    ReasonCode.RECHECK_OPEN,
    ReasonCode.RECHECK_TOO_EARLY,
    ReasonCode.RECHECK_CONFIRMED,  # a clinical thermometer may say otherwise
}
_NOT_AT_ONCE = {ReasonCode.TEMPERATURE_HIGH, ReasonCode.RECHECK_TOO_EARLY, ReasonCode.RECHECK_CONFIRMED}
SURROUNDINGS = {Obstacle.AMBIENT_TOO_COLD, Obstacle.AMBIENT_TOO_HOT, Obstacle.NOT_SETTLED}


class Measuring:
    """One lane's."""

    def __init__(self, thermometry: Thermometry, policy: Policy, clock: Clock) -> None:
        self._thermometry, self._policy, self._clock = thermometry, policy, clock
        self._attempt: tuple[str, Temperature] | None = None  # whose reading was no measurement
        self._told = InstrumentState()

    def begin_after(self, last: StoredEntry | None) -> None:
        """The newest passage in the journal: if it is of a run that ended just now, whoever was measured by a
        sensor may stand there still, and their reading is not the next one's."""
        if last is None or last.entry.boot == self._clock.boot:
            return
        measured = last.entry.temperature
        if measured and measured.family not in _BY_EYE:
            ago = (self._clock.now() - last.entry.at).total_seconds()
            self._thermometry.begin_after(ago, self._clock.monotonic())

    def look(self, sample: Sample) -> Seen:
        """One reading of one instrument; most of them show an empty stand."""
        return self._thermometry.sample(sample, self._clock.now())

    def typed(self, value_c: float, *, clinical: bool) -> Temperature | None:
        """A value in °C that the volunteer read off; None for what is no number: it could not be measured."""
        if math.isnan(value_c):
            return None
        at = self._clock.monotonic()
        raw = temperatures.clinical(value_c, at) if clinical else temperatures.by_hand(value_c, Site.BODY, at)
        return self._thermometry.judge(raw, self._clock.now())

    def hindered(self, temperature: Temperature, claim: Claim | None) -> NotMeasured | None:
        """No measurement of whoever waits: what to do; None: it was said, or the stand is empty."""
        obstacle = temperature.obstacle
        if obstacle is None or not (claim or obstacle in SURROUNDINGS):
            return None
        key, told = claim.key if claim else "", self._attempt
        self._attempt = key, temperature
        said = told is not None and (told[0], told[1].obstacle) == (key, obstacle)
        return None if said else NotMeasured(obstacle, ADVICE[obstacle], temperature)

    def with_attempt(self, passage: Passage) -> Passage:
        """Nothing better came than a reading that is no measurement: it is kept as that."""
        claim, attempt = passage.claim, self._attempt
        if attempt and attempt[0] in ("", claim.key if claim else ""):
            self._attempt = None
        bare = passage.temperature is None and passage.in_doubt is None
        if claim and attempt and bare and attempt[0] == claim.key:
            return replace(passage, temperature=attempt[1])
        return passage

    def rekey(self, key_now: Callable[[str], str]) -> None:
        """Codes have other keys from now on; nobody's is empty, and stays so."""
        if self._attempt and self._attempt[0]:
            self._attempt = key_now(self._attempt[0]), self._attempt[1]

    def counted(self, passage: Passage) -> Temperature | None:
        """The reading of this passage, if it is a measurement of a living person."""
        one = passage.temperature
        usable = one and not self._thermometry.is_hindered(one) and not self._policy.is_implausible(one)
        return one if usable else None

    def is_fever_of_anybody(self, passage: Passage) -> bool:
        """A fever of which nobody knows for sure whose it is."""
        nobodys = passage.in_doubt or (None if passage.claim else passage.temperature)
        return nobodys is not None and self._policy.alarms(nobodys, passage.direction)

    def fever(self, passage: Passage, limited: Passage, way: Direction) -> Temperature | None:
        """Whoever it is of, it must not vanish. `limited`: with the limits of their sort."""
        readings = passage.temperature or passage.in_doubt, limited.temperature or limited.in_doubt
        return readings[0] if any(one and self._policy.alarms(one, way) for one in readings) else None

    def news(self) -> InstrumentState | None:
        """How the thermometers stand, if that is another state than the one told last."""
        state = self._thermometry.state(self._clock.now())
        if _told(state) == _told(self._told):
            return None
        self._told = state
        return state


def measured_anew(decision: Decision) -> bool | None:
    """Whether somebody's reading has to be taken anew at once: after a fever one waits some minutes. None:
    it is used up."""
    codes = {reason.code for reason in decision.reasons}
    return not codes & _NOT_AT_ONCE if codes & _ANEW else None


def _told(state: InstrumentState) -> tuple[object, ...]:
    """What is worth saying again: figures change with every person, who looks false does not."""
    standing = {(one.instrument.name, one.code, one.site) for one in state.standing}
    return standing, state.active, state.doubtful, state.wants_staff
