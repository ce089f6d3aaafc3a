"""A pseudo-terminal with a device at its far end. POSIX only. What the device says is for its own module.

It behaves where it matters as a real line does: it carries sense only at the right speed, loses what nobody
reads, forgets what was said before the plug was pulled, and comes back as a new device behind the same path.
"""

from __future__ import annotations

import array
import fcntl
import os
import select
import tempfile
import termios
import threading
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_MOST_UNREAD = 64  # bytes; a port that nobody reads holds no older words than this
MOST_HEARD = 64  # bytes kept of what was heard, in case a command arrives in pieces

Answer = Callable[[bytes], bytes]


class PtyDevice(ABC):
    """An emulated device at `path`, plugged in while used as a context manager.

    `baud` is the speed it talks at; it has something to say every `interval_s` seconds, or when spoken to.
    """

    def __init__(self, name: str, baud: int, interval_s: float) -> None:
        self._name = name
        self._baud = baud
        self._interval_s = interval_s
        self._directory = tempfile.TemporaryDirectory(prefix="kakou-")
        self._cable: _Cable | None = None

    @abstractmethod
    def answer(self, heard: bytes) -> bytes:
        """What it says next, given what it heard since it spoke last; empty: nothing yet."""

    @property
    def path(self) -> str:
        """Where to open it; stays the same when it is unplugged and plugged in again."""
        return str(self._link)

    @property
    def _link(self) -> Path:
        return Path(self._directory.name, self._name)

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
        self._cable = _Cable(self._name, self._baud, self._interval_s, self.answer)
        self._link.symlink_to(self._cable.path)

    def unplug(self) -> None:
        """Pull the plug: readers get an error at once, `path` is gone. Harmless when unplugged already."""
        if self._cable:
            self._link.unlink()
            self._cable.pull()
            self._cable = None

    def say(self, data: bytes) -> None:
        """Speak unasked. Raises RuntimeError when unplugged."""
        self._plugged_in().say(data)

    def set_speed(self, baud: int) -> None:
        """From now on it talks at this speed. Raises RuntimeError when unplugged."""
        self._baud = baud
        self._plugged_in().set_speed(baud)

    def inject(self, data: bytes) -> None:
        """Put arbitrary bytes on the line, as a bad cable does. Raises RuntimeError when unplugged."""
        self._plugged_in().write(data)

    def _plugged_in(self) -> _Cable:
        if not self._cable:
            raise RuntimeError(f"the {self._name} is unplugged")
        return self._cable


class _Cable:
    """One plugged-in pseudo-terminal and the thread that talks on it."""

    def __init__(self, name: str, baud: int, interval_s: float, answer: Answer) -> None:
        self._answer = answer
        self._interval_s = interval_s
        self.set_speed(baud)
        # The slave stays open here too: without any client the master would give EIO.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)  # a fresh terminal echoes and eats control bytes
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self._pulled = threading.Event()
        self._thread = threading.Thread(target=self._talk, name=f"emulated {name}", daemon=True)
        self._thread.start()

    def set_speed(self, baud: int) -> None:
        self._speed = getattr(termios, f"B{baud}")

    def pull(self) -> None:
        self._pulled.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)

    def say(self, data: bytes) -> None:
        # At a wrong speed the client's receiver makes other bytes of the same signal. Which ones depends on
        # timing; the inverse stands for them.
        self.write(data if self._right_speed() else bytes(byte ^ 0xFF for byte in data))

    def write(self, data: bytes) -> None:
        """Send to whoever reads; what nobody reads is lost, as on a real line."""
        unread = array.array("i", [0])
        fcntl.ioctl(self._slave, termios.FIONREAD, unread)
        if unread[0] < _MOST_UNREAD:
            with suppress(BlockingIOError):  # the kernel hands over bytes later than FIONREAD counts them
                os.write(self._master, data)

    def _talk(self) -> None:
        heard = b""
        while not self._pulled.is_set():
            heard = heard[-MOST_HEARD:] + self._listen()
            said = self._answer(heard)
            if said:
                self.say(said)
                heard = b""

    def _listen(self) -> bytes:
        """What the client wrote; waits one interval at most. Nothing is understood at a wrong speed."""
        readable, _, _ = select.select([self._master], [], [], self._interval_s)
        data = os.read(self._master, 1024) if readable else b""
        return data if self._right_speed() else b""

    def _right_speed(self) -> bool:
        return bool(termios.tcgetattr(self._master)[4] == self._speed)
