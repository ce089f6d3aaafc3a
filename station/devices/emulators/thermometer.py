"""A pseudo-terminal that speaks like a thermometer of a given family. POSIX only."""

from __future__ import annotations

import time
from collections.abc import Callable

from station.devices.emulators.pty_device import PtyDevice
from station.devices.emulators.temperature_script import Profile
from station.devices.thermometers import FAMILIES


class PtyThermometer(PtyDevice):
    """An emulated thermometer at `path`, plugged in while used as a context manager.

    `baud` is the speed it talks at and `interval_s` the time between streamed readings, by default those of
    its family as it leaves the factory. Raises KeyError for an unknown family.
    """

    def __init__(
        self,
        family_slug: str,
        profile: Profile,
        baud: int | None = None,
        *,
        interval_s: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        family = FAMILIES[family_slug]
        super().__init__(family.slug, baud or family.bauds[0], interval_s or family.interval_s)
        self._family = family
        self._profile = profile
        self._monotonic = monotonic
        self._started = monotonic()

    def answer(self, heard: bytes) -> bytes:
        """The reading of this moment, if it is asked for; a stream waits for no question."""
        query = self._family.query
        if query is not None and query not in heard:
            return b""
        return self._family.encode(self._profile(self._monotonic() - self._started))
