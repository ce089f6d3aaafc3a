"""A pseudo-terminal that behaves like a serial scanner: says codes; a GM65 answers commands. POSIX only.

What it says when stands in a script, one code a line, `SECONDS TEXT`; a line that begins with `#` is a
comment; after the last code it begins again:

    # a resident, then somebody whom nobody knows
    5 https://kakou.invalid/00000000000000000000000000000001
    8 HELLO
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from station.devices.emulators.pty_device import PtyDevice
from station.devices.emulators.temperature_script import ScriptError
from station.devices.scanners import SCANNERS
from station.devices.scanners.gm65 import COMMAND_HEADER, What, crc

_COMMAND = re.compile(re.escape(COMMAND_HEADER) + rb"([\x07-\x0a])\x01(..)(.)(..)", re.DOTALL)
_NO_CRC = b"\xab\xcd"  # a command that wants no check
_ZONES = {0x0000: 0xD6, 0x002A: 0x39, 0x002B: 0x01}  # continuous mode; 9600 baud, low byte first
_LATENCY_S = 0.02


@dataclass(frozen=True, slots=True)
class Showing:
    """After so many seconds, somebody holds this code before the scanner."""

    seconds: float
    text: str = field(repr=False)


def parse(script: str) -> tuple[Showing, ...]:
    """The codes of a script. Raises ScriptError, which names the line and not the code: that is personal."""
    lines = ((number, line.strip()) for number, line in enumerate(script.splitlines(), start=1))
    showings = tuple(_showing(number, line) for number, line in lines if line and not line.startswith("#"))
    if not showings:
        raise ScriptError("the script has no code")
    return showings


def _showing(number: int, line: str) -> Showing:
    seconds, _, text = line.partition(" ")
    try:
        showing = Showing(float(seconds), text.strip())
    except ValueError:
        raise ScriptError(f"line {number}: expected SECONDS TEXT") from None
    if not (math.isfinite(showing.seconds) and showing.seconds > 0 and showing.text):
        raise ScriptError(f"line {number}: expected more than 0 seconds, and a text")
    return showing


class PtyScanner(PtyDevice):
    """An emulated scanner at `path`, plugged in while used as a context manager.

    Of the kind "gm65" it answers commands, of the kind "lines" it only ever says codes. It ends
    a code with `tail` and writes it in `encoding`, by default as it leaves the factory.
    """

    def __init__(
        self, baud: int = 9600, *, slug: str = "gm65", tail: bytes = b"\r", encoding: str = "gbk"
    ) -> None:
        kind = SCANNERS[slug]
        super().__init__(kind.slug, baud, _LATENCY_S)
        self._tail = tail
        self._encoding = encoding
        self._zones = dict(_ZONES)
        self.deaf = kind.query is None  # hears no command, as when its cable is loose behind the adapter

    def show(self, text: str) -> None:
        """Somebody holds a code before it. Raises RuntimeError when unplugged."""
        self.say(text.encode(self._encoding) + self._tail)

    def answer(self, heard: bytes) -> bytes:
        """Replies to all commands in what it heard."""
        if self.deaf:
            return b""
        return b"".join(self._obey(*command.groups()) for command in _COMMAND.finditer(heard))

    def _obey(self, what: bytes, zone: bytes, value: bytes, check: bytes) -> bytes:
        if check not in (crc(what + b"\x01" + zone + value), _NO_CRC):
            return b""
        first = int.from_bytes(zone, "big")
        if what[0] == What.READ:
            return _reply(b"\x02", bytes(self._zones.get(first + at, 0) for at in range(value[0])))
        if what[0] == What.WRITE:
            self._zones[first] = value[0]
        return _reply(b"\x03" if what[0] == What.HEARTBEAT else b"\x02", b"\x00")


def _reply(sign: bytes, data: bytes) -> bytes:
    body = bytes([0, len(data)]) + data
    return sign + b"\x00" + body + crc(body)
