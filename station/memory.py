"""What the lane must not forget over a restart, and what no entry holds: who waits, what is usual."""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """What a restart must not forget, by name. Whoever keeps it seals it: it is personal."""

    def load(self, name: str) -> bytes | None: ...
    def save(self, name: str, record: bytes) -> None: ...


class Forgetful:
    """A memory for a lane that needs none."""

    def load(self, name: str) -> bytes | None:
        return None

    def save(self, name: str, record: bytes) -> None:
        pass
