"""msgspec's types made ready before there are threads.

msgspec 0.22 reads the annotations of a Struct when it first decodes one, and bears no second thread that does
so in the same moment: the process ends with a segmentation fault. Seen at a center to which eight stations
sent their first batch at once; its decoders are otherwise safe in threads (msgspec issue 401).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


def make_ready() -> set[type]:
    """Of every Struct that is loaded; which they are. To be called by the thread that starts the others."""
    return {kind for kind in _all(msgspec.Struct) if _is_ready(kind)}


def _all(kind: type) -> Iterator[type]:
    each: type
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)


def _is_ready(kind: type) -> bool:
    try:
        msgspec.msgpack.Decoder(kind)
    except (TypeError, NameError):  # one that is only written, never read
        return False
    return True
