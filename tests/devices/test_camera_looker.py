"""The camera's owner: what it publishes while cameras come, go, freeze and surprise."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count, repeat
from typing import Any

import numpy as np
import pytest

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan, View
from station.devices.frame import Fault, Frame, FrameSource, Image, SourceError
from station.devices.looker import Looker, ViewRate
from station.devices.sight import VIEW_SIDE, Sight
from tests.devices.qr_pictures import TOKEN, on_desk, qr, torn
from tests.patience import PATIENCE_S

EMPTY = on_desk()
WITH_CODE = on_desk(qr(TOKEN))

Event = Scan | View | DeviceStatus


class Gate:
    """What a looker published, in order; and a camera that waits until each frame was looked at."""

    def __init__(self) -> None:
        self._events: queue.Queue[Event] = queue.Queue()
        self._looked = threading.Semaphore(0)
        self._times = (number / 15 for number in count())

    def publish(self, event: Event) -> None:
        self._events.put(event)
        if isinstance(event, View) or event_state(event) is DeviceState.SILENT:
            self._looked.release()

    def showing(
        self, images: Iterable[Image], *, then: Exception | None = None, fresh: bool = True
    ) -> FrameSource:
        """A camera at fifteen frames a second of its own time, which fails in the end."""
        for image in images:
            yield frame(image, next(self._times), fresh=fresh)
            self._looked.acquire(timeout=PATIENCE_S)
        if then:
            raise then

    def free_the_camera(self) -> None:
        """Let it run on without being looked at."""
        self._looked.release(1_000_000)

    def until(self, wanted: Callable[[Event], bool]) -> list[Event]:
        """All events up to and with the first wanted one. Raises queue.Empty when it does not come."""
        events = [self._events.get(timeout=PATIENCE_S)]
        while not wanted(events[-1]):
            events.append(self._events.get(timeout=PATIENCE_S))
        return events

    def states_until(self, last: DeviceState) -> list[DeviceState]:
        events = self.until(lambda event: event_state(event) is last)
        return [event.state for event in events if isinstance(event, DeviceStatus)]


def frame(image: Image, at: float, *, fresh: bool = True) -> Frame:
    return Frame(image, at, round(at * 15), "camera", fresh)


def event_state(event: Event) -> DeviceState | None:
    return event.state if isinstance(event, DeviceStatus) else None


@pytest.fixture
def gate() -> Gate:
    return Gate()


def unplugged() -> SourceError:
    return SourceError(Fault.NOT_FOUND, "camera")


class Plug:
    """Opens one source after another; each is a generator or the reason why there is none."""

    def __init__(self, *sources: FrameSource | Exception) -> None:
        self._sources = iter(sources)

    def __call__(self, name: str) -> FrameSource:
        source = next(self._sources, unplugged())
        if isinstance(source, Exception):
            raise source
        return source


@contextmanager
def looking(gate: Gate, opener: Callable[[str], FrameSource], **settings: Any) -> Iterator[None]:
    looker = Looker("camera", gate.publish, open=opener, back_off_s=[0.01], **settings)
    looker.start()
    try:
        yield
    finally:
        gate.free_the_camera()
        looker.stop()


def test_a_code_held_up_becomes_one_scan(gate: Gate) -> None:
    with looking(gate, Plug(gate.showing(chain([EMPTY] * 5, repeat(WITH_CODE))))):
        events = gate.until(lambda event: isinstance(event, Scan))

    (scan,) = [event for event in events if isinstance(event, Scan)]
    assert (scan.text, scan.reader, scan.source) == (TOKEN, "zxing", "camera")
    assert scan.at > 5 / 15
    assert [event.state for event in events if isinstance(event, DeviceStatus)] == [
        DeviceState.SEARCHING,
        DeviceState.WORKING,
    ]


def test_a_camera_pulled_out_and_put_back_is_told_and_logged_once_each(
    gate: Gate,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "station.devices.looker")
    opener = Plug(
        gate.showing([EMPTY] * 3, then=unplugged()), *[unplugged()] * 5, gate.showing(repeat(WITH_CODE))
    )

    with looking(gate, opener):
        until_lost = gate.states_until(DeviceState.LOST)
        until_back = gate.states_until(DeviceState.WORKING)
        gate.until(lambda event: isinstance(event, Scan))

    assert until_lost == [DeviceState.SEARCHING, DeviceState.WORKING, DeviceState.LOST]
    assert until_back == [DeviceState.WORKING]
    assert [record.levelname for record in caplog.records] == ["INFO", "INFO", "WARNING", "INFO"]
    assert TOKEN not in caplog.text


def test_a_camera_that_is_not_there_at_the_start_is_found_later(gate: Gate) -> None:
    with looking(gate, Plug(unplugged(), unplugged(), gate.showing(repeat(EMPTY)))):
        assert gate.states_until(DeviceState.WORKING) == [
            DeviceState.SEARCHING,
            DeviceState.LOST,
            DeviceState.WORKING,
        ]


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (SourceError(Fault.NO_SIGNAL, "camera"), DeviceState.SILENT),
        (SourceError(Fault.NOT_OPENED, "camera"), DeviceState.LOST),
        (MemoryError("a driver's surprise"), DeviceState.LOST),
        (None, DeviceState.SILENT),
    ],
    ids=["nothing arrives", "used by another program", "surprise", "the stream ends"],
)
def test_each_failure_has_its_state_and_the_lane_goes_on(
    gate: Gate, failure: Exception | None, state: DeviceState
) -> None:
    with looking(gate, Plug(gate.showing([EMPTY] * 3, then=failure), gate.showing(repeat(EMPTY)))):
        assert gate.states_until(state)[-1] is state
        assert gate.states_until(DeviceState.WORKING) == [DeviceState.WORKING]


def test_a_camera_that_hangs_is_called_silent_and_does_not_hold_up_the_end(gate: Gate) -> None:
    hang = threading.Event()

    def hanging(name: str) -> FrameSource:
        yield frame(EMPTY, 0.0)
        hang.wait(PATIENCE_S)

    with looking(gate, hanging, silent_s=0.05):
        states = gate.states_until(DeviceState.SILENT)
        ending = time.monotonic()
    ended = time.monotonic()
    hang.set()

    assert states == [DeviceState.SEARCHING, DeviceState.WORKING, DeviceState.SILENT]
    assert ended - ending < PATIENCE_S / 4  # it would hang for all of it


def test_a_frozen_picture_is_called_silent_but_still_looked_at(gate: Gate) -> None:
    opener = Plug(gate.showing(chain([EMPTY] * 3, repeat(WITH_CODE)), fresh=False))

    with looking(gate, opener):
        assert gate.states_until(DeviceState.SILENT)
        gate.until(lambda event: isinstance(event, Scan))


def test_a_frame_that_cannot_be_looked_at_does_not_end_the_lane(gate: Gate) -> None:
    impossible = np.zeros((4, 4), np.uint8)  # not a colour picture

    with looking(gate, Plug(gate.showing(chain([impossible], repeat(WITH_CODE))))):
        assert gate.states_until(DeviceState.SILENT)
        gate.until(lambda event: isinstance(event, Scan))


def test_a_code_that_was_held_up_before_the_program_stood_still_never_acts(gate: Gate) -> None:
    """The driver, or the network, still has its pictures; whoever steps up now would be measured for it."""
    hours = [0.0]

    def stands_still() -> FrameSource:
        yield from gate.showing([EMPTY] * 3)
        hours[0] += 120.0
        yield from gate.showing([WITH_CODE] * 6)

    with looking(
        gate,
        Plug(stands_still(), gate.showing(chain(repeat(EMPTY, 3), repeat(on_desk(qr(TOKEN + "B")))))),
        elapsed=lambda: hours[0],
    ):
        (scan,) = [one for one in gate.until(lambda one: isinstance(one, Scan)) if isinstance(one, Scan)]

    assert scan.text == TOKEN + "B"


def test_a_looker_that_was_busy_sees_the_newest_frame_next() -> None:
    shown: list[float] = []
    busy, all_delivered, done = threading.Event(), threading.Event(), threading.Event()

    def publish(event: Event) -> None:
        if isinstance(event, View):
            shown.append(event.brightness)
            busy.set()
            all_delivered.wait(PATIENCE_S)
            if len(shown) == 2:
                done.set()

    def camera(name: str) -> FrameSource:
        for level in range(200):
            yield frame(np.full((60, 80, 3), level, np.uint8), at=level)
            busy.wait(PATIENCE_S)
        all_delivered.set()
        done.wait(PATIENCE_S)

    looker = Looker("camera", publish, open=camera)
    looker.start()
    done.wait(PATIENCE_S)
    looker.stop()

    assert shown == [0, 199]


@pytest.mark.parametrize(("camera_rate", "views"), [(120, 30), (60, 30), (30, 30), (15, 15)])
def test_the_screen_gets_thirty_views_a_second_at_most(camera_rate: int, views: int) -> None:
    rate = ViewRate()

    assert sum(rate.allows(number / camera_rate, calm=False) for number in range(camera_rate)) == views


def test_a_calm_gate_is_shown_ten_times_a_second() -> None:
    rate = ViewRate()

    assert sum(rate.allows(number / 30, calm=True) for number in range(30)) == 10


def test_the_camera_is_given_back_at_the_end() -> None:
    working, released = threading.Event(), threading.Event()

    def camera(name: str) -> FrameSource:
        try:
            while True:
                yield frame(EMPTY, 0.0)
        finally:
            released.set()

    looker = Looker("camera", lambda event: working.set(), open=camera)
    looker.start()
    working.wait(PATIENCE_S)
    looker.stop()

    assert released.is_set()


def test_an_emulated_camera_and_a_password_are_marked_and_hidden() -> None:
    gate = Gate()
    looker = Looker("rtsp://admin:secret@10.0.0.7/1", gate.publish, emulated=True, open=Plug())
    looker.start()
    (status,) = gate.until(lambda event: True)
    looker.stop()

    assert status == DeviceStatus(
        DeviceKind.CAMERA, DeviceState.SEARCHING, "rtsp://10.0.0.7/1", emulated=True
    )


# --- what one frame shows


def look(image: Image, at: float = 0.0, sight: Sight | None = None) -> tuple[Scan | None, View]:
    return (sight or Sight(lambda text: False)).look(frame(image, at))


def test_a_view_holds_the_picture_and_where_the_code_is() -> None:
    sight = Sight(lambda text: False)
    _, first = look(WITH_CODE, 0.0, sight)
    scan, second = look(WITH_CODE, 0.1, sight)

    assert scan is not None
    assert bytes(first.pixels) == WITH_CODE.tobytes()
    assert (first.width, first.height) == (1280, 720)
    assert [found.confirmed for found in (*first.found, *second.found)] == [False, True]
    assert first.brightness == pytest.approx(float(WITH_CODE.mean()), abs=3)


def test_a_signed_code_is_scanned_in_its_first_frame() -> None:
    scan, _ = look(WITH_CODE, sight=Sight(lambda text: text == TOKEN))

    assert scan is not None


def test_two_codes_ask_for_one() -> None:
    _, view = look(on_desk(qr("first"), qr("second")))

    assert view.crowded
    assert len(view.found) == 2


def test_a_large_picture_is_shown_smaller_with_its_corners_in_place() -> None:
    _, small = look(WITH_CODE)
    _, large = look(np.kron(WITH_CODE, np.ones((2, 2, 1), np.uint8)))

    assert (large.width, large.height) == (VIEW_SIDE, 720)
    assert np.allclose(large.found[0].corners, small.found[0].corners, atol=3)


def test_a_code_that_is_there_but_too_small_asks_to_come_nearer() -> None:
    sight = Sight(lambda text: False)
    small = on_desk(torn(module=2))

    asked = [look(small, number / 30, sight)[1].too_small for number in range(6)]

    assert asked == [False, False, False, True, True, True]
    assert not look(WITH_CODE, 0.3, sight)[1].too_small
