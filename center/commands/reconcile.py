"""`center reconcile`: whether gates and center have the same entries, day by day, and what is missing."""

from __future__ import annotations

import argparse

from center.commands.place import open_place
from center.compared import compared, day_of
from center.reconciliation import KeptReconciliation
from center.result import Exit, Say, print_json, print_line
from center.store import StationRow
from station.sync.bundle import Difference


def show(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if a day differs. Both sides are verified anew, by their signatures."""
    same = True
    with open_place(arguments, say) as place:
        for row in place.store.stations.all():
            for kept in place.store.reconciliations.kept(row.station, arguments.days):
                found = compared(kept, row.public_keys, place.keys.public_key)
                same = same and found == []
                (_print_json if arguments.json else _print)(row, kept, found, say)
    return Exit.DONE if same else Exit.NEGATIVE


def _print(row: StationRow, kept: KeptReconciliation, found: list[Difference] | None, say: Say) -> None:
    if found is None:
        words = say("签名对不上，这一天不算数")
    elif not found:
        words = say("两边一样")
    else:
        words = "；".join(_difference(one, say) for one in found)
    print_line(f"{day_of(kept)}  {row.name}  {words}")


def _difference(one: Difference, say: Say) -> str:
    words = say("中心少 {} 到 {} 号") if one.what == "missing" else say("{} 到 {} 号两边不一样")
    return words.format(one.first, one.last)


def _print_json(row: StationRow, kept: KeptReconciliation, found: list[Difference] | None, say: Say) -> None:
    differences = [
        {"incarnation": one.incarnation, "what": one.what, "first": one.first, "last": one.last}
        for one in found or ()
    ]
    print_json(
        {
            "day": day_of(kept),
            "station": row.station.hex(),
            "name": row.name,
            "proved": found is not None,
            "same": found == [],
            "differences": differences,
        }
    )
