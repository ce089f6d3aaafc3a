"""The thermometers of a lane: from their samples to one person's temperature, judged and watched.

Every instrument has its own presence detector and is watched; only the readings of the one that counts now
(`core.failover`) belong to people. A reading that is no measurement is returned as such and decides nothing.
The clocks are passed in with every call.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from station.core.baseline import Baseline
from station.core.calibration import Calibration
from station.core.failover import Failover
from station.core.instrument_watch import InstrumentWatch
from station.core.judgement import Judgement
from station.core.measurability import LimitsTable
from station.core.model import DeviceStatus, Instrument, Sample, Site, Temperature
from station.core.outcome import InstrumentState, StaffReadings
from station.core.policy import Policy
from station.core.temperature import PresenceDetector, is_reading
from station.memory import Forgetful, Memory

log = logging.getLogger(__name__)

SAVE_EVERY_S = 60.0
STAFF_S = 120.0  # without another member of staff; then people are people again
STEPPED_AWAY_S = 60.0  # a program that begins again takes some seconds, a PC most of a minute
_BASELINES = "baselines"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one sample means for the lane."""

    arrival: bool = False  # somebody stepped before the sensor
    temperature: Temperature | None = None  # of the person who stands there; with its limit and obstacle
    staff: StaffReadings | None = None  # it was a member of staff, measured for the baseline
    later: bool = False  # of whoever had been measured already, or of who took their place


class Thermometry:
    """One lane's. `names` are its instruments, preferred first; with fewer than two, all count."""

    def __init__(
        self,
        policy: Policy,
        limits: LimitsTable,
        *,
        names: Sequence[str] = (),
        calibrations: Iterable[Calibration] = (),
        memory: Memory | None = None,
    ) -> None:
        """`memory` keeps the baselines, so that a restart does not need staff again."""
        self._policy, self._memory = policy, memory or Forgetful()
        self._saved = _load(self._memory)
        self._save_at = float("-inf")
        self._judgement = Judgement(policy, limits, known=calibrations, baselines=self._saved)
        self._watch = InstrumentWatch()
        self._failover = Failover(names) if len(names) > 1 else None
        self._presence: dict[str, PresenceDetector] = {}
        self._done_until = float("-inf")  # of whoever stands there when an instrument is heard first
        self._staff: list[Temperature] | None = None  # while staff are being measured
        self._staff_until = float("inf")
        self._usual: tuple[Instrument, Site] | None = None  # of a sensor: whose baseline is asked about

    def go_on_from(self, before: Thermometry) -> None:
        """Other rules hold; who stands there, how the devices are and how they behaved is as it was.

        Devices say that they work once, not again for each lane that begins anew.
        """
        self._presence, self._usual = before._presence, before._usual
        self._watch, self._failover = before._watch, before._failover
        self._judgement.go_on_from(before._judgement)

    def begin_after(self, seconds: float, now: float) -> None:
        """So long before `now`, monotonic (s), somebody was measured in a run that is over: they may not have
        stepped away yet."""
        self._done_until = now + STEPPED_AWAY_S - abs(seconds)

    # --- what comes in ------------------------------------------------------------------------

    def sample(self, sample: Sample, now: datetime) -> Seen:
        """One reading of one instrument; most of them show an empty stand."""
        if not is_reading(sample.reading):
            return Seen()  # not a number, say: it would stay in every mean
        self._judgement.sample(sample)
        self._watch.sample(sample)
        self._usual = self._usual or (sample.instrument, sample.reading.site)
        detector = self._presence.setdefault(
            sample.instrument.name, PresenceDetector(done=sample.at < self._done_until)
        )
        was_occupied = detector.occupied
        raw = detector.feed(sample)
        counts = self._counts(sample.instrument.name)
        arrival = counts and detector.occupied and not was_occupied
        if raw is None:
            return Seen(arrival)
        if detector.warmer:
            detector.forget_warmer()
            return self._later(detector, raw, now) if counts else Seen()
        if self._staff is not None:
            unwell = self._judgement.is_unwell(raw)  # no fever vanishes, whosever it is
            return Seen(arrival, self.judge(raw, now) if unwell else None, self._take_staff(raw, now))
        temperature = self.judge(raw, now)
        if self.is_hindered(temperature):
            detector.measure_again()  # nothing was learnt: whoever steps closer is measured
        else:
            self._usual = temperature.instrument, temperature.site
        return Seen(arrival, temperature if counts else None)

    def judge(self, raw: Temperature, now: datetime) -> Temperature:
        """One person's reading, of a sensor or typed, with value, limit and obstacle. Call once for each."""
        temperature = self._judgement.judge(raw, now)
        if not self.is_hindered(temperature) and not self._policy.is_implausible(temperature):
            self._watch.measured(temperature)
        return temperature

    def status(self, status: DeviceStatus, now: float) -> None:
        """The health of a thermometer; another one may count from now on."""
        if self._failover:
            self._failover.status(status.name, status.state, now, free=not self.occupied)

    def tick(self, now: float) -> None:
        """Time passed: silence is noticed, and a better instrument is gone back to."""
        self._watch.tick(now)
        if now >= self._staff_until:
            self.end_staff()
        if self._failover:
            false = {finding.instrument.name for finding in self._watch.standing}
            self._failover.tick(now, false, free=not self.occupied)
        if now >= self._save_at:
            self._save_at = now + SAVE_EVERY_S
            self.save()

    def save(self) -> None:
        """Keep the baselines, if they moved."""
        baselines = self._judgement.baselines
        if baselines != self._saved:
            self._memory.save(_BASELINES, msgspec.msgpack.encode(baselines))
            self._saved = baselines

    # --- who stands there ---------------------------------------------------------------------

    @property
    def occupied(self) -> bool:
        """Somebody stands before one of the sensors."""
        return any(detector.occupied for detector in self._presence.values())

    def measure_again(self) -> None:
        """A code waits: whoever stands there is measured once more, unless their reading was used up."""
        for detector in self._presence.values():
            detector.measure_again()

    def use(self, temperature: Temperature) -> None:
        """A passage was decided with this reading."""
        detector = self._presence.get(temperature.instrument.name)
        if detector and detector.measured and detector.measured.at == temperature.at:
            detector.use(detector.measured)

    def alarmed(self, temperature: Temperature) -> None:
        """It is a fever for the lane, and on its way into the journal: said once of whoever stands there."""
        if detector := self._presence.get(temperature.instrument.name):
            detector.say(temperature)

    def is_hindered(self, temperature: Temperature) -> bool:
        """No measurement. A high value counts all the same: nothing takes a fever away."""
        return temperature.obstacle is not None and not self._policy.is_high(temperature)

    # --- staff, calibration, and how the instruments stand -----------------------------------------

    def begin_staff(self, now: float) -> StaffReadings | None:
        """From now on readings are of healthy staff; None if the policy keeps no baseline. Ends by itself."""
        if self._policy.temperature.baseline is None:
            return None
        self._staff = []
        self._staff_until = now + STAFF_S
        return self._staff_readings()

    def end_staff(self) -> None:
        """No more staff: readings are of people again. Too few of them change nothing."""
        self._staff, self._staff_until = None, float("inf")

    def calibrated(self, calibration: Calibration) -> None:
        """From now on this calibration counts for its instrument; its record begins anew."""
        self._judgement.calibrated(calibration)
        self._watch.replaced(calibration.instrument)

    def state(self, now: datetime) -> InstrumentState:
        usual = self._usual
        return InstrumentState(
            standing=self._watch.standing,
            active=self._failover.active if self._failover else None,
            doubtful=self._failover.doubtful if self._failover else bool(self._watch.standing),
            wants_staff=usual is not None and self._judgement.wants_staff(*usual, now),
        )

    # --- inside -------------------------------------------------------------------------------

    def _later(self, detector: PresenceDetector, raw: Temperature, now: datetime) -> Seen:
        """Whoever stepped closer has been measured and may have been let in, so only a new fever matters."""
        if detector.said:
            return Seen()
        temperature = self._judgement.judge(raw, now, follow=False)
        if self.is_hindered(temperature) or self._policy.is_implausible(temperature):
            return Seen()
        return Seen(temperature=temperature, later=True)

    def _counts(self, name: str) -> bool:
        """With one instrument it does; with two, the active one, or all until one has said that it works."""
        return self._failover is None or self._failover.active in (None, name)

    def _take_staff(self, raw: Temperature, now: datetime) -> StaffReadings:
        """One more reading of staff; with enough of them the baseline begins, and this is over."""
        staff, counts = self._staff or [], self._judgement.of_staff(raw) is not None
        same = [one for one in staff if (one.instrument, one.site) == (raw.instrument, raw.site)]
        self._staff = [*same, raw] if counts else same
        readings = self._staff_readings(hindered=not counts)
        self._staff_until = raw.at + STAFF_S
        if readings.done:
            self._judgement.staff_measured(self._staff, now)
            self.end_staff()
        return readings

    def _staff_readings(self, *, hindered: bool = False) -> StaffReadings:
        rule = self._policy.temperature.baseline
        values = tuple(one.raw_c for one in self._staff or ())
        return StaffReadings(values, rule.needed if rule else 0, hindered)


def _load(memory: Memory) -> tuple[Baseline, ...]:
    """Baselines that do not open are said and left: staff are measured again."""
    record = memory.load(_BASELINES)
    try:
        return msgspec.msgpack.decode(record, type=tuple[Baseline, ...]) if record else ()
    except msgspec.DecodeError as error:
        log.error("the baselines are lost: %s", error)
        return ()
