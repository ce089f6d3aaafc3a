"""A pseudo-terminal that sends thermal pictures of people who come to a gate. POSIX only.

What is before the sensor is told by the same script as a thermometer's: a warm value is somebody's face. They
come in at the side, from afar, and step before the sensor.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from station.devices.emulators.pty_device import PtyDevice
from station.devices.emulators.temperature_script import Profile
from station.devices.thermal import PICTURES, ThermalPicture

PERSON_C = 30.0  # from here on the script means a person
APPROACH_S = 1.5
CLOTHES = 0.3  # of the way from the scene to the skin
FACE = 0.18, 0.30  # half its width and height, as shares of the picture's, when somebody stands right


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody in the picture: where the middle of the face is, from 0 to 1, and how near."""

    skin_c: float
    across: float = 0.5
    down: float = 0.45
    nearness: float = 1.0  # 1 is right; at 0.5 a face is half as wide


def paint(
    columns: int, rows: int, body: Body | None, *, ambient_c: float = 22.0, seed: int = 0
) -> ThermalPicture:
    """The scene, left to right. Noise is of 0.2 °C, the same for a seed."""
    noise = random.Random(seed)
    spots = (
        _spot(body, (column + 0.5) / columns, (row + 0.5) / rows, ambient_c)
        for row in range(rows)
        for column in range(columns)
    )
    return ThermalPicture(columns, tuple(round(spot + noise.gauss(0, 0.2), 2) for spot in spots), ambient_c)


def _spot(body: Body | None, across: float, down: float, ambient_c: float) -> float:
    if body is None:
        return ambient_c
    half_width, half_height = (half * body.nearness for half in FACE)
    x, y = (across - body.across) / half_width, (down - body.down) / half_height
    if x * x + y * y <= 1:
        return body.skin_c - 1.5 * (x * x + y * y)  # the middle of the forehead is warmest
    dressed_c = ambient_c + CLOTHES * (body.skin_c - ambient_c)
    return dressed_c if y > 1 and abs(x) < 2 else ambient_c


class PtyThermal(PtyDevice):
    """An emulated picture sensor at `path`, plugged in while used as a context manager.

    Raises KeyError for an unknown family.
    """

    def __init__(
        self,
        slug: str,
        profile: Profile,
        baud: int | None = None,
        *,
        interval_s: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._family = PICTURES[slug]
        super().__init__(slug, baud or self._family.bauds[0], interval_s or self._family.interval_s)
        self._profile, self._monotonic = profile, monotonic
        self._started = monotonic()
        self._arrived_at: float | None = None
        self._sent = 0

    def answer(self, heard: bytes) -> bytes:
        """The picture of this moment, if it is asked for; a stream waits for no question."""
        query = self._family.query
        if query is not None and query not in heard:
            return b""
        self._sent += 1
        return self._family.encode(self._picture(self._monotonic() - self._started))

    def _picture(self, at: float) -> ThermalPicture:
        reading = self._profile(at)
        body = self._body(reading.value_c, at)
        ambient_c = 22.0 if reading.ambient_c is None else reading.ambient_c
        family = self._family
        painted = paint(family.columns, family.rows, body, ambient_c=ambient_c, seed=self._sent)
        return painted.mirrored() if family.right_to_left else painted

    def _body(self, value_c: float, at: float) -> Body | None:
        if value_c < PERSON_C:
            self._arrived_at = None
            return None
        self._arrived_at = at if self._arrived_at is None else self._arrived_at
        come = min(1.0, (at - self._arrived_at) / APPROACH_S)
        return Body(value_c, across=0.15 + 0.35 * come, nearness=0.5 + 0.5 * come)
