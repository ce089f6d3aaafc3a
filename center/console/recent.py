"""What many ask for at once is worked out once: a value stays for a moment, and one thread makes it."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Any, TypeVar

from center.store.errors import where_it_broke

log = logging.getLogger(__name__)
_T = TypeVar("_T")
_MOST = 200  # values that are kept
_LONG_S = 3600.0  # a look that took long stands so long at most, if nobody asks for another


class Recent:
    """Thread-safe. Values are shared by many: never change one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._locks: dict[Hashable, Lock] = {}
        self._kept: dict[Hashable, tuple[float, float, Any]] = {}  # made, over, value; monotonic seconds
        self._making: dict[Hashable, Thread] = {}

    def get(self, key: Hashable, now: float, for_s: float, make: Callable[[], _T]) -> _T:
        """The value that was made no longer ago than this (monotonic seconds), or a new one."""
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            kept = self._kept.get(key)
            if kept is not None and 0 <= now - kept[0] < for_s:
                value: _T = kept[2]
                return value
            value = make()
            self._keep(key, now, now + for_s, value)
            return value

    def while_same(self, key: Hashable, version: Hashable, now: float, make: Callable[[], _T]) -> _T:
        """The value that was made of this version, or a new one; only the last is kept."""
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            kept = self._kept.get(key)
            if kept is not None and kept[2][0] == version:
                value: _T = kept[2][1]
                return value
            value = make()
            self._keep(key, now, math.inf, (version, value))
            return value

    def _keep(self, key: Hashable, now: float, until: float, value: Any) -> None:
        """What is over goes first, then what is oldest."""
        with self._lock:
            self._kept.pop(key, None)
            if len(self._kept) >= _MOST:
                over = [one for one, (_, end, _) in self._kept.items() if end <= now]
                for one in over or [min(self._kept, key=lambda one: self._kept[one][0])]:
                    del self._kept[one]
                    self._locks.pop(one, None)
            self._kept[key] = (now, until, value)

    def forget(self, *names: str) -> None:
        """What these keys begin with: somebody did something, and wants to see it."""
        with self._lock:
            for key in [key for key in self._kept if isinstance(key, tuple) and key[0] in names]:
                del self._kept[key]

    def latest(self, key: Hashable, now: float, for_s: float, make: Callable[[], _T]) -> _T | None:
        """The same for what takes seconds: an older value while a thread makes a new one; None: none yet."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or not 0 <= now - kept[0] < for_s:
                self._begin(key, now, make)
        value: _T | None = kept[2] if kept else None
        return value

    def _begin(self, key: Hashable, now: float, make: Callable[[], Any]) -> None:
        if key in self._making:
            return
        thread = Thread(target=self._make, args=(key, now, make), name="looking", daemon=True)
        self._making[key] = thread
        thread.start()

    def join(self) -> None:
        """Until nothing is being made."""
        with self._lock:
            threads = list(self._making.values())
        for thread in threads:
            thread.join()

    def _make(self, key: Hashable, now: float, make: Callable[[], Any]) -> None:
        try:
            self._keep(key, now, now + _LONG_S, make())
        except Exception as error:  # noqa: BLE001 - whoever asks next has it tried again
            log.error("%s", where_it_broke(error))
        finally:
            with self._lock:
                del self._making[key]
