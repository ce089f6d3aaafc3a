"""The lid of the gate's PC was closed over a question to the center: it is asked anew in the morning."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from station.journal.enrolment import Enrolment
from station.sync import calls
from station.sync.client import Client, Signer, pinned
from tests.center.office import Center, open_center
from tests.patience import PATIENCE_S
from tests.sync.roadside import authority, standing_there
from tests.test_center_clock_lane import Street

pytestmark = pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="monotonic goes on in sleep")

NIGHT_S = 8 * 3600.0


@pytest.fixture
def sleep(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The PC sleeps so many seconds: `time.monotonic` does not hear of it."""
    awake, slept = time.clock_gettime, [0.0]

    def clock(which: int) -> float:
        return awake(which) + (slept[0] if which == time.CLOCK_BOOTTIME else 0.0)

    def fall_asleep(seconds: float) -> None:
        slept[0] += seconds

    monkeypatch.setattr(time, "clock_gettime", clock)
    return fall_asleep


class DeadLine:
    """Takes every question and answers none, as a connection of last night."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def __call__(self, connection: socket.socket, over: Event) -> None:
        heard = connection.recv(65536).decode(errors="replace")
        if not heard:
            return  # given up before it was asked
        self.asked["quick" if "channel=quick" in heard else heard.split()[1]] += 1
        over.wait()


class AlongTheLine(Street):
    """A gate that speaks to its center by sockets."""

    def __init__(self, folder: Path, center: Center, url: str, ca_pem: str) -> None:
        self._client_to: Callable[[Signer], Client] = lambda signer: Client(url, pinned(ca_pem), signer)
        super().__init__(folder, center)

    def _connect(self, enrolment: Enrolment, signer: Signer) -> Client:
        return self._client_to(signer)

    def until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < until
            self.link.tick()
            Event().wait(0.01)


def test_a_red_does_not_wait_in_the_morning_for_the_end_of_last_nights_question(
    sleep: Callable[[float], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to 40 s: who came to the gate in them was shown green."""
    monkeypatch.setattr(calls, "POLL_SLACK_S", 3600.0)
    (tmp_path / "center").mkdir()
    there, line = authority(tmp_path), DeadLine()
    with standing_there(line, there.server) as url, open_center(tmp_path / "center") as center:
        gate = AlongTheLine(tmp_path / "station", center, url, there.ca_pem)
        try:
            gate.until(lambda: line.asked["quick"] == 1)
            sleep(NIGHT_S)
            gate.until(lambda: line.asked["quick"] == 2)
        finally:
            gate.close()
