"""Bounded decompression: a code of 4 kB may claim to be gigabytes."""

from __future__ import annotations

import zlib

from station.codes.result import damaged

MAX_BYTES = 32 * 1024  # the largest published test code measured unpacks to 1.7 kB
ZLIB = zlib.MAX_WBITS  # RFC 1950, with header and checksum
RAW = -zlib.MAX_WBITS  # RFC 1951, as in SMART Health Cards


def inflate(data: bytes, wbits: int = ZLIB) -> bytes:
    """The whole decompressed content. Raises CodeError (damaged) when broken, cut or too large."""
    stream = zlib.decompressobj(wbits)
    try:
        content = stream.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise damaged("compression is broken") from None
    if len(content) > MAX_BYTES:
        raise damaged("unpacks to more than a code may hold")
    if not stream.eof:
        raise damaged("compressed data is cut")
    return content
