"""`station barrier-keeper`: the barrier's own process, in a program that has no `python -m` (the .deb)."""

from __future__ import annotations

import argparse

from station.commands.result import Exit
from station.devices import barrier_keeper


def keep(arguments: argparse.Namespace) -> Exit:
    """Until standard input ends; see `station.devices.barrier_keeper`."""
    return Exit(barrier_keeper.main(arguments.words))
