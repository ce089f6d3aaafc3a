"""The looker: the camera's one owner. It captures, looks, and publishes what it saw.

Two threads: capturing must not wait for reading, or the frames in the driver's buffer grow old. Between
them is room for one frame, the newest; older ones are dropped, never queued. Deciding and drawing belong
elsewhere.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import chain, repeat

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan, View
from station.devices.camera import open_source, public_name
from station.devices.frame import Fault, Frame, FrameSource, SourceError
from station.devices.sight import Sight
from station.steady import Standstill, elapsed

SILENT_S = 3.0  # without a frame; longer than the 2 s after which a camera's read gives up by itself
BACK_OFF_S = (1.0, 2.0, 4.0, 8.0)  # between attempts to open; the last one repeats
VIEW_EVERY_S = 1 / 31  # so that a camera with 30 frames a second loses none to rounding
CALM_VIEW_EVERY_S = (
    1 / 10.5
)  # while nothing moves the eye misses nothing, and painting costs most of an idle gate
STOP_S = 0.9  # for each thread; one that a driver holds longer ends by itself

log = logging.getLogger(__name__)


class Looker:
    """Looks through one camera until it is stopped, whatever happens to the camera."""

    def __init__(
        self,
        source: str,
        publish: Callable[[Scan | View | DeviceStatus], None],
        *,
        emulated: bool = False,
        open: Callable[[str], FrameSource] | None = None,
        verified: Callable[[str], bool] = lambda text: False,
        back_off_s: Sequence[float] = BACK_OFF_S,
        silent_s: float = SILENT_S,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        """`publish` is called on the looker's threads and must not block; for `verified` see Sight.

        `open` is how the source is opened; by default as a gate's camera, whose idle frames are left out.
        `elapsed` are seconds in which the PC may have slept, too.
        """
        self._source = source
        self._name = public_name(source)
        self._publish = publish
        self._emulated = emulated
        self._back_off_s = back_off_s
        self._silent_s = silent_s
        self._standstill = Standstill(elapsed)
        self._sight = Sight(verified)
        self._open = open or partial(open_source, wanted=self._sight.wants)
        self._state = DeviceState.ABSENT
        self._view_rate = ViewRate()
        self._newest = _Newest()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=f"camera-{work.__name__.strip('_')}", daemon=True)
            for work in (self._capture, self._look)
        ]

    def start(self) -> None:
        """Begin; the first thing published is that the camera is searched for."""
        self._report(DeviceState.SEARCHING)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End within two seconds. Nothing is published afterwards."""
        self._stopping.set()
        self._newest.close()
        for thread in self._threads:
            thread.join(STOP_S)

    # --- the capturing thread: opens, reads and closes the source, for OpenCV wants one thread for all three

    def _capture(self) -> None:
        waits = self._waits()
        while not self._stopping.is_set():
            if self._capture_until_it_fails():
                waits = self._waits()
            self._stopping.wait(next(waits))

    def _waits(self) -> Iterator[float]:
        return chain(self._back_off_s, repeat(self._back_off_s[-1]))

    def _capture_until_it_fails(self) -> bool:
        """Hand on every frame, and at last the reason for the end. Returns whether there was a frame."""
        delivered = False
        try:
            with closing(self._open(self._source)) as frames:
                for frame in frames:
                    if self._standstill.was() and delivered:
                        break  # of before, and so are those behind it; opened anew, it gives those of now
                    self._newest.put(frame)
                    delivered = True
                    if self._stopping.is_set():
                        return True
            self._newest.put(SourceError(Fault.NO_SIGNAL, self._name))
        except SourceError as error:
            self._newest.put(error)
        except Exception as error:  # noqa: BLE001 - no surprise of a driver may end the lane; `_look` logs it
            self._newest.put(SourceError(Fault.DRIVER, self._name, type(error).__name__))
        return delivered

    # --- the looking thread: the only one that publishes

    def _look(self) -> None:
        while not self._stopping.is_set():
            arrival = self._newest.take(self._silent_s)
            if self._stopping.is_set():
                return
            try:
                self._handle(arrival)
            except Exception as error:  # noqa: BLE001 - one frame's failure must not end the lane
                # Only the type: the message may hold the text of a code.
                self._report(DeviceState.SILENT, type(error).__name__)

    def _handle(self, arrival: Frame | SourceError | None) -> None:
        if isinstance(arrival, Frame):
            self._handle_frame(arrival)
        elif isinstance(arrival, SourceError):
            silent = arrival.fault is Fault.NO_SIGNAL
            self._report(DeviceState.SILENT if silent else DeviceState.LOST, str(arrival))
        elif self._state is DeviceState.WORKING:
            self._report(DeviceState.SILENT, f"no frame for {self._silent_s:g} s")

    def _handle_frame(self, frame: Frame) -> None:
        scan, view = self._sight.look(frame)
        if frame.fresh:
            height, width = frame.image.shape[:2]
            self._report(DeviceState.WORKING, f"{width}x{height}")
        else:
            self._report(DeviceState.SILENT, "frozen picture")
        if scan:
            self._publish(scan)
        if self._view_rate.allows(frame.at, calm=self._sight.calm):
            self._publish(view)

    def _report(self, state: DeviceState, detail: str = "") -> None:
        """Publish and log a change of state, once."""
        if state is self._state:
            return
        self._state = state
        level = logging.INFO if state in (DeviceState.SEARCHING, DeviceState.WORKING) else logging.WARNING
        log.log(level, "camera %s: %s %s", self._name, state.value, detail)
        self._publish(DeviceStatus(DeviceKind.CAMERA, state, self._name, self._emulated, detail))


class ViewRate:
    """Lets through what the screen can use of a quick camera, by frame time; less while nothing moves."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def allows(self, at: float, *, calm: bool) -> bool:
        if at - self._last < (CALM_VIEW_EVERY_S if calm else VIEW_EVERY_S):
            return False
        self._last = at
        return True


class _Newest:
    """Room for one arrival between two threads; what is not taken in time gives way to the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._arrival: Frame | SourceError | None = None
        self._closed = False

    def put(self, arrival: Frame | SourceError) -> None:
        with self._changed:
            self._arrival = arrival
            self._changed.notify()

    def take(self, timeout_s: float) -> Frame | SourceError | None:
        """The newest arrival, or None when there was none for `timeout_s` seconds or since `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self._arrival is not None or self._closed, timeout_s)
            arrival, self._arrival = self._arrival, None
            return arrival

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
