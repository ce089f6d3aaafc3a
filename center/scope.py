"""A branch of the organisation tree, and what part of the tree somebody may see or change. Pure.

A branch is district/town/village/grid, empty for everything; the place of a gate is one step below. Every
query of the store for the console takes a `Scope`.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_DEPTH, MOST_LENGTH = 8, 200


class BranchError(ValueError):
    """This is no branch."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The branches with all that is below them. None at all: nothing."""

    branches: tuple[str, ...]

    def holds(self, branch: str) -> bool:
        """Whether this branch, or this place of a gate, is within."""
        return any(is_within(branch, one) for one in self.branches)

    def touches(self, branch: str) -> bool:
        """Whether it is within, or above: what is meant for it concerns us."""
        return any(is_within(branch, one) or is_within(one, branch) for one in self.branches)

    def covers(self, other: Scope) -> bool:
        """Whether all of the other lies within."""
        return all(self.holds(branch) for branch in other.branches)

    def where(self, branch: str, gate: str | None = None) -> tuple[str, list[str | int]]:
        """The condition on a column (or expression) of a branch, with its values.

        `gate`: the column of the gate's name, where rights to a single gate count as well.
        """
        if "" in self.branches:
            return "1 = 1", []
        arms: list[str] = []
        values: list[str | int] = []
        for one in self.branches:
            arms.append(f"{branch} = ? OR substr({branch}, 1, ?) = ?")
            values += [one, len(one) + 1, one + "/"]
            if gate:
                arms.append(f"{_place_sql(branch, gate)} = ?")
                values.append(one)
        return ("(" + " OR ".join(arms) + ")", values) if arms else ("1 = 0", [])


EVERYWHERE = Scope(("",))
NOWHERE = Scope(())


def is_within(branch: str, other: str) -> bool:
    """Whether `branch` is `other`, or below it."""
    return not other or branch == other or branch.startswith(other + "/")


def place_of(branch: str, gate: str) -> str:
    """The place of a gate in the tree."""
    return f"{branch}/{gate}" if branch else gate


def above(branch: str) -> list[str]:
    """The branch and all that it is part of, the largest (everything: empty) first."""
    parts = branch.split("/") if branch else []
    return ["/".join(parts[:depth]) for depth in range(len(parts) + 1)]


def common(one: str, other: str) -> str:
    """The smallest branch that both are within."""
    return [part for part in above(one) if is_within(other, part)][-1]


def read_branch(text: str) -> str:
    """What somebody typed as a branch: parts without blanks around them. Raises BranchError."""
    text = text.replace("／", "/").strip().strip("/")  # a Chinese keyboard's
    parts = [part.strip() for part in text.split("/")] if text else []
    branch = "/".join(parts)
    if not all(parts) or len(parts) > MOST_DEPTH or len(branch) > MOST_LENGTH or not branch.isprintable():
        raise BranchError(text)
    return branch


def _place_sql(branch: str, gate: str) -> str:
    return f"CASE WHEN {branch} = '' THEN {gate} ELSE {branch} || '/' || {gate} END"
