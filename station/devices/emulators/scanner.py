"""A pseudo-terminal that behaves like a GM65 scanner: says codes, answers commands. POSIX only."""

from __future__ import annotations

import re

from station.devices.emulators.pty_device import PtyDevice
from station.devices.scanners.gm65 import COMMAND_HEADER, What, crc

_COMMAND = re.compile(re.escape(COMMAND_HEADER) + rb"([\x07-\x0a])\x01(..)(.)(..)", re.DOTALL)
_NO_CRC = b"\xab\xcd"  # a command that wants no check
_ZONES = {0x0000: 0xD6, 0x002A: 0x39, 0x002B: 0x01}  # continuous mode; 9600 baud, low byte first
_LATENCY_S = 0.02


class PtyScanner(PtyDevice):
    """An emulated GM65 at `path`, plugged in while used as a context manager.

    It ends a code with `tail` and writes it in `encoding`, by default as it leaves the factory.
    """

    def __init__(self, baud: int = 9600, *, tail: bytes = b"\r", encoding: str = "gbk") -> None:
        super().__init__("gm65", baud, _LATENCY_S)
        self._tail = tail
        self._encoding = encoding
        self._zones = dict(_ZONES)
        self.deaf = False  # hears no command, as when its cable is loose behind the adapter

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
