"""Who came with whom: a child with a parent, an elder with whoever stands for them. Kept for two minutes.

Only so long is the next person without a code likely to be with the one before. The relations themselves are
the roster's; nobody's temperature is anybody else's (`core.screening`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from station.core.model import Claim

TOGETHER_S = 120.0


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody known who is at the lane or just passed, and who came through on their word already."""

    person_id: str = field(repr=False)
    at: float  # monotonic s, when somebody of them came last
    brought: frozenset[str] = field(default=frozenset(), repr=False)
    waiting: bool = False  # their own code was held up and nothing is decided yet


class Company:
    def __init__(self) -> None:
        self._party: Party | None = None

    def came(self, claim: Claim, at: float) -> None:
        """Somebody claims to be in front, at monotonic `at` (s)."""
        if claim.brought_by:
            before = self._same(claim.brought_by)
            brought = (before.brought if before else frozenset()) | {claim.person_id or ""}
            self._party = Party(claim.brought_by, at, brought)
        elif claim.person_id:
            before = self._same(claim.person_id)
            self._party = Party(claim.person_id, at, before.brought if before else frozenset(), waiting=True)
        else:
            self._party = None

    def passed(self, claim: Claim, at: float) -> None:
        """What this claim came to is decided."""
        party = self._party
        if party and party.person_id == (claim.brought_by or claim.person_id):
            self._party = replace(party, at=at, waiting=False)

    def party(self, now: float) -> Party | None:
        """With whom the next person may be; None after two minutes, or if nobody knows who came last."""
        party = self._party
        return party if party and now < party.at + TOGETHER_S else None

    def _same(self, person_id: str) -> Party | None:
        party = self._party
        return party if party and party.person_id == person_id else None
