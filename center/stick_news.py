"""What a stick tells of how its gate is: until its next greeting it is the last that is known of it. Pure.

It lies in the state of the gate's contact, which a greeting replaces; `seen_ms` is the greetings' alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from center.clocks import ALARM_MS
from center.store.contacts import NEVER_MS, Contact, GateRow

CAME = "stick_ms"  # in the state: when we took it in, UTC ms
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class StickNews:
    """`new`: entries that came with it; `missing`: that it says are there, and we do not have."""

    came_ms: int  # by our clock
    written_ms: int  # by the gate's
    new: int
    missing: int


def noted(station: bytes, before: Contact | None, news: StickNews) -> Contact:
    """The contact after this stick. One that tells less than we knew changes no numbers."""
    contact = before or Contact(station, NEVER_MS, 0, 0, "", 0, "", "", 0)
    state = tuple((name, word) for name, word in contact.state if name != CAME)
    return replace(
        contact,
        state=(*state, (CAME, str(news.came_ms))),
        pending=news.missing if news.new or news.missing else contact.pending,
        offset_ms=_offset(contact, news.came_ms - news.written_ms),
    )


def came_by_stick(gate: GateRow) -> int | None:
    """When its last stick was taken in, if nothing was heard of it since; UTC ms."""
    word = dict(gate.state).get(CAME, "")[:_DIGITS]
    came_ms = int(word) if word.isascii() and word.isdigit() else None
    return None if came_ms is None or (gate.seen_ms or 0) >= came_ms else came_ms


def _offset(contact: Contact, seen: int) -> int:
    """Center minus station. A stick's way takes any time: it only shows a clock that is ahead."""
    if contact.seen_ms == NEVER_MS:
        return seen if seen < -ALARM_MS else 0
    return min(contact.offset_ms, seen) if seen < -ALARM_MS else contact.offset_ms
