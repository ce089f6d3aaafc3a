"""Gates are told which two are one: whoever stays has the ids of those who went on their item.

Merging writes them. A program of before, which knew of none, left them out, or took them away with a change.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from center.scope import EVERYWHERE
from center.store.database import Database
from center.store.directory import Directory
from center.store.lists import Lists
from center.store.one_person import remembered
from center.store.seen_people import put_seen
from station.sync.items import encode_item


def tell_again(database: Database, directory: Directory, lists: Lists) -> int:
    """Where an id is missing; of how many people. Raises UnavailableError."""
    with database.read() as connection:
        ones = remembered(connection)
    there = directory.some(EVERYWHERE, {*ones, *ones.values()}) if ones else {}
    missing = defaultdict[str, list[str]](list)
    for gone, kept in ones.items():
        if gone not in there and kept in there and gone not in there[kept].person.former:
            missing[kept].append(gone)
    for id, ids in missing.items():
        known = there[id]
        person = msgspec.structs.replace(known.person, former=(*known.person.former, *ids))
        item = ("person", id, encode_item(person), known.branch)
        put_seen(lists, [item], {id: known})  # if somebody changes them just now: in a minute
    return len(missing)
