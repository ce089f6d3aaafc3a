"""A network camera on this machine: sends whatever picture it is shown, and can be unplugged."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Any, Self

import numpy as np

from station.devices.frame import Image
from station.devices.opencv import cv2
from tests.e2e.ports import free_port

FRAME_S = 1 / 20
EMPTY_GATE = np.full((720, 1280, 3), 120, np.uint8)


class NetworkCamera:
    """Serves motion JPEG as IP cameras do (multipart/x-mixed-replace), at one address for ever."""

    def __init__(self) -> None:
        self.sees_nobody()
        self._port = free_port()
        self.replug()

    @property
    def address(self) -> str:
        """What follows `--camera`."""
        return f"http://127.0.0.1:{self._port}/video.mjpg"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()

    def sees(self, picture: Image) -> None:
        """No sensor gives the same picture twice; one that does is taken for frozen."""
        self._jpegs = (_jpeg(picture), _jpeg(cv2.add(picture, np.full_like(picture, 2))))

    def sees_nobody(self) -> None:
        self.sees(EMPTY_GATE)

    def replug(self) -> None:
        self._unplugged = threading.Event()
        self._server = _Server(("127.0.0.1", self._port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Harmless when unplugged already."""
        self._unplugged.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        camera, unplugged = self, self._unplugged

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                for turn in count():
                    if unplugged.wait(FRAME_S):
                        return
                    jpeg = camera._jpegs[turn % 2]
                    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                    self.wfile.write(head.encode() + jpeg + b"\r\n")

            def log_message(self, format: str, *args: object) -> None:
                """Stay silent."""

        return Handler


class _Server(ThreadingHTTPServer):
    allow_reuse_address = True  # the camera comes back at the same address at once
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A viewer that is killed hangs up in the middle of a picture; nothing is wrong with the camera."""


def _jpeg(picture: Any) -> bytes:
    return bytes(cv2.imencode(".jpg", picture)[1].tobytes())
