"""Trust lists, revocations and keys that the center gives, brought into DATA/trust like an admin's.

Each is told until it lies there, so that no kill loses one. A list that this version cannot read stays told:
the next version may. One that is older than what is in force is left alone: it would trust a withdrawn key
again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from station.changes_on_record import put_lists_on_record
from station.codes.lists import parse_list
from station.codes.trustlists import TrustError
from station.journal.center_items import CenterItems, TrustFile
from station.journal.entries import Journal
from station.journal.errors import JournalError
from station.trustfolder import StoredList, TrustFolder, list_id

log = logging.getLogger(__name__)

_ANY_DAY = datetime.min.replace(tzinfo=UTC)


def take_trust(journal: Journal, data: Path, now: datetime) -> list[str]:
    """Bring what came into force; the names of what changed. One that the disk does not take now stays told,
    and holds no other up. Raises JournalError, VaultError."""
    items, folder, changed = CenterItems(journal), TrustFolder(data), list[str]()
    for file in [one for one in items.trust_to_take() if one.text is None]:
        changed += _use(file, partial(_take_back, items, folder), items)
    for file in [one for one in items.trust_to_take() if one.text is not None]:
        changed += _use(file, partial(_bring, folder, now), items)
    if changed:
        _put_on_record(journal, data, now)
    return changed


def _use(file: TrustFile, use: Callable[[TrustFile], bool], items: CenterItems) -> list[str]:
    """Its name, if that changed what is in force."""
    try:
        changed = use(file)
        items.took(file)
    except (TrustError, OSError, JournalError) as error:
        log.error("list %s of the center cannot be used: %s", file.name, error)
        return []
    return [file.name] if changed else []


def _put_on_record(journal: Journal, data: Path, now: datetime) -> None:
    """If this cannot be written the lists count all the same, and the next start tells of them."""
    try:
        put_lists_on_record(journal, data, now)
    except JournalError as error:
        log.error("not put on record: %s", error)


def _bring(folder: TrustFolder, now: datetime, file: TrustFile) -> bool:
    assert file.text is not None  # the caller asked
    brought = parse_list(file.text, issuer=None, as_of=now)
    same = (held for held in folder.usable() if (held.kind, held.name) == (brought.kind, brought.name))
    if any(brought.as_of < held.as_of for held in same):
        log.warning("list %s of the center is older than what is in force, and is left alone", file.name)
        return False
    stored = StoredList(
        kind=brought.kind, as_of=brought.as_of, stored_at=now, source=_source(file), text=file.text
    )
    folder.put(list_id(brought), stored)
    return True


def _take_back(items: CenterItems, folder: TrustFolder, file: TrustFile) -> bool:
    """Only what came under this name; what an admin brought stays, and what was older counts again. Raises
    TrustError: it is perhaps the one that cannot be read now, and would be in force again once its file is
    mended."""
    sources = {one: _source_of(folder, one) for one in folder.ids()}
    theirs = [one for one, source in sources.items() if source == _source(file)]
    if not theirs and None in sources.values():
        raise TrustError("taken back, and perhaps among those that cannot be read")
    if theirs:  # killed after this nothing is lost; the other way round nobody would know what was older
        items.consider_again([one.name for one in items.trust_given() if _id_of(one) in theirs])
    for one in theirs:
        folder.remove(one)
    return bool(theirs)


def _id_of(file: TrustFile) -> str:
    """In whose place it lies there, or would; none, if this version cannot read it: it is told still."""
    try:
        return list_id(parse_list(file.text or "", issuer=None, as_of=_ANY_DAY))
    except TrustError:
        return ""


def _source_of(folder: TrustFolder, id: str) -> str | None:
    """None: it is damaged, which keeps no other one in force."""
    try:
        return folder.in_force(id).source
    except TrustError:
        return None


def _source(file: TrustFile) -> str:
    return f"center:{file.name}"
