"""Traffic faster than people: a serial scanner reads one red code after another.

A red code is decided without a thermometer, so each is an entry as soon as the station has read it.
"""

from __future__ import annotations

import threading
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self

from station.devices.emulators.scanner import PtyScanner
from tests.e2e.residents import Resident, move_in

PEOPLE = 1500  # the same code within half a minute would be the same passage
PAUSE_S = 0.015


class RedQueue:
    """Residents of a station who are all red and come again and again, while used as a context manager."""

    def __init__(self, pause_s: float = PAUSE_S) -> None:
        self._pause_s = pause_s
        self._scanner = PtyScanner()
        self._codes = [f"https://kakou.invalid/{number:032x}" for number in range(PEOPLE)]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._come, daemon=True)

    def live_at(self, folder: Path) -> None:
        """Put them into a new station's roster."""
        move_in(
            folder,
            *(
                Resident(f"周{chr(0x4E00 + at)}", f"3-3-{at + 1}", code, "红")
                for at, code in enumerate(self._codes)
            ),
        )

    @property
    def devices(self) -> tuple[str, ...]:
        """What follows `station run`."""
        return ("--camera", "/dev/nowhere", "--scanner", f"{self._scanner.path},gm65")

    def __enter__(self) -> Self:
        self._scanner.__enter__()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._scanner.__exit__(kind, error, trace)

    def stop(self) -> None:
        """Nobody comes any more."""
        self._ended.set()
        self._thread.join()

    def _come(self) -> None:
        for code in cycle(self._codes):
            if self._ended.wait(self._pause_s):
                return
            self._scanner.show(code)
