"""Keeps the barrier in a process of its own: when the station dies, however it dies, the relay is released.

`python -m station.devices.barrier_keeper URL FAMILY CHANNEL HOLD_S`, in the program of the .deb
`station barrier-keeper URL FAMILY CHANNEL HOLD_S`, reads lines `open DECIDED_AT` from standard
input and writes one JSON line for each change of the device's health. The end of its input is the end of the
station: release, and go. `DECIDED_AT` is a second of `time.monotonic`, which is the same for all processes:
an age would stand still while the line waits for a keeper that starts, or hangs.
"""

from __future__ import annotations

import json
import logging
import math
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TextIO

from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.devices.barrier import HOLD_S, Barrier
from station.devices.port_owner import short_name
from station.devices.relays import RELAYS

log = logging.getLogger(__name__)

_AGAIN_S = 0.5
_END_S = 3.0


def keep(arguments: list[str], commands: TextIO, out: TextIO) -> int:
    """The process itself; returns its exit code."""
    url, family, channel, hold_s = arguments
    relay = RELAYS[family].channel(int(channel))

    def tell(status: DeviceStatus) -> None:
        line = {"state": status.state.value, "name": status.name, "detail": status.detail}
        print(json.dumps(line), file=out, flush=True)

    barrier = Barrier(url, relay, tell, hold_s=float(hold_s))
    barrier.start()
    for line in commands:
        decided_at = _decided_at(line)
        if decided_at is not None:
            barrier.open(decided_at)
    barrier.stop()
    return 0


def _decided_at(line: str) -> float | None:
    """The second in `open DECIDED_AT`; None for anything else."""
    word, _, at = line.strip().partition(" ")
    try:
        seconds = float(at)
    except ValueError:
        return None
    return seconds if word == "open" and math.isfinite(seconds) else None


class KeptBarrier:
    """The station's end: starts the keeper, starts it again when it ends, hears how the barrier is."""

    def __init__(
        self,
        url: str,
        family: str,
        publish: Callable[[DeviceStatus], None],
        *,
        channel: int = 1,
        hold_s: float = HOLD_S,
    ) -> None:
        self.name = short_name(url)
        self._publish = publish
        self._arguments = [url, family, str(channel), str(hold_s)]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name=f"barrier {self.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let the keeper release the relay and end."""
        self._stopping.set()
        self._hang_up(self._process)
        if self._thread.is_alive():
            self._thread.join(_END_S)
        if self._process and self._process.poll() is None:
            log.warning("barrier %s: its keeper hangs, left to itself", self.name)

    def open(self, decided_at: float) -> None:
        """Open for one person, of a verdict at this second of `time.monotonic`. Never waits."""
        process = self._process
        if process is None or process.stdin is None:
            return  # how the barrier is stands on the screen; a guard opens by hand
        try:
            process.stdin.write(f"open {decided_at!r}\n")
            process.stdin.flush()
        except (OSError, ValueError) as error:  # ValueError: closed already
            log.warning("barrier %s: keeper not reached: %s", self.name, error)

    def _run(self) -> None:
        while not self._stopping.is_set():
            why = "its keeper ended"
            try:
                self._hear_one()
            except OSError as error:  # no room for a process, or a wish that it died before taking
                why = f"its keeper failed: {error}"
            if not self._stopping.is_set():
                self._publish(DeviceStatus(DeviceKind.BARRIER, DeviceState.LOST, self.name, False, why))
                self._stopping.wait(_AGAIN_S)

    def _hear_one(self) -> None:
        """Start a keeper and hear it until its end. Raises OSError."""
        with _start(self._arguments) as process:
            self._process = process
            if self._stopping.is_set():
                self._hang_up(process)
            assert process.stdout is not None  # asked for
            for line in process.stdout:
                self._publish(_status(line))

    @staticmethod
    def _hang_up(process: subprocess.Popen[str] | None) -> None:
        if process and process.stdin:
            try:
                process.stdin.close()
            except OSError as error:  # what was not flushed cannot be: it has ended
                log.info("barrier keeper had gone: %s", error)


def _start(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*_program(), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _program() -> list[str]:
    """How to start a keeper; a frozen program has no -m (https://pyinstaller.org, "Run-time Information")."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "barrier-keeper"]
    return [sys.executable, "-m", "station.devices.barrier_keeper"]


def _status(line: str) -> DeviceStatus:
    told = json.loads(line)
    return DeviceStatus(
        DeviceKind.BARRIER, DeviceState(told["state"]), told["name"], False, told.get("detail", "")
    )


def main(arguments: list[str]) -> int:
    """Ctrl+C in a terminal reaches the whole group; the keeper waits for the station to hang up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO)
    return keep(arguments, sys.stdin, sys.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
