"""What one frame shows, in the light of the frames before: a picture for the screen, perhaps a scan.

No threads, no device, no clock: frames in, values out.
"""

from __future__ import annotations

from collections.abc import Callable

from station.core.model import Found, Scan, View
from station.devices.confirm import Confirmation, Confirmer
from station.devices.decode import Reader
from station.devices.distance import Distance
from station.devices.frame import Frame
from station.devices.motion import IdleGate, thumbnail
from station.devices.opencv import cv2
from station.devices.playback import fit
from station.devices.readers import SeenCode, Sighting

VIEW_SIDE = 1280  # px; the preview is never drawn larger


class Sight:
    """Looks at one camera's frames, one after another."""

    def __init__(self, verified: Callable[[str], bool]) -> None:
        """`verified` says whether a text proves itself by a signature: such a text needs only one frame."""
        self._reader = Reader()
        self._idle = IdleGate()
        self._confirmer = Confirmer(verified)
        self._distance = Distance()

    def wants(self, index: int) -> bool:
        """Whether the frame of this number need be decoded at all. May be asked from another thread."""
        return self._idle.wants(index)

    @property
    def calm(self) -> bool:
        """Nothing has moved for a while."""
        return self._idle.calm

    def look(self, frame: Frame) -> tuple[Scan | None, View]:
        """The scan that this frame confirms, if any, and what to draw."""
        small = thumbnail(frame.image)
        self._idle.feed(small)
        sighting = self._sighting(frame)
        confirmation = self._confirmer.feed(frame.at, [code.text for code in sighting.codes])
        too_small = self._distance.feed(frame.at, sighting)
        scans = (_scan(code, frame) for code in sighting.codes if code.text == confirmation.text)
        view = self._view(frame, sighting, float(small.mean()), confirmation, too_small)
        return next(scans, None), view

    def _sighting(self, frame: Frame) -> Sighting:
        """What the reader makes of the frame; nothing if the gate is calm and it is not this one's turn."""
        if not self._idle.wants(frame.index):
            return Sighting()
        sighting = self._reader.look(frame.image, rescue=not self._idle.calm)
        if sighting.located:
            self._idle.code_seen()
        return sighting

    def _view(
        self,
        frame: Frame,
        sighting: Sighting,
        brightness: float,
        confirmation: Confirmation,
        too_small: bool,
    ) -> View:
        image = fit(frame.image, VIEW_SIDE, cv2.INTER_LINEAR)  # a fifth of the time, for the eye only
        height, width = image.shape[:2]
        scale = width / frame.image.shape[1]
        found = tuple(self._found(code, scale) for code in sighting.codes)
        pixels = image.data.cast("B")
        return View(pixels, width, height, found, brightness, confirmation.crowded, too_small, not self.calm)

    def _found(self, code: SeenCode, scale: float) -> Found:
        corners = tuple((x * scale, y * scale) for x, y in code.corners)
        return Found(corners, self._confirmer.is_confirmed(code.text))


def _scan(code: SeenCode, frame: Frame) -> Scan:
    return Scan(code.text, frame.at, code.reader, frame.source)
