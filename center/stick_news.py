"""What a stick tells of how its gate is: until its next greeting it is the last that is known of it. Pure.

It lies in the state of the gate's contact, which a greeting replaces; `seen_ms` is the greetings' alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from center.clocks import ALARM_MS
from center.store.contacts import FORK, NEVER_MS, Contact, GateRow

CAME = "stick_ms"  # in the state: when we took it in, UTC ms
_WRITTEN = "stick_written_ms"  # by the gate's clock, the newest one
_GREETED = "stick_greeted_ms"  # center minus station, as the last greeting told it
_OURS = (CAME, _WRITTEN, _GREETED)
_DIGITS = 15
_State = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StickNews:
    """`new`: entries that came with it; `missing`: that it says are there, and we do not have."""

    came_ms: int  # by our clock
    written_ms: int  # by the gate's
    new: int
    missing: int


def noted(station: bytes, before: Contact | None, news: StickNews) -> Contact:
    """The contact after this stick. One that is no newer than what we knew tells what came with it alone.

    Whether a fork is an alarm still is told by whoever keeps it.
    """
    contact = before or Contact(station, NEVER_MS, 0, 0, "", 0, "", "", 0)
    last_ms, greeted = _last_written(contact), _greeted(contact)
    is_newer = _is_newer(news, last_ms)
    came_ms = _number(contact.state, CAME)
    words = {
        CAME: news.came_ms if is_newer or news.new else came_ms,
        _WRITTEN: news.written_ms if is_newer else last_ms,
        _GREETED: greeted,
    }
    ours = ((name, str(value)) for name, value in words.items() if value is not None)
    left = news.missing if is_newer else max(news.missing, contact.pending - news.new)
    return replace(
        contact,
        state=(*of_gate(contact.state), *ours),
        pending=left,
        offset_ms=_offset(greeted, news.came_ms - news.written_ms) if is_newer else contact.offset_ms,
        alarms=tuple(alarm for alarm in contact.alarms if alarm != FORK),
    )


def came_by_stick(gate: GateRow) -> int | None:
    """When its last stick was taken in, if nothing was heard of it since; UTC ms."""
    came_ms = _number(gate.state, CAME)
    return None if came_ms is None or (gate.seen_ms or 0) >= came_ms else came_ms


def of_gate(state: Iterable[tuple[str, str]]) -> _State:
    """What the gate itself said: what sticks told is ours to say."""
    return tuple((name, word) for name, word in state if name not in _OURS)


def _is_newer(news: StickNews, last_ms: int | None) -> bool:
    """An old stick comes to hand again; but a clock that was ahead is put right, too."""
    if last_ms is None or news.written_ms > last_ms:
        return True
    return news.written_ms != last_ms and last_ms > news.came_ms


def _last_written(contact: Contact) -> int | None:
    """By the gate's clock: its newest stick, or its last greeting if that was later."""
    written_ms = _number(contact.state, _WRITTEN)
    if written_ms is not None or contact.seen_ms == NEVER_MS:
        return written_ms
    return contact.seen_ms - contact.offset_ms


def _greeted(contact: Contact) -> int:
    told = _number(contact.state, _GREETED)
    return contact.offset_ms if told is None else told


def _offset(greeted: int, seen: int) -> int:
    """Center minus station. A stick's way takes any time: it only shows a clock that is ahead."""
    return min(greeted, seen) if seen < -ALARM_MS else greeted


def _number(state: _State, name: str) -> int | None:
    word = dict(state).get(name, "")
    digits = word.removeprefix("-")
    return int(word) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None
