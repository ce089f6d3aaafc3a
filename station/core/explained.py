"""What explaining a past entry came to: whether it is decided the same again, and what differs if not."""

from __future__ import annotations

from dataclasses import dataclass

from station.core.entry import StoredEntry
from station.core.explain import Unexplained
from station.core.reasons import Decision

Said = tuple[str, int]  # a reason's code and its severity


@dataclass(frozen=True, slots=True)
class Explained:
    """An entry with its decision made again; None, and why, if that cannot be."""

    stored: StoredEntry
    again: Decision | None
    why_not: Unexplained | None = None

    @property
    def same(self) -> bool:
        """Every reason with its severity, in their order."""
        return self.again is not None and self._said_again() == self._said_then()

    @property
    def missing(self) -> list[Said]:
        """Said then, and not when it is decided again."""
        again = self._said_again()
        return [one for one in self._said_then() if one not in again]

    @property
    def added(self) -> list[Said]:
        """Said now, and not then."""
        then = self._said_then()
        return [one for one in self._said_again() if one not in then]

    def _said_then(self) -> list[Said]:
        return [(reason.code, reason.severity) for reason in self.stored.entry.reasons]

    def _said_again(self) -> list[Said]:
        return [(one.code.value, int(one.severity)) for one in self.again.reasons] if self.again else []
