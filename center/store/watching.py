"""Who is woken when a list changes, whichever process changed it.

One small query four times a second finds what others committed: the same for both databases, through
every fail-over, and well within the 2 s that a colour may take. Our own commits wake at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread

from center.store.errors import UnavailableError

log = logging.getLogger(__name__)
INTERVAL_S = 0.25


class Watcher:
    """`read_newest`: the newest version of each channel. Its thread lives while somebody listens."""

    def __init__(self, read_newest: Callable[[], Mapping[str, int]]) -> None:
        self._read_newest = read_newest
        self._heard: list[Callable[[str], None]] = []
        self._told: dict[str, int] = {}
        self._lock = Lock()
        self._ended = Event()
        self._thread: Thread | None = None

    def subscribe(self, heard: Callable[[str], None]) -> Callable[[], None]:
        """From now on; returns how to end it."""
        with self._lock:
            self._heard.append(heard)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="list watcher", daemon=True)
                self._thread.start()
        return lambda: self._unsubscribe(heard)

    def _unsubscribe(self, heard: Callable[[str], None]) -> None:
        with self._lock:
            if heard in self._heard:
                self._heard.remove(heard)

    def tell(self, channel: str, newest: int) -> None:
        """Wake those who listen, if this version is news."""
        with self._lock:
            listeners = self._to_wake(channel, newest)
        for heard in listeners:
            heard(channel)

    def look(self) -> None:
        """Find what other processes committed."""
        with self._lock:
            before = dict(self._told)
        try:
            versions = self._read_newest()
        except UnavailableError as error:
            log.warning("lists cannot be watched just now: %s", error)
            return
        for channel, newest in versions.items():
            with self._lock:
                # Told while we read, it is newer than that; the next look finds what others committed.
                told_since = self._told.get(channel) != before.get(channel)
                listeners = () if told_since else self._to_wake(channel, newest)
            for heard in listeners:
                heard(channel)

    def _to_wake(self, channel: str, newest: int) -> tuple[Callable[[str], None], ...]:
        if self._told.get(channel) == newest:
            return ()
        self._told[channel] = newest
        return tuple(self._heard)

    def _run(self) -> None:
        while not self._ended.wait(INTERVAL_S):
            self.look()

    def close(self) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
