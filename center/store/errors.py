"""What can go wrong with the store, for whoever can act on it."""

from __future__ import annotations

import traceback


class StoreError(Exception):
    """Something about the store that an admin must know."""


class WrongDatabaseError(StoreError):
    """This is no database for us: foreign, of a newer program, or one that would lose entries."""


class UnavailableError(StoreError):
    """The database cannot be had just now (down, full, locked). Nothing of it was acknowledged: try again."""


class EnrolError(StoreError):
    """This code does not enrol this station. `reason`: unknown_code, used_code, expired_code, other_key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def where_it_broke(error: BaseException) -> str:
    """The kind of an error and the lines that led to it; what it says may hold somebody's data."""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-6:])
    return " < ".join([type(error).__name__, *(f"{frame.name}:{frame.lineno}" for frame in frames)])
