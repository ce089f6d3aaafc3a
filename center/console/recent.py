"""What many ask for at once is worked out once: a value stays for a moment, and one thread makes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

_T = TypeVar("_T")
_MOST = 200  # values that are kept


class Recent:
    """Thread-safe. Values are shared by many: never change one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._locks: dict[Hashable, Lock] = {}
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, now: float, for_s: float, make: Callable[[], _T]) -> _T:
        """The value that was made no longer ago than this (monotonic seconds), or a new one."""
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            kept = self._kept.get(key)
            if kept is not None and 0 <= now - kept[0] < for_s:
                value: _T = kept[1]
                return value
            value = make()
            with self._lock:
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                    self._locks = {key: lock}
                self._kept[key] = (now, value)
            return value
