"""Rows of uploads that the center of the simulation keeps aside, and who goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from center.scope import EVERYWHERE, is_within
from center.store.directory import Known
from center.store.roster_files import FileSays, HeldRow, RowSays
from station.sync.items import shared_key
from tests.sync.lists_orders import BRANCHES

if TYPE_CHECKING:
    from tests.sync.lists_world import World

PEOPLE = 9


def name_of(number: int) -> str:
    return f"人{number}"


def dwelling_of(number: int) -> str:
    return f"{number % 3}-101"


def keep_aside(world: World) -> None:
    """A whole list of which nothing could be taken."""
    files, branch = world.center.store.roster_files, world.random.choice(BRANCHES)
    file = files.get(EVERYWHERE, files.keep(branch, "people", FileSays("名单.xlsx", ()), world.note()))
    assert file
    files.finish(file, [_row(world, branch, number) for number in range(PEOPLE)], world.note())
    world.seen["kept aside"] += 1


def _row(world: World, branch: str, number: int) -> HeldRow:
    said = RowSays("名单.xlsx", 3, ("姓名", "住址", "电话"), (name_of(number), dwelling_of(number), "12"), ())
    return HeldRow(world.random.randbytes(16), branch, "people", world.center_ms, "admin", ("phone",), said)


def wrongly_kept(world: World, known: Known, before: list[HeldRow]) -> list[str]:
    """After somebody was erased: rows that name them, and rows of others that went with them."""
    left = {row.id for row in world.center.store.roster_files.held(EVERYWHERE, most=1000)}
    found = []
    for row in before:
        is_near = is_within(row.branch, known.branch) or is_within(known.branch, row.branch)
        is_theirs = is_near and _names(world, known, *row.said.cells[:2])
        world.seen["aside, and erased"] += is_theirs
        if is_theirs == (row.id in left):
            found.append(f"row {row.said.cells} {'stays' if is_theirs else 'went'} with {known.id}")
    return found


def _names(world: World, known: Known, name: str, dwelling: str) -> bool:
    """Or one who turned out to be them, and lived there, too."""
    if known.person.dwelling != dwelling:
        return False
    by = shared_key(world.center.keys.district, "resident", f"{name}\0{dwelling}")
    return known.person.name == name or by in known.person.went_by
