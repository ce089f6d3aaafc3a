"""GM65 and its family (Hangzhou Grow; GM805, GM812): lines of text, and replies to commands between them.

Source: GM65 user manual V1.3 p. 31-48; the same frames in specter-diy src/hosts/qr.py.

    command  7E 00 | what | 01 | zone, 2 bytes | value | CRC      what: 07 read, 08 write, 09 save
    reply    02 00 | 00 | size | data | CRC                       03 00 … answers a heartbeat

The CRC is CRC-16/XMODEM over all between the first two bytes and itself, high byte first. A command with a
wrong CRC gets no reply. A reply and a code may touch each other in the stream.
"""

from __future__ import annotations

from binascii import crc_hqx
from enum import IntEnum

from station.devices.scanners.kind import Heard, Reply, ScannerKind
from station.devices.scanners.lines import LineDecoder

COMMAND_HEADER = b"\x7e\x00"
_REPLY_SIGNS = b"\x02\x03"  # no code holds them: they are control characters, and no second byte of GBK
_REPLY_GOOD = b"\x00\x00"
_AROUND_DATA = 6  # bytes: sign, 00, 00, size before; CRC behind


class What(IntEnum):
    """What a command does. The station itself only reads."""

    READ = 0x07  # value: how many bytes
    WRITE = 0x08
    SAVE = 0x09  # all zones, over power-off
    HEARTBEAT = 0x0A  # GM812


def command(what: What, zone: int = 0, value: int = 0) -> bytes:
    """One command, e.g. read one byte at zone 0x000A: 7E 00 07 01 00 0A 01 EE 8A."""
    body = bytes([what, 1, *zone.to_bytes(2, "big"), value])
    return COMMAND_HEADER + body + crc(body)


def crc(body: bytes) -> bytes:
    """CRC-16/XMODEM (polynomial 0x1021, from 0), which the standard library calls crc_hqx."""
    return crc_hqx(body, 0).to_bytes(2, "big")


class Gm65Decoder:
    """Takes the replies out of the stream and leaves the rest to the lines (a `ScannerDecoder`)."""

    def __init__(self) -> None:
        self._lines = LineDecoder()
        self._buffer = bytearray()  # begins with what may be a reply

    def feed(self, data: bytes) -> list[Heard]:
        self._buffer += data
        heard: list[Heard] = []
        while self._buffer:
            size = _size_of_reply(self._buffer)
            if size > len(self._buffer):
                break
            heard += self._take_reply(size) if size else self._pass_on(_size_of_text(self._buffer))
        return heard

    def pause(self) -> list[Heard]:
        """A reply that stops in the middle is none; what it hid belongs to the lines."""
        return self._pass_on(len(self._buffer)) + self._lines.pause()

    def _pass_on(self, count: int) -> list[Heard]:
        text = bytes(self._buffer[:count])
        del self._buffer[:count]
        return self._lines.feed(text) if text else []

    def _take_reply(self, size: int) -> list[Heard]:
        frame = bytes(self._buffer[:size])
        if crc(frame[2:-2]) != frame[-2:]:
            return self._pass_on(1)
        del self._buffer[:size]
        self._lines.stop_skipping()  # a scanner answers before a code or after it
        return [Reply(frame[4:-2])]


def _size_of_reply(buffer: bytearray) -> int:
    """The size in bytes of the reply that begins here, as far as can be told yet; 0: none begins here."""
    if buffer[0] not in _REPLY_SIGNS or not _REPLY_GOOD.startswith(bytes(buffer[1:3])):
        return 0
    return _AROUND_DATA + buffer[3] if len(buffer) > 3 else _AROUND_DATA


def _size_of_text(buffer: bytearray) -> int:
    """How far it is to where the next reply may begin. The first byte has been found to begin none."""
    return next((at for at in range(1, len(buffer)) if buffer[at] in _REPLY_SIGNS), len(buffer))


KIND = ScannerKind(
    slug="gm65",
    title="GM65, GM805, GM812 (Hangzhou Grow)",
    bauds=(9600, 115200),
    decoder=Gm65Decoder,
    query=command(What.READ, zone=0x0000, value=1),  # the mode; any reply shows that it is there
    source="GM65 user manual V1.3 p. 31-48 (bezahl-online/gm65 docs); specter-diy src/hosts/qr.py",
)
