"""From an instrument's stream of samples to one temperature per person. Pure; time comes with the samples.

A stand-mounted sensor sees the empty stand most of the time. Somebody is present when the value rises
clearly above that background; the measurement is the first stable plateau, its highest sample kept;
the next person is measured only after this one has left (design section 6, research devices.md section 6).
Whoever stops a step too far away has a plateau there, too: a later one, clearly warmer, is told as well.
No reading is changed on the way: `value_c` is `raw_c` under rule RAW. Corrections are a later rule
with a name of its own, never a silent one.
"""

from __future__ import annotations

from collections import deque

from station.core.model import Instrument, Reading, Sample, Site, Temperature

RULE_RAW = "raw/1"
BY_HAND = Instrument(name="by hand", family="by-hand")
CLINICAL = Instrument(name="clinical", family="clinical")  # glass or electronic, in contact with the body

PRESENT_C = 30.0  # skin is warmer than this unless the reading is no measurement at all (devices.md 6)
RISE_C = 2.0  # above the empty stand
PLATEAU_SAMPLES = 5  # devices.md 6: five consecutive samples …
PLATEAU_SPAN_C = 0.3  # … within 0.2-0.3 °C
PLATEAU_S = 0.3  # and not faster than a hand that waves past
SLOW_PLATEAU_SAMPLES = 2  # an instrument of two readings a second would keep people standing
SLOW_INTERVAL_S = 0.4
WARMER_C = 0.5  # above the plateau before: a step closer, or another person who took the place at once
GONE_S = 0.4  # this long back near the background before the next person counts
BACKGROUND_S = 20.0  # how slowly the background follows the weather
GAP_S = 3.0  # a stream that paused so long may hold another person now
HIGHEST_C = 3000.0  # the widest range of any family here is that of an industrial pyrometer
STUCK_S = 60.0  # nobody stands that long: a warm wall, so take it as background


class PresenceDetector:
    """Feed samples of one instrument in order; get a Temperature for each person, and a later one that is
    clearly warmer (`warmer` then)."""

    def __init__(self, *, done: bool = False) -> None:
        """`done`: whoever stands there at first was measured before, as far as anybody knows: whatever is
        seen of them is a later plateau."""
        self._background: float | None = None
        self._last_at: float | None = None
        self._plateau: deque[Sample] = deque(maxlen=32)
        self._arrived_at: float | None = None
        self._away_since: float | None = None
        self.measured: Temperature | None = None  # of the person who stands there now
        self._used = False  # … and a passage was decided with it
        self._warmest: Temperature | None = None  # told of the person who stands there now
        self.said = False  # a fever of theirs is on record
        self.warmer = False  # what was told last is a later plateau of whoever had been measured
        self._done = done  # and so it was with whoever stands there, until nobody does

    def feed(self, sample: Sample) -> Temperature | None:
        """The person's temperature when this sample completes a plateau: the first, or one clearly warmer."""
        interval = 0.0 if self._last_at is None else sample.at - self._last_at
        self._last_at = sample.at
        if interval > GAP_S:
            self._forget_person()
        if not self._is_present(sample):
            self._follow_background(sample, interval)
            self._leave(sample.at, interval)
            return None
        self._stay(sample)
        return self._measure(sample, interval)

    def measure_again(self) -> None:
        """Measure whoever stands there now once more, unless a passage was decided with their reading:
        then they are done, and have only not stepped away yet."""
        if not self._used:
            self.measured = self._warmest = None
            self.said = False
            self._plateau.clear()

    def use(self, temperature: Temperature) -> None:
        """A passage was decided with this reading."""
        self._used = self._used or temperature is self.measured

    def say(self, fever: Temperature) -> None:
        """What was told last is a fever, and is said: it is the measurement of whoever stands there now."""
        self.measured = self._warmest = fever
        self.said = True

    def forget_warmer(self) -> None:
        """Of the warmer plateau nothing follows, as long as nobody says so: a cup of tea before the sensor,
        or somebody on their way to it. One warmer than the first is told again, by however little."""
        self._warmest = self.measured

    @property
    def occupied(self) -> bool:
        """Somebody stands before the sensor."""
        return self._arrived_at is not None

    def _is_present(self, sample: Sample) -> bool:
        ambient = sample.reading.ambient_c
        if sample.reading.value_c < PRESENT_C or not _is_credible(ambient):
            return False
        background = self._background if self._background is not None else ambient
        return background is None or sample.reading.value_c >= background + RISE_C

    def _follow_background(self, sample: Sample, interval: float) -> None:
        value = sample.reading.value_c
        if self._background is None:
            self._background = value
        else:
            self._background += (value - self._background) * min(1.0, interval / BACKGROUND_S)

    def _leave(self, at: float, interval: float) -> None:
        if self._arrived_at is None:
            self._done = False
            return
        self._plateau.clear()
        if self._away_since is None:
            self._away_since = at
        if at - self._away_since >= GONE_S or interval >= SLOW_INTERVAL_S:
            self._forget_person()

    def _forget_person(self) -> None:
        self._plateau.clear()
        self._arrived_at = self._away_since = None
        self.measured = self._warmest = None
        self._used = self._done = self.said = False

    def _stay(self, sample: Sample) -> None:
        self._away_since = None
        if self._arrived_at is None:
            self._arrived_at = sample.at
        elif sample.at - self._arrived_at > STUCK_S:
            self._background = sample.reading.value_c

    def _measure(self, sample: Sample, interval: float) -> Temperature | None:
        self._plateau.append(sample)
        needed = SLOW_PLATEAU_SAMPLES if interval >= SLOW_INTERVAL_S else PLATEAU_SAMPLES
        steady = _steady_tail(self._plateau)
        if len(steady) < needed or steady[-1].at - steady[0].at < PLATEAU_S:
            return None
        found = _from_plateau(steady)
        if self._warmest and found.raw_c < self._warmest.raw_c + WARMER_C:
            return None
        self.warmer = self._done or self.measured is not None
        self.measured, self._warmest = self.measured or (None if self._done else found), found
        return found


def by_hand(value_c: float, site: Site, at: float) -> Temperature:
    """A value that the volunteer read off a hand-held thermometer and typed in."""
    return Temperature(value_c, value_c, site, None, BY_HAND, RULE_RAW, (value_c,), at)


def clinical(value_c: float, at: float) -> Temperature:
    """A value read off a clinical thermometer and typed in: it decides a recheck (`core.recheck`)."""
    return Temperature(value_c, value_c, Site.BODY, None, CLINICAL, RULE_RAW, (value_c,), at)


def is_reading(reading: Reading) -> bool:
    """Whether these can be degrees at all: a garbled frame may hold anything, also no number."""
    return abs(reading.value_c) <= HIGHEST_C and _is_credible(reading.ambient_c)


def _is_credible(ambient_c: float | None) -> bool:
    """Within what an MLX90614 can report of itself (devices.md 1.1); else the frame was garbled."""
    return ambient_c is None or -40 <= ambient_c <= 125


def _steady_tail(samples: deque[Sample]) -> list[Sample]:
    """The longest run of latest samples whose values lie within PLATEAU_SPAN_C."""
    tail: list[Sample] = []
    low = high = samples[-1].reading.value_c
    for sample in reversed(samples):
        value = sample.reading.value_c
        low, high = min(low, value), max(high, value)
        if high - low > PLATEAU_SPAN_C:
            break
        tail.append(sample)
    return tail[::-1]


def _from_plateau(steady: list[Sample]) -> Temperature:
    peak = max(steady, key=lambda sample: sample.reading.value_c)
    reading: Reading = peak.reading
    return Temperature(
        raw_c=reading.value_c,
        value_c=reading.value_c,
        site=reading.site,
        ambient_c=reading.ambient_c,
        instrument=peak.instrument,
        rule=RULE_RAW,
        samples=tuple([sample.reading.value_c for sample in steady]),
        at=steady[-1].at,
    )
