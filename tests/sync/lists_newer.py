"""A program of before in the simulation of lists: it does not understand what only the next one knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from station.core.policy import Policy, PolicyError, parse_policy
from station.journal import center_items, center_pages
from station.journal.center_pages import PreparedItem
from station.journal.vault import Vault
from station.sync.bundle import Item
from station.sync.items import FactItem, NoticeItem, PolicyItem, RevokedPassItem, decode_item

if TYPE_CHECKING:
    from tests.sync.lists_gate import Machine
    from tests.sync.lists_world import World

PROGRAMS = ("1.0", "2.0")
TOMORROW = "明天"  # the source of a fact, the title of a notice, in a policy: only the next program takes it
_Read = Callable[[Vault, Item, bytes], PreparedItem]


def update(world: World, machine: Machine) -> None:
    if machine.program != PROGRAMS[-1]:
        machine.program = PROGRAMS[-1]
        machine.restart()
        world.seen["updated"] += 1


def put_back(world: World, machine: Machine) -> None:
    """The program of before, over the data of the next one."""
    if machine.program != PROGRAMS[0]:
        machine.program = PROGRAMS[0]
        machine.restart()
        world.seen["program put back"] += 1


def is_of_tomorrow(list_name: str, body: bytes) -> bool:
    match decode_item(list_name, body):
        case FactItem(source=said) | NoticeItem(title=said) | PolicyItem(text=said):
            return TOMORROW in said
        case RevokedPassItem(at_ms=at_ms):
            return at_ms % 2 == 1
    return False


@contextmanager
def reading_as(program: str) -> Iterator[None]:
    """What is read meanwhile is read by this one of the PROGRAMS."""
    if program == PROGRAMS[-1]:
        yield
        return
    before = {name: _before(name, read) for name, read in center_pages._READ.items()}
    with (
        patch.dict(center_pages._READ, before),
        patch.object(center_items, "parse_policy", _parse_before),
        patch.object(center_items, "kept_policy", _parse_before),
    ):
        yield


def _before(list_name: str, read: _Read) -> _Read:
    def as_before(vault: Vault, item: Item, body: bytes) -> PreparedItem:
        if is_of_tomorrow(list_name, body):
            raise ValueError("of a newer form")
        return read(vault, item, body)

    return as_before


def _parse_before(text: str) -> Policy:
    if TOMORROW in text:
        raise PolicyError("of a newer form")
    return parse_policy(text)
