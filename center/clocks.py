"""How a station's clock stands against ours. Pure; numbers order entries, clocks never do."""

from __future__ import annotations

from collections.abc import Iterable

from center.ledger import Clock

ALARM_MS = 120_000
TRIP_MS = 15_000  # a request may be on its way so long: connecting, and the body
_MOST_MS = 1 << 53
OFFSET, UNCERTAINTY = "clock_offset_ms", "clock_uncertainty_ms"  # in the state of a `Hello`


def told_clock(state: Iterable[tuple[str, str]]) -> Clock | None:
    """What the station itself measured by its exchanges with us (NTP's formula); None: nothing yet."""
    said = dict(state)
    try:
        offset, uncertainty = int(said[OFFSET]), abs(int(said[UNCERTAINTY]))
    except (KeyError, ValueError):
        return None
    return Clock(offset, uncertainty) if max(abs(offset), uncertainty) < _MOST_MS else None


def clock_now(now_ms: int, at_ms: int, told: Clock | None) -> Clock:
    """The best that is known when a request of the station's time `at_ms` is here.

    What was told counts as long as this request does not contradict it: the way here only adds to `now - at`.
    """
    seen = now_ms - at_ms
    if told and -told.uncertainty_ms <= seen - told.offset_ms <= told.uncertainty_ms + TRIP_MS:
        return told
    return Clock(seen, TRIP_MS)


def is_alarming(clock: Clock) -> bool:
    """Whether the station's clock is surely wrong by more than two minutes."""
    return abs(clock.offset_ms) - min(clock.uncertainty_ms, TRIP_MS) > ALARM_MS
