"""The branches that a form offers while somebody types one: a slip of the finger would reach no gate."""

from __future__ import annotations

from center.console.gates import in_order
from center.console.visit import Visit

_FRESH_S = 5.0
_MOST = 500


def known_branches(visit: Visit) -> list[str]:
    """Where the page's user has gates, and what is above them, as far as the user's rights go."""

    def look() -> list[str]:
        found = set(visit.scope.branches) - {""}
        for gate in visit.store.gates.overview(visit.scope):
            parts = gate.branch.split("/")
            found |= {"/".join(parts[:number]) for number in range(1, len(parts) + 1)}
        return sorted((one for one in found if one and visit.scope.holds(one)), key=in_order)[:_MOST]

    key = ("branches", visit.scope.branches)
    return visit.console.recent.get(key, visit.office.mono(), _FRESH_S, look)
