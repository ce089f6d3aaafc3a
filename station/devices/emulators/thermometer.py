"""A pseudo-terminal that speaks like a thermometer of a given family. POSIX only.

It behaves where it matters as the real thing does: it answers only at its own speed, loses what nobody
reads, forgets what it was told when unplugged, and comes back as a new device behind the same path.
"""

from __future__ import annotations

import array
import fcntl
import os
import select
import tempfile
import termios
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from station.devices.emulators.temperature_script import Profile
from station.devices.thermometers import FAMILIES, Family

_MOST_UNREAD = 64  # bytes; a port that nobody reads holds no older readings than this
_LONGEST_QUERY = 16  # bytes kept of what was heard, in case a query arrives in pieces


class PtyThermometer:
    """An emulated thermometer at `path`, plugged in while used as a context manager.

    `baud` is the speed it talks at and `interval_s` the time between streamed readings, by default those of
    its family as it leaves the factory. Raises KeyError for an unknown family.
    """

    def __init__(
        self,
        family_slug: str,
        profile: Profile,
        baud: int | None = None,
        *,
        interval_s: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._family = FAMILIES[family_slug]
        self._profile = profile
        self._baud = baud or self._family.bauds[0]
        self._interval_s = interval_s or self._family.interval_s
        self._monotonic = monotonic
        self._started = monotonic()
        self._directory = tempfile.TemporaryDirectory(prefix="kakou-")
        self._cable: _Cable | None = None

    @property
    def path(self) -> str:
        """Where to open it; stays the same when it is unplugged and plugged in again."""
        return str(self._link)

    @property
    def _link(self) -> Path:
        return Path(self._directory.name, self._family.slug)

    def __enter__(self) -> Self:
        self.replug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.unplug()
        self._directory.cleanup()

    def replug(self) -> None:
        """Plug in: a new pseudo-terminal behind `path`."""
        self.unplug()
        self._cable = _Cable(self._family, self._frame, self._baud, self._interval_s)
        self._link.symlink_to(self._cable.path)

    def unplug(self) -> None:
        """Pull the plug: readers get an error at once, `path` is gone. Harmless when unplugged already."""
        if self._cable:
            self._link.unlink()
            self._cable.pull()
            self._cable = None

    def inject(self, data: bytes) -> None:
        """Put arbitrary bytes on the line, as a bad cable does. Raises RuntimeError when unplugged."""
        if not self._cable:
            raise RuntimeError("the thermometer is unplugged")
        self._cable.write(data)

    def _frame(self) -> bytes:
        return self._family.encode(self._profile(self._monotonic() - self._started))


class _Cable:
    """One plugged-in pseudo-terminal and the thread that talks on it."""

    def __init__(self, family: Family, frame: Callable[[], bytes], baud: int, interval_s: float) -> None:
        self._family = family
        self._frame = frame
        self._interval_s = interval_s
        self._speed = getattr(termios, f"B{baud}")
        # The slave stays open here too: without any client the master would give EIO.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)  # a fresh terminal echoes and eats control bytes
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self._pulled = threading.Event()
        self._thread = threading.Thread(target=self._talk, name=f"emulated {family.slug}", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        self._pulled.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)

    def write(self, data: bytes) -> None:
        """Send to whoever reads; what nobody reads is lost, as on a real line."""
        unread = array.array("i", [0])
        fcntl.ioctl(self._slave, termios.FIONREAD, unread)
        if unread[0] < _MOST_UNREAD:
            os.write(self._master, data)

    def _talk(self) -> None:
        heard = b""
        while not self._pulled.is_set():
            heard = heard[-_LONGEST_QUERY:] + self._listen()
            if self._must_speak(heard):
                self._say(self._frame())
                heard = b""

    def _must_speak(self, heard: bytes) -> bool:
        """A stream waits for no question; a question at the wrong speed is not understood."""
        query = self._family.query
        return query is None or (query in heard and self._right_speed())

    def _listen(self) -> bytes:
        """What the client wrote; waits one interval at most."""
        readable, _, _ = select.select([self._master], [], [], self._interval_s)
        return os.read(self._master, 1024) if readable else b""

    def _say(self, frame: bytes) -> None:
        # At a wrong speed the client's receiver makes other bytes of the same signal. Which ones depends on
        # timing; the inverse stands for them.
        self.write(frame if self._right_speed() else bytes(byte ^ 0xFF for byte in frame))

    def _right_speed(self) -> bool:
        return bool(termios.tcgetattr(self._master)[4] == self._speed)
