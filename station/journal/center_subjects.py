"""Under which subjects the passages of somebody may lie, whom the center knows under another. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from station.journal.center_people import CenterPeople, CenterPerson
from station.journal.enrolment import read_enrolment
from station.journal.person import Person
from station.journal.shared_keys import keys_of, local_codes, local_people, shared_code, shared_keys_of
from station.journal.vault import Vault


def all_subjects(connection: sqlite3.Connection, vault: Vault, subject: str) -> list[str]:
    """Ids of a person, here and at the center, and the station's own keys of their codes, each once.

    `subject` is any of these, or a code's shared key; it comes first. Raises VaultError, sqlite3's errors.
    """
    people = CenterPeople(connection, vault)
    found = [subject, *local_codes(connection, subject)]
    for one in _theirs(connection, people, subject):
        codes = [local for shared in one.item.codes for local in local_codes(connection, shared)]
        ids = [one.id, *people.former_of(one)]
        found += [*_ours_like(connection, people, one), *ids, *codes]
    return list(dict.fromkeys(found))


def sure_subjects(connection: sqlite3.Connection, vault: Vault, subject: str) -> list[str]:
    """The same without namesakes of the dwelling: where somebody is now is told by no passage of theirs.

    A code that is somebody's of the own roster is theirs, as at the lane.
    """
    if owner := connection.execute(_OWNER, (subject,)).fetchone():
        return list(dict.fromkeys([subject, *sure_subjects(connection, vault, owner[0])]))
    people = CenterPeople(connection, vault)
    asked = people.by_id(subject) or people.by_code(shared_code(connection, subject) or subject)
    is_ours = bool(shared_keys_of(connection, subject))
    ours = [subject] if is_ours else our_own(connection, people, asked) if asked else []
    same = [one for own in ours for one in _same_as(connection, people, own)]
    theirs = {one.id: one for one in ([asked] if asked else []) + same}
    found = [subject, *local_codes(connection, subject), *ours]
    for one in theirs.values():
        codes = [local for shared in one.item.codes for local in local_codes(connection, shared)]
        found += [*our_own(connection, people, one), one.id, *people.former_of(one), *codes]
    return list(dict.fromkeys(found))


def whose_it_may_be(connection: sqlite3.Connection, vault: Vault, subject: str) -> list[list[str]]:
    """The same of each who it may be: of two namesakes without ID numbers one is the center's."""
    people, known_as = CenterPeople(connection, vault), all_subjects(connection, vault, subject)
    untold = [one for one in known_as if not _is_told(connection, people, one)]
    if subject not in untold:
        return [sure_subjects(connection, vault, subject)]
    found = (people.by_id(one) for one in untold)
    theirs = dict.fromkeys(who.id for who in found if who)
    ours = [one for one in untold if shared_keys_of(connection, one)]
    may_be = [
        [*sure_subjects(connection, vault, one), *sure_subjects(connection, vault, who)]
        for one in ours
        for who in theirs
    ]
    return may_be or [sure_subjects(connection, vault, subject)]


def _is_told(connection: sqlite3.Connection, people: CenterPeople, subject: str) -> bool:
    """Whether it is sure who of the other roster this is."""
    if shared_keys_of(connection, subject):
        return bool(_same_as(connection, people, subject))
    theirs = people.by_id(subject) or people.by_code(shared_code(connection, subject) or subject)
    return theirs is not None and bool(our_own(connection, people, theirs))


def our_own(connection: sqlite3.Connection, people: CenterPeople, theirs: CenterPerson) -> list[str]:
    """Who of the own roster one of the center's people surely is; it may have them in two spellings."""
    return [
        one
        for one in local_people(connection, people.keys_of(theirs))
        if theirs.id in {who.id for who in _same_as(connection, people, one)}
    ]


def _ours_like(connection: sqlite3.Connection, people: CenterPeople, theirs: CenterPerson) -> list[str]:
    """Who of the own roster one of the center's people may be; not their father, by another ID number."""
    found = []
    for one in local_people(connection, people.keys_of(theirs)):
        keys = shared_keys_of(connection, one)
        same = people.same_as(list(keys.values()), keys.get("id_number"))
        if theirs.id in {who.id for who in same}:
            found.append(one)
    return found


def _same_as(connection: sqlite3.Connection, people: CenterPeople, ours: str) -> list[CenterPerson]:
    """Who of the center's people this one of ours surely is."""
    keys = shared_keys_of(connection, ours)
    number = keys.get("id_number")
    return surely(connection, people, people.same_as(list(keys.values()), number), ours, number)


def _theirs(connection: sqlite3.Connection, people: CenterPeople, subject: str) -> list[CenterPerson]:
    """The center's people that this may be."""
    keys = shared_keys_of(connection, subject)
    shared = shared_code(connection, subject) or subject
    found = [people.by_id(subject), people.by_code(shared)]
    return [one for one in found if one] + people.same_as(list(keys.values()), keys.get("id_number"))


def subjects_of_ours(
    connection: sqlite3.Connection, vault: Vault, ours: Person
) -> tuple[list[str], list[str]]:
    """Under which ids the center knows one of our own people, and the station's own keys of the codes it has
    of them, as far as these are nobody else's here.

    None if no ID number tells who of several of that name in that dwelling it is, there or here.
    Raises VaultError, sqlite3's errors.
    """
    enrolment = read_enrolment(connection, vault)
    if enrolment is None:
        return [], []
    keys = keys_of(enrolment.district_key, ours)
    people = CenterPeople(connection, vault)
    same = people.same_as(keys.of_person, keys.id_number)
    theirs = surely(connection, people, same, ours.id, keys.id_number)
    codes = [
        local for one in theirs for shared in one.item.codes for local in local_codes(connection, shared)
    ]
    free = [one for one in codes if not connection.execute(_ANOTHERS, (one, ours.id)).fetchone()]
    return [id for one in theirs for id in (one.id, *people.former_of(one))], free


def surely(
    connection: sqlite3.Connection,
    people: CenterPeople,
    theirs: Sequence[CenterPerson],
    ours: str,
    id_number: str | None,
) -> list[CenterPerson]:
    """Those of the center's namesakes in a dwelling that are this one of ours; `id_number`: its shared key.

    Father and son: by the ID number, or else only if there is one such at the center, and one here.
    """
    told = [one for one in theirs if id_number in people.keys_of(one)]
    if told or len(theirs) != 1:
        return told
    return [one for one in theirs if _who_may_be(connection, people, one, ours) <= {ours}]


def _who_may_be(
    connection: sqlite3.Connection, people: CenterPeople, theirs: CenterPerson, ours: str
) -> set[str]:
    """Of our own: ours, and who is told to be this one of the center's in the same way.

    A roster that has them in two spellings has them in that which stays, and in that which went.
    """
    now = set(local_people(connection, list(theirs.item.keys)))
    return now if ours in now else set(local_people(connection, people.keys_of(theirs))) - now


def living_in(connection: sqlite3.Connection, vault: Vault, house: str) -> list[str]:
    """The ids of those of a dwelling, by the station's own key of it or the shared one; ours before theirs.

    Somebody in both rosters is there once. Raises VaultError, sqlite3's errors.
    """
    rows = connection.execute(_OURS, {"house": house}).fetchall()
    people = CenterPeople(connection, vault)
    ours = [person_id for (person_id,) in rows]
    theirs = [
        one.id
        for one in people.living_in(house)
        if not set(ours).intersection(_ours_like(connection, people, one))
    ]
    return [*ours, *theirs]


_OWNER = "SELECT person_id FROM code WHERE key = ?"
_ANOTHERS = "SELECT 1 FROM code WHERE key = ? AND person_id <> ?"
_OURS = """
SELECT id FROM person WHERE house = :house
UNION SELECT person_id FROM local_shared_key WHERE key = :house AND kind = 'dwelling' ORDER BY 1
"""
