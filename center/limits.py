"""How much at once: requests of a station, attempts at enrolment, batches under work. No clock of its own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_MOST_NAMES = 10_000  # that are remembered; whoever was away longest is forgotten first


class Rate:
    """A token bucket for each name: `burst` at once, `per_second` on average."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second, self._burst = per_second, float(burst)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # name: tokens at a time

    def wait(self, name: str, now: float) -> float:
        """Take one; 0, or how many seconds later there will be one. `now` is monotonic."""
        left, since = self._left.pop(name, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        taken = left >= 1
        self._left[name] = (left - 1 if taken else left, now)
        if len(self._left) > _MOST_NAMES:
            self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._per_second


class Remembered(Generic[_Key, _Value]):
    """What was looked up lately, for `for_s` seconds; no more than `most` of it."""

    def __init__(self, for_s: float, most: int) -> None:
        self._for_s, self._most = for_s, most
        self._values: dict[_Key, tuple[float, _Value]] = {}

    def get(self, key: _Key, now: float) -> _Value | None:
        """`now` is monotonic, s."""
        since, value = self._values.get(key, (now, None))
        return value if now - since < self._for_s else None

    def put(self, key: _Key, value: _Value, now: float) -> None:
        if len(self._values) >= self._most:
            self._values.clear()
        self._values[key] = now, value


class FullError(Exception):
    """As many are being worked on as may be."""


class Places:
    """A bounded number of places. For one thread: the event loop's."""

    def __init__(self, most: int) -> None:
        self._free = self.most = most

    @property
    def taken(self) -> int:
        return self.most - self._free

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one. Raises FullError at once if none is free."""
        if not self._free:
            raise FullError
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


class Shares:
    """A bounded number of places, of which one name holds no more than its share. For one thread."""

    def __init__(self, most: int, each: int) -> None:
        self._all, self._each = Places(most), each
        self._held: dict[str, int] = {}

    @contextmanager
    def place(self, name: str) -> Iterator[None]:
        """Hold one. Raises FullError at once if none is free, or none for this name."""
        held = self._held.get(name, 0)
        if held >= self._each:
            raise FullError
        with self._all.place():
            self._held[name] = held + 1
            try:
                yield
            finally:
                self._held[name] -= 1
                if not self._held[name]:
                    del self._held[name]
