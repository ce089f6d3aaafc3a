"""An admin and a guard who sign in, with PINs of their own."""

from __future__ import annotations

from station.core.override import Role
from station.journal.entries import Journal
from station.journal.operators import Operators
from station.journal.pins import Cost
from tests.journal.samples import NOON

CHEAP = Cost(8, 1, 1)
ADMIN, GUARD = ("1001", "407159"), ("2002", "835106")


def take_on(journal: Journal) -> None:
    """From now on operators sign in here."""
    operators = Operators(journal, now=lambda: NOON, cost=CHEAP)
    operators.add(ADMIN[0], "郑主任", Role.ADMIN, ADMIN[1])
    operators.add(GUARD[0], "老李", Role.GUARD, GUARD[1])
    operators.change_pin(*ADMIN)
    operators.change_pin(*GUARD)
