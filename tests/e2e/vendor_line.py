"""A serial line that carries the makers' own bytes, as their manuals print them. No code of ours makes them.

`station.devices.emulators` encodes with the program's own families; here every byte is written out, so that
a family that is wrong both ways is found.
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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE_S

GONE_S = 0.6  # the program takes 0.4 s of an empty stand for "gone"


@dataclass(frozen=True, slots=True)
class Maker:
    """One family as its maker describes it, and what it sends in three situations."""

    family: str
    interval_s: float
    empty: bytes  # an empty stand
    normal: bytes
    normal_c: float
    fever: bytes
    fever_c: float
    query: bytes | None = None  # what it waits for before it sends; None: it streams
    speed: int = termios.B9600


GY_MCU90614 = Maker(
    family="gy-mcu90614",
    interval_s=0.1,
    empty=bytes.fromhex("5A 5A 45 04 0C 78 0D 19 A7"),  # the manual's own: 31.92 °C in a tent of 33.53 °C
    normal=bytes.fromhex("5A 5A 45 04 0E 46 0A 32 8D 14"),  # the variant with its number after the checksum
    normal_c=36.54,
    fever=bytes.fromhex("5A 5A 45 04 0F 19 09 92 C0"),
    fever_c=38.65,
)
LU90614 = Maker(
    family="lu90614",
    interval_s=0.1,
    empty=bytes.fromhex("FE AC 16 28 00 00 00 00 E8"),  # 22.40 °C, by the manual's layout
    normal=bytes.fromhex("FE AC 24 32 00 00 00 00 00"),
    normal_c=36.50,
    fever=bytes.fromhex("FE AC 26 06 00 00 00 00 D6"),
    fever_c=38.06,
    query=bytes.fromhex("FA CA C4"),
)
ASCII_BRIDGE = Maker(  # each measurement in both units, as the sketch prints it
    family="ascii-bridge",
    interval_s=0.5,
    empty=b"Ambient = 25.11*C\tObject = 25.31*C\r\nAmbient = 77.20*F\tObject = 77.56*F\r\n\r\n",
    normal=b"Ambient = 25.11*C\tObject = 36.55*C\r\nAmbient = 77.20*F\tObject = 97.79*F\r\n\r\n",
    normal_c=36.55,
    fever=b"Ambient = 25.11*C\tObject = 38.25*C\r\nAmbient = 77.20*F\tObject = 100.85*F\r\n\r\n",
    fever_c=38.25,
)
MAKERS = (GY_MCU90614, LU90614, ASCII_BRIDGE)


class VendorLine:
    """A pseudo-terminal at whose other end an instrument of this maker stands. The test says what it sees."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self._frame = maker.empty
        self._master, self._slave = os.openpty()  # the slave stays open: without a client there is EIO
        tty.setraw(self._slave)
        self._folder = tempfile.TemporaryDirectory(prefix="kakou-")
        self._port = Path(self._folder.name, "ttyUSB0")
        self._port.symlink_to(os.ttyname(self._slave))
        os.set_blocking(self._master, False)
        self._empty_s = 0.0  # for how long the empty stand has been told
        self._sent = threading.Condition()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._talk, daemon=True)

    @property
    def argument(self) -> str:
        """What follows `--thermometer`."""
        return f"{self._port},{self.maker.family}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)
        self._folder.cleanup()

    def sees_nobody(self) -> None:
        self._frame = self.maker.empty

    def sees_normal(self) -> None:
        self._arrive(self.maker.normal)

    def sees_fever(self) -> None:
        self._arrive(self.maker.fever)

    def talks_nonsense(self) -> None:
        """As at a wrong speed: a frame of bytes that are none of its own."""
        self._frame = bytes(byte ^ 0xFF for byte in self.maker.normal)

    def send(self, data: bytes) -> None:
        """Put arbitrary bytes on the line; those that nobody reads are lost, as on a real one."""
        _, writable, _ = select.select([], [self._master], [], 0)
        if writable:
            os.write(self._master, data)

    def _arrive(self, frame: bytes) -> None:
        """Somebody steps up, but not before the person in front has gone."""
        with self._sent:
            gone = self._sent.wait_for(lambda: self._empty_s >= GONE_S, PATIENCE_S)
            self._frame, self._empty_s = frame, 0.0
        assert gone, "nobody listens to the thermometer"

    def _talk(self) -> None:
        heard = b""
        while not self._ended.wait(self.maker.interval_s):
            heard = heard[-8:] + self._listen()
            if self._is_spoken_to(heard):
                heard = b""
                self._say()

    def _say(self) -> None:
        with self._sent:
            if self._is_behind():  # what lies there is read at once, and so soon nobody is gone
                self._empty_s = 0.0
            self.send(self._frame)
            if self._frame == self.maker.empty:
                self._empty_s += self.maker.interval_s
                self._sent.notify()

    def _is_behind(self) -> bool:
        """Whether the program has not yet read all that was sent."""
        unread = array.array("i", [0])
        fcntl.ioctl(self._slave, termios.FIONREAD, unread)
        return unread[0] > 0

    def _listen(self) -> bytes:
        readable, _, _ = select.select([self._master], [], [], 0)
        return os.read(self._master, 1024) if readable else b""

    def _is_spoken_to(self, heard: bytes) -> bool:
        """At another speed than its own it understands nothing, and is understood by nobody."""
        right_speed = termios.tcgetattr(self._master)[4] == self.maker.speed
        return right_speed and (self.maker.query is None or self.maker.query in heard)
