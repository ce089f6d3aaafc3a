"""A page of the center's lists made ready for the lane: checked, sealed, and then written in one short step.

Any thread may do this. What is not understood is counted, never an error: the next version may know it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from station.core.entry import from_ms
from station.journal.errors import KeyProblem, VaultError
from station.journal.facts import About, News
from station.journal.outdone import CENTER
from station.journal.vault import Vault
from station.sync.bundle import Item, Page
from station.sync.items import (
    CaseItem,
    ChecklistItem,
    FactItem,
    NoticeItem,
    PolicyItem,
    RevokedPassItem,
    ShiftItem,
    TaskItem,
    TrustItem,
)
from station.sync.people_chunks import ChunksError, PreparedPeople, prepare_people, shaped

SOURCE = CENTER
_PEOPLE = "person"  # the list
_EARLIEST_MS, _LATEST_MS = 0, 253_402_300_799_999  # 1970 to 9999: what a date can hold
_PASS_BYTES, _CASE_BYTES = 8, 16

_Body = TypeVar("_Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class PreparedItem:
    """An item of any other list; without `sealed` it is gone, or not understood and kept as it came."""

    list: str
    key: str = field(repr=False)
    version: int
    sealed: bytes | None = field(default=None, repr=False)
    news: News | None = field(default=None, repr=False)  # of a fact
    pass_id: bytes | None = None  # of a revoked pass, with `at_ms`
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """All of a page; the envelope is the page itself."""

    channel: str
    epoch: bytes
    since: int
    until: int
    more: bool
    refetch: bool
    server_ms: int
    items: tuple[PreparedItem, ...]
    people: PreparedPeople
    skipped: Counter[str]  # by list: what this version does not understand
    newest: int = 0  # of the channel, when the center wrote it


def prepare_page(vault: Vault, page: Page) -> PreparedPage:
    """Decode and seal everything; its signature was verified before. Raises ChunksError."""
    others = [item for item in page.items if item.list != _PEOPLE]
    people, not_understood = _people(page, one_by_one=len(others) < len(page.items))
    items = list[PreparedItem]()
    for item in others:
        if ready := _item(vault, item):
            items.append(ready)
        else:
            not_understood.append(item)
    items += [_as_it_came(vault, item) for item in not_understood]
    return PreparedPage(
        *(page.channel, page.epoch, page.since, page.until, page.more, page.refetch, page.server_ms),
        *(tuple(items), people, Counter(item.list for item in not_understood), page.newest),
    )


def _people(page: Page, *, one_by_one: bool) -> tuple[PreparedPeople, list[Item]]:
    """Ready to be written, and those that are not understood."""
    if not page.people.chunks:
        return prepare_people([item for item in page.items if item.list == _PEOPLE])
    if one_by_one:
        raise ChunksError("people in both forms")
    return shaped(page.people), []


def item_context(list_name: str, key: str) -> bytes:
    """What a sealed item is bound to."""
    return f"center/{list_name}/{key}".encode()


def open_whole(vault: Vault, list_name: str, key: str, sealed: bytes) -> bytes | None:
    """An item's body; None: it is damaged, which hides no other. Raises VaultError for all else."""
    try:
        return vault.open(sealed, item_context(list_name, key))
    except VaultError as error:
        if error.problem is not KeyProblem.DAMAGED:
            raise
        return None


def read_body(body: bytes, kind: type[_Body]) -> _Body:
    """An item whose times are dates; the wire allows more. Raises ValueError if it is none."""
    try:
        item = msgspec.msgpack.decode(body, type=kind)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    moments = (getattr(item, name) for name in kind.__struct_fields__ if name.endswith("_ms"))
    if any(moment is not None and not _EARLIEST_MS <= moment <= _LATEST_MS for moment in moments):
        raise ValueError("no date")
    return item


def _as_it_came(vault: Vault, item: Item) -> PreparedItem:
    sealed = vault.seal(item.body or b"", item_context(item.list, item.key))
    return PreparedItem(item.list, item.key, item.version, sealed)


def _item(vault: Vault, item: Item) -> PreparedItem | None:
    if item.body is None:
        return PreparedItem(item.list, item.key, item.version)
    read = _READ.get(item.list)
    if read is None:
        return None
    try:
        return read(vault, item, item.body)
    except ValueError:  # msgspec's errors are some, too
        return None


def _fact(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    fact = read_body(body, FactItem)
    if fact.about not in ("person", "code", "dwelling"):
        raise ValueError("no such fact")
    about: About = fact.about  # type: ignore[assignment]  # it is one of the three
    if item.key != f"{fact.about}:{fact.subject}:{fact.kind}":
        raise ValueError("a fact under another key than its own")
    until = None if fact.until_ms is None else from_ms(fact.until_ms)
    news = News(about, fact.subject, fact.kind, fact.value, from_ms(fact.as_of_ms), SOURCE, until)
    return _sealed(vault, item, body, news=news)


def _revoked_pass(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    revoked, pass_id = read_body(body, RevokedPassItem), bytes.fromhex(item.key)
    if len(pass_id) != _PASS_BYTES:
        raise ValueError("no number of a pass")
    return _sealed(vault, item, body, pass_id=pass_id, at_ms=revoked.at_ms)


def _policy(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    return _sealed(vault, item, body, at_ms=read_body(body, PolicyItem).activate_at_ms)


def _trust(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    read_body(body, TrustItem)
    return _sealed(vault, item, body)


def _notice(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    read_body(body, NoticeItem)
    return _sealed(vault, item, body)


def _task(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    read_body(body, TaskItem)
    return _sealed(vault, item, body)


def _case(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    if len(bytes.fromhex(item.key)) != _CASE_BYTES:
        raise ValueError("no id of a case")
    read_body(body, CaseItem)
    return _sealed(vault, item, body)


def _shift(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    read_body(body, ShiftItem)
    return _sealed(vault, item, body)


def _checklist(vault: Vault, item: Item, body: bytes) -> PreparedItem:
    read_body(body, ChecklistItem)
    return _sealed(vault, item, body)


def _sealed(
    vault: Vault,
    item: Item,
    body: bytes,
    *,
    news: News | None = None,
    pass_id: bytes | None = None,
    at_ms: int = 0,
) -> PreparedItem:
    sealed = vault.seal(body, item_context(item.list, item.key))
    return PreparedItem(item.list, item.key, item.version, sealed, news, pass_id, at_ms)


_READ = {
    "fact": _fact,
    "revoked_pass": _revoked_pass,
    "policy": _policy,
    "trust": _trust,
    "notice": _notice,
    "task": _task,
    "case": _case,
    "shift": _shift,
    "checklist": _checklist,
}
