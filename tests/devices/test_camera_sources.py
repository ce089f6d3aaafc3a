"""Everything that may be named as a camera, opened for real: files, folders, a network camera."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from station.devices.camera import SCAN_HOLD, frames, open_source, public_name
from station.devices.frame import Fault, Frame, Image, SourceError
from station.devices.live import FROZEN_S, camera
from station.devices.opencv import cv2
from station.devices.playback import Pace
from tests.devices.qr_pictures import TOKEN, on_desk, qr, read_codes, save, save_video


def grey(level: int, width: int = 320, height: int = 240) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def fault_of(source: str | Path) -> Fault:
    with pytest.raises(SourceError) as caught:
        next(frames(str(source)))
    return caught.value.fault


# --- pictures


def test_a_still_picture_is_tried_as_if_held_still(tmp_path: Path) -> None:
    path = save(tmp_path / "code.png", qr(TOKEN))

    held = list(frames(str(path), monotonic=lambda: 7.0))

    assert [frame.index for frame in held] == list(range(SCAN_HOLD))
    assert {(frame.source, frame.at) for frame in held} == {("code.png", 7.0)}
    assert [code.text for code in read_codes(held[0].image)] == [TOKEN]


def test_a_folder_is_shown_in_natural_order(tmp_path: Path) -> None:
    for name in ("p10.png", "p2.png", "p1.png", "notes.txt", ".hidden.png"):
        save(tmp_path / name, grey(9)) if name.endswith(".png") else (tmp_path / name).write_text("-")

    shown = dict.fromkeys(frame.source for frame in frames(str(tmp_path)))

    assert list(shown) == ["p1.png", "p2.png", "p10.png"]


def test_a_damaged_picture_in_a_folder_is_told_and_left_out(tmp_path: Path) -> None:
    good = save(tmp_path / "good.jpg", grey(9))
    (tmp_path / "torn.jpg").write_bytes(good.read_bytes()[:60])
    (tmp_path / "empty.png").touch()
    told: list[SourceError] = []

    shown = {frame.source for frame in frames(str(tmp_path), unreadable=told.append)}

    assert shown == {"good.jpg"}
    assert {Path(error.path).name for error in told} == {"torn.jpg", "empty.png"}
    assert {error.fault for error in told} == {Fault.NOT_A_PICTURE}


def test_at_the_gate_a_folder_begins_again_and_tells_a_damaged_picture_once(tmp_path: Path) -> None:
    save(tmp_path / "1.png", grey(1))
    save(tmp_path / "3.png", grey(3))
    (tmp_path / "2.png").write_bytes(b"torn")
    told: list[SourceError] = []

    with closing(open_source(str(tmp_path), unreadable=told.append, sleep=lambda s: None)) as source:
        names = [frame.source for frame in islice(source, 450)]

    changes = [name for before, name in zip(["", *names], names, strict=False) if name != before]
    assert changes[:5] == ["1.png", "3.png", "1.png", "3.png", "1.png"]
    assert len(told) == 1


def test_a_folder_of_nothing_but_damaged_pictures_ends(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"torn")

    with pytest.raises(SourceError) as caught:
        next(open_source(str(tmp_path), sleep=lambda s: None))

    assert caught.value.fault is Fault.NO_PICTURES


def test_what_cannot_be_shown_says_why(tmp_path: Path) -> None:
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "letter.doc").write_text("no picture")
    (tmp_path / "folder").mkdir()

    assert fault_of(tmp_path / "missing.png") is Fault.NOT_FOUND
    assert fault_of("97") is Fault.NOT_FOUND
    assert fault_of(tmp_path / "torn.jpg") is Fault.NOT_A_PICTURE
    assert fault_of(tmp_path / "letter.doc") is Fault.NOT_A_PICTURE
    assert fault_of(tmp_path / "folder") is Fault.NO_PICTURES


@pytest.mark.parametrize("inside", ["secret.png", ""], ids=["file", "folder"])
def test_a_picture_of_another_user_says_so(tmp_path: Path, inside: str) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    save(locked / "secret.png", grey(9))
    locked.chmod(0)

    with as_nobody():
        fault = fault_of(locked / inside)

    locked.chmod(0o700)
    assert fault is Fault.NO_PERMISSION


class as_nobody:
    """Without root's right to read everything; does nothing for an ordinary user."""

    def __enter__(self) -> None:
        if os.getuid() == 0:
            os.seteuid(65534)

    def __exit__(self, *exception: object) -> None:
        os.seteuid(os.getuid())


def test_a_chinese_path_is_opened(tmp_path: Path) -> None:
    (tmp_path / "东门 卡口").mkdir()
    path = save(tmp_path / "东门 卡口" / "健康码.png", qr(TOKEN))

    assert next(frames(str(path))).source == "健康码.png"


def test_a_huge_picture_is_scaled_down(tmp_path: Path) -> None:
    path = save(tmp_path / "huge.jpg", grey(200, 8000, 4000))

    assert next(frames(str(path))).image.shape == (960, 1920, 3)


def test_a_picture_that_claims_an_impossible_size_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "bomb.png", grey(0))
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    path.write_bytes(data)

    assert fault_of(path) is Fault.NOT_A_PICTURE


def test_a_phone_photo_is_turned_upright(tmp_path: Path) -> None:
    path = save(tmp_path / "photo.jpg", grey(99, width=400, height=100))
    # APP1 with one EXIF tag: 0x0112 orientation = 6, "turn by 90 degrees" (EXIF 2.3, 4.6.4).
    tag = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    plain = path.read_bytes()
    path.write_bytes(plain[:2] + b"\xff\xe1" + (len(tag) + 2).to_bytes(2, "big") + tag + plain[2:])

    assert next(frames(str(path))).image.shape == (400, 100, 3)


def test_a_code_on_a_transparent_ground_is_put_on_white(tmp_path: Path) -> None:
    code = qr(TOKEN)
    layers = np.dstack([np.zeros_like(code), 255 - code[..., 0]])  # black everywhere, opaque where dark
    path = save(tmp_path / "transparent.png", layers)

    image = next(frames(str(path))).image

    assert np.array_equal(image, code)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_grey_and_deep_pictures_become_bgr_bytes(tmp_path: Path, dtype: type) -> None:
    path = save(tmp_path / "grey.png", np.full((20, 30), np.iinfo(dtype).max, dtype))

    image = next(frames(str(path))).image

    assert np.array_equal(image, np.full((20, 30, 3), 255, np.uint8))
    assert image.itemsize == 1


# --- videos


def test_a_video_is_scanned_once_from_end_to_end(tmp_path: Path) -> None:
    path = save_video(
        tmp_path / "gate.avi", [grey(10), on_desk(qr(TOKEN), width=320, height=320)[:240], grey(90)]
    )

    shown = list(frames(str(path)))

    assert [(frame.index, frame.source) for frame in shown] == [(n, "gate.avi") for n in range(3)]


def test_at_the_gate_a_video_runs_at_its_own_speed_and_begins_again(tmp_path: Path) -> None:
    path = save_video(tmp_path / "gate.avi", [grey(10), grey(200)], fps=10)
    clock = FakeClock()

    with closing(open_source(str(path), monotonic=clock.now, sleep=clock.sleep)) as source:
        shown = list(islice(source, 5))

    assert [frame.index for frame in shown] == [0, 1, 0, 1, 0]
    assert [frame.at for frame in shown] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


def test_a_late_reader_is_not_caught_up_with_by_a_burst() -> None:
    clock = FakeClock()
    pace = Pace(clock.now, clock.sleep)
    pace.wait(0.1)
    clock.time += 5

    pace.wait(0.1)
    pace.wait(0.1)

    assert clock.time == pytest.approx(5.2)


class FakeClock:
    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


# --- live cameras


class FakeCapture:
    """A camera that delivers these pictures and then nothing."""

    def __init__(self, pictures: list[Image]) -> None:
        self._pictures = iter(pictures)
        self._grabbed: Image | None = None
        self.decoded = 0
        self.released = False

    def grab(self) -> bool:
        self._grabbed = next(self._pictures, None)
        return self._grabbed is not None

    def retrieve(self) -> tuple[bool, Any]:
        self.decoded += 1
        return True, self._grabbed

    def release(self) -> None:
        self.released = True


def watched(capture: FakeCapture, name: str, seconds: Callable[[], float]) -> tuple[list[Frame], Fault]:
    seen: list[Frame] = []
    with pytest.raises(SourceError) as caught:
        seen.extend(camera(lambda: capture, name, seconds))
    return seen, caught.value.fault


def test_an_unplugged_camera_is_told_from_one_that_falls_silent(tmp_path: Path) -> None:
    still_there = tmp_path / "video0"
    still_there.touch()

    assert watched(FakeCapture([]), str(tmp_path / "unplugged"), lambda: 0.0)[1] is Fault.NOT_FOUND
    assert watched(FakeCapture([]), str(still_there), lambda: 0.0)[1] is Fault.NO_SIGNAL
    assert watched(FakeCapture([]), "rtsp://camera/1", lambda: 0.0)[1] is Fault.NO_SIGNAL


def test_the_camera_is_released_whoever_ends_it(tmp_path: Path) -> None:
    failing, closed = FakeCapture([]), FakeCapture([grey(1), grey(2)])

    watched(failing, "rtsp://camera/1", lambda: 0.0)
    source = camera(lambda: closed, "rtsp://camera/1")
    next(source)
    source.close()

    assert failing.released
    assert closed.released


def test_an_idle_gate_decodes_only_the_frames_that_it_will_look_at() -> None:
    capture = FakeCapture([grey(level) for level in range(9)])
    source = camera(lambda: capture, "rtsp://camera/1", wanted=lambda index: index % 3 == 0)

    shown = [next(source) for _ in range(3)]

    assert [(frame.index, frame.image[0, 0, 0]) for frame in shown] == [(0, 0), (3, 3), (6, 6)]
    assert capture.decoded == 3


def test_a_frozen_camera_is_noticed_and_its_thaw_too() -> None:
    ticks = iter([0.0, 1.0, FROZEN_S, 2 * FROZEN_S, 2 * FROZEN_S + 1])

    shown, _ = watched(
        FakeCapture([grey(1), grey(2), grey(2), grey(2), grey(3)]), "rtsp://camera/1", lambda: next(ticks)
    )

    assert [frame.fresh for frame in shown] == [True, True, True, False, True]


class NetworkCamera(BaseHTTPRequestHandler):
    """Serves a dozen JPEG pictures as multipart/x-mixed-replace, as IP cameras do."""

    def do_GET(self) -> None:
        jpeg = cv2.imencode(".jpg", on_desk(qr(TOKEN)))[1].tobytes()
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for _ in range(12):
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def network_camera() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), NetworkCamera) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}/video.mjpg"
        server.shutdown()
        thread.join()


def test_a_network_camera_is_read_and_its_password_is_not_shown(network_camera: str) -> None:
    seen: list[Frame] = []
    with pytest.raises(SourceError, match="no_signal") as caught:
        seen.extend(open_source(f"http://admin:secret@{network_camera}"))

    assert len(seen) == 12
    assert [code.text for code in read_codes(seen[-1].image)] == [TOKEN]
    assert {seen[0].source, caught.value.path} == {f"http://{network_camera}"}


def test_a_network_camera_that_does_not_answer_says_so() -> None:
    assert fault_of("rtsp://user:secret@127.0.0.1:1/stream") is Fault.NOT_OPENED


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("rtsp://admin:p@ss@10.0.0.7:554/1?ch=2", "rtsp://10.0.0.7:554/1?ch=2"),
        ("RTSP://admin:a/b#c?d@10.0.0.7/1", "RTSP://10.0.0.7/1"),
        ("http://10.0.0.7/video", "http://10.0.0.7/video"),
        ("http://10.0.0.7/videostream.cgi?user=admin&pwd=888888", "http://10.0.0.7/videostream.cgi"),
        ("http://10.0.0.7?user=admin&pwd=888888", "http://10.0.0.7"),
        ("rtsp://10.0.0.7:554/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp", "rtsp://10.0.0.7:554"),
        ("rtsp://me:p=?x@10.0.0.7/live/ch1?subtype=0", "rtsp://10.0.0.7/live/ch1?subtype=0"),
        ("rtsp://10.0.0.7/live?channel=2&pwd=12&subtype=1", "rtsp://10.0.0.7/live?channel=2&subtype=1"),
        ("http://10.0.0.7/video.cgi?user=admin&pwd=p@ss", "http://10.0.0.7/video.cgi"),
        ("rtsp://10.0.0.7:554/user=admin&password=p@ss&channel=1", "rtsp://10.0.0.7:554"),
        ("rtsp://cam.local?pwd=p@s/s&channel=2", "rtsp://cam.local?channel=2"),
        ("rtsp://10.0.0.7/user=admin&password=p@s?s", "rtsp://10.0.0.7"),
        ("rtsp://admin:p@10.0.0.7/live?user=a&pwd=x", "rtsp://10.0.0.7/live"),
        ("/dev/v4l/by-id/usb-cam@1", "/dev/v4l/by-id/usb-cam@1"),
        ("0", "0"),
    ],
)
def test_a_name_to_show_holds_no_password(source: str, shown: str) -> None:
    assert public_name(source) == shown
