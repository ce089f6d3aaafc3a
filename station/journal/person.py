"""One person of the roster, in clear and as the row that lies on the disk. Knows no connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import msgspec

from station.journal.errors import KeyProblem, VaultError
from station.journal.vault import Vault
from station.roster.house import house_name

Colour = Literal["green", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class ColourFact:
    """A health colour, when it was true and who said so."""

    value: Colour
    as_of: datetime  # UTC
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster. Empty means that nobody said it."""

    id: str
    name: str = field(repr=False)
    dwelling: str = field(repr=False)  # in any form; it comes back as 3-2-501
    category: str  # resident, tenant, worker, courier, visitor, volunteer, staff, medical
    codes: tuple[str, ...] = field(default=(), repr=False)  # code texts to bind; never to be had back
    colour: ColourFact | None = None
    phones: tuple[str, ...] = field(default=(), repr=False)
    id_number: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    occupation: str = ""  # the group: courier, driver, cold_chain …
    occupation_written: str = field(default="", repr=False)
    dwelling_written: str = field(default="", repr=False)  # if it was written otherwise
    guardian_written: str = field(default="", repr=False)
    proxy_written: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


class _Detail(msgspec.Struct, array_like=True, frozen=True):
    """What is sealed together; fields are only ever appended."""

    phones: tuple[str, ...] = ()
    id_number: str = ""
    birth: str = ""
    occupation: str = ""
    occupation_written: str = ""
    dwelling_written: str = ""
    guardian_written: str = ""
    proxy_written: str = ""
    note: str = ""


COLUMNS = "id, category, name, dwelling, detail"
NAMED_COLUMNS = "id, category, name, dwelling"
SealedRow = tuple[str, str, bytes, bytes, bytes | None]  # COLUMNS
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Detail)


@dataclass(frozen=True, slots=True)
class SealedPerson:
    """A person ready to be written: no part of it can be read without the key."""

    row: SealedRow = field(repr=False)
    house: str
    code_keys: tuple[str, ...]
    number_keys: tuple[tuple[str, str], ...]  # kind and key: id_number, phone


def house_key(vault: Vault, dwelling: str) -> str:
    """Under which a dwelling is known: the same for all ways to write it; empty for none."""
    return vault.lookup_key("dwelling", house_name(dwelling)) if dwelling.strip() else ""


def id_number_key(vault: Vault, number: str) -> str:
    return vault.lookup_key("id_number", number)


def phone_key(vault: Vault, phone: str) -> str:
    return vault.lookup_key("phone", phone)


def seal(vault: Vault, person: Person) -> SealedPerson:
    """Ready to be written. Slow things are done here, outside of any transaction; any thread may."""
    dwelling = house_name(person.dwelling)
    written = person.dwelling_written or ("" if dwelling == person.dwelling else person.dwelling)
    detail = _Detail(
        person.phones,
        person.id_number,
        person.birth.isoformat() if person.birth else "",
        person.occupation,
        person.occupation_written,
        written,
        person.guardian_written,
        person.proxy_written,
        person.note,
    )
    numbers = [("phone", phone_key(vault, phone)) for phone in person.phones]
    if person.id_number:
        numbers.append(("id_number", id_number_key(vault, person.id_number)))
    row = (
        person.id,
        person.category,
        vault.seal(person.name.encode(), _context("name", person.id)),
        vault.seal(dwelling.encode(), _context("dwelling", person.id)),
        vault.seal(_encoder.encode(detail), _context("detail", person.id)),
    )
    codes = tuple(vault.code_key(code) for code in person.codes)
    return SealedPerson(row, house_key(vault, dwelling), codes, tuple(dict.fromkeys(numbers)))


def open_person(vault: Vault, row: Sequence[object]) -> Person:
    """The person of a row of COLUMNS, without codes. Raises VaultError."""
    person_id, category, name, dwelling, sealed = row[:5]
    assert isinstance(person_id, str) and isinstance(category, str)  # noqa: PT018 - the table is STRICT
    detail = _open_detail(vault, person_id, sealed)
    return Person(
        id=person_id,
        name=_open(vault, name, _context("name", person_id)).decode(),
        dwelling=house_name(_open(vault, dwelling, _context("dwelling", person_id)).decode()),
        category=category,
        phones=detail.phones,
        id_number=detail.id_number,
        birth=date.fromisoformat(detail.birth) if detail.birth else None,
        occupation=detail.occupation,
        occupation_written=detail.occupation_written,
        dwelling_written=detail.dwelling_written,
        guardian_written=detail.guardian_written,
        proxy_written=detail.proxy_written,
        note=detail.note,
    )


def open_what_is_whole(vault: Vault, row: Sequence[object]) -> Person:
    """For a list that is needed at once: what is damaged is empty. Raises VaultError for all else."""
    try:
        return open_person(vault, row)
    except VaultError as error:
        if error.problem is not KeyProblem.DAMAGED:
            raise
    person_id, category, name, dwelling = row[:4]
    assert isinstance(person_id, str) and isinstance(category, str)  # noqa: PT018 - the table is STRICT
    house = house_name(_if_whole(vault, dwelling, _context("dwelling", person_id)))
    return Person(person_id, _if_whole(vault, name, _context("name", person_id)), house, category)


def _if_whole(vault: Vault, sealed: object, context: bytes) -> str:
    try:
        return _open(vault, sealed, context).decode()
    except VaultError:
        return ""


def open_named(vault: Vault, row: Sequence[object]) -> tuple[str, str, str]:
    """Name, dwelling and category alone, of a row of NAMED_COLUMNS. Raises VaultError."""
    person_id, category, name, dwelling = row
    assert isinstance(person_id, str) and isinstance(category, str)  # noqa: PT018 - the table is STRICT
    return (
        _open(vault, name, _context("name", person_id)).decode(),
        house_name(_open(vault, dwelling, _context("dwelling", person_id)).decode()),
        category,
    )


def _open_detail(vault: Vault, person_id: str, sealed: object) -> _Detail:
    """Nothing, of those who were entered before there was any detail."""
    return _decoder.decode(_open(vault, sealed, _context("detail", person_id))) if sealed else _Detail()


def _open(vault: Vault, sealed: object, context: bytes) -> bytes:
    assert isinstance(sealed, bytes)
    return vault.open(sealed, context)


def _context(column: str, person_id: str) -> bytes:
    """What a sealed value is bound to, so that it cannot be moved to another person or column."""
    return f"person/{column}/{person_id}".encode()
