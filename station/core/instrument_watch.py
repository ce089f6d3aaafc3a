"""Watches the thermometers of a lane and says which one looks false, why, and by which figures. Pure.

Deployed fever devices were found to pull every reading toward 37 °C, so an instrument that always works and
never alarms is suspect. Every sample and every person's measurement is fed here; what is kept of each
instrument, and what counts as false, stands in `instrument_record`. A finding is advice to look at an
instrument: it changes no reading and no verdict. Times are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.core.instrument_record import FindingCode, People, Stream
from station.core.model import Instrument, Sample, Site, Temperature

LOOK_EVERY = 20  # people: often enough to notice within a rush hour, seldom enough to cost nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """One instrument looks false. The figures are those that `FindingCode` names for the code."""

    instrument: Instrument
    code: FindingCode
    figures: tuple[float, ...]
    at: float  # monotonic s
    site: Site | None = None  # of the measurements it rests on; None: of the stream
    other: Instrument | None = None  # of a disagreement


_Key = tuple[str, FindingCode, Site | None]


class InstrumentWatch:
    """All thermometers of one lane. Each call returns the findings that are new; `standing` has all."""

    def __init__(self) -> None:
        self._streams: dict[str, Stream] = {}
        self._people: dict[tuple[str, Site], People] = {}
        self._until_look: dict[tuple[str, Site], int] = {}
        self._standing: dict[_Key, Finding] = {}

    @property
    def standing(self) -> tuple[Finding, ...]:
        """What looks false now, with its newest figures."""
        return tuple(self._standing.values())

    def sample(self, sample: Sample) -> list[Finding]:
        """One reading of one instrument, whoever or whatever it shows."""
        name = sample.instrument.name
        if name not in self._streams:
            self._streams[name] = Stream.begin(sample)
        stream = self._streams[name]
        stream.feed(sample)
        self._standing.pop((name, FindingCode.SILENT, None), None)
        if found := stream.stuck():
            return self._raise([Finding(sample.instrument, *found, sample.at)])
        self._standing.pop((name, FindingCode.STUCK, None), None)
        return []

    def tick(self, now: float) -> list[Finding]:
        """Time passed; call once a second or so."""
        quiet = ((stream.instrument, stream.silent(now)) for stream in self._streams.values())
        return self._raise(Finding(instrument, *found, now) for instrument, found in quiet if found)

    def measured(self, temperature: Temperature) -> list[Finding]:
        """One person's temperature. Typed values count too: people also make up digits."""
        key = temperature.instrument.name, temperature.site
        people = self._people.setdefault(key, People(temperature.instrument, temperature.site))
        people.add(temperature)
        self._until_look[key] = self._until_look.get(key, LOOK_EVERY) - 1
        if self._until_look[key]:
            return []
        self._until_look[key] = LOOK_EVERY
        return self._look(people, temperature.at)

    def replaced(self, instrument: Instrument) -> None:
        """Somebody repaired or swapped it: what it did before says nothing any more."""
        name = instrument.name
        self._streams.pop(name, None)
        for key in [key for key in self._people if key[0] == name]:
            del self._people[key], self._until_look[key]
        for finding in self.standing:
            if instrument in {finding.instrument, finding.other}:
                del self._standing[_key(finding)]

    def _look(self, people: People, now: float) -> list[Finding]:
        """Everything about these people again; what was found before and is not any more, falls."""
        instrument, site = people.instrument, people.site
        found = [Finding(instrument, *one, now, site) for one in people.findings(now)]
        for other in self._people.values():
            if other is not people and (apart := people.apart_from(other, now)):
                found.append(Finding(instrument, *apart, now, site, other.instrument))
        for code in set(FindingCode) - {finding.code for finding in found}:
            self._standing.pop((instrument.name, code, site), None)
        return self._raise(found)

    def _raise(self, found: Iterable[Finding]) -> list[Finding]:
        new = []
        for finding in found:
            if _key(finding) not in self._standing:
                new.append(finding)
            self._standing[_key(finding)] = finding
        return new


def _key(finding: Finding) -> _Key:
    return finding.instrument.name, finding.code, finding.site
