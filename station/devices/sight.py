"""What one frame shows, in the light of the frames before: a picture for the screen, perhaps a scan.

No threads, no device, no clock: frames in, values out.
"""

from __future__ import annotations

from collections.abc import Callable

from station.core.model import Found, Scan, View
from station.devices.confirm import Confirmer
from station.devices.decode import Reader, SeenCode
from station.devices.frame import Frame
from station.devices.motion import IdleGate, thumbnail
from station.devices.opencv import cv2
from station.devices.playback import fit

VIEW_SIDE = 1280  # px; the preview is never drawn larger


class Sight:
    """Looks at one camera's frames, one after another."""

    def __init__(self, verified: Callable[[str], bool]) -> None:
        """`verified` says whether a text proves itself by a signature: such a text needs only one frame."""
        self._reader = Reader()
        self._idle = IdleGate()
        self._confirmer = Confirmer(verified)

    def look(self, frame: Frame) -> tuple[Scan | None, View]:
        """The scan that this frame confirms, if any, and what to draw."""
        small = thumbnail(frame.image)
        codes = self._reader.read(frame.image) if self._idle.lets_through(small) else []
        if codes:
            self._idle.code_seen()
        confirmation = self._confirmer.feed(frame.at, [code.text for code in codes])
        scans = (_scan(code, frame) for code in codes if code.text == confirmation.text)
        return next(scans, None), self._view(frame, codes, float(small.mean()), confirmation.crowded)

    def _view(self, frame: Frame, codes: list[SeenCode], brightness: float, crowded: bool) -> View:
        image = fit(frame.image, VIEW_SIDE, cv2.INTER_LINEAR)  # a fifth of the time, for the eye only
        height, width = image.shape[:2]
        scale = width / frame.image.shape[1]
        found = tuple(self._found(code, scale) for code in codes)
        return View(image.data.cast("B"), width, height, found, brightness, crowded)

    def _found(self, code: SeenCode, scale: float) -> Found:
        corners = tuple((x * scale, y * scale) for x, y in code.corners)
        return Found(corners, self._confirmer.is_confirmed(code.text))


def _scan(code: SeenCode, frame: Frame) -> Scan:
    return Scan(code.text, frame.at, code.reader, frame.source)
