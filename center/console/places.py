"""Branches as paths name them: a short hash, for a branch holds slashes and Chinese."""

from __future__ import annotations

from hashlib import sha256

from center.console.page import NotHereError
from center.console.visit import Visit


def mark_of(branch: str) -> str:
    """How a path names this branch."""
    return sha256(b"kakou branch " + branch.encode()).hexdigest()[:16]


def known_branches(visit: Visit) -> list[str]:
    """Every branch of ours in which there is a compound, a gate, a house or a person."""
    store, scope = visit.store, visit.scope
    found = {one.branch for one in store.houses.compounds(scope)}
    found |= {gate.branch for gate in store.gates.overview(scope)}
    found |= set(store.directory.counts(scope))
    return sorted(branch for branch in found if scope.holds(branch))


def branch_of(visit: Visit, mark: str) -> str:
    """Raises NotHereError."""
    for branch in known_branches(visit):
        if mark_of(branch) == mark:
            return branch
    raise NotHereError
