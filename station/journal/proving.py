"""Which of the carved rows are entries as they were written: by the hash before them, and a signature.

If the row before is gone, that hash may still lie somewhere: any 32 bytes that make the record's own hash are
it, for nobody finds others. Where a row's own hash was damaged it is worked out again and held against its
signature; where the signature was, the next entry's hash stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.entry import Entry, decode
from station.journal import carving, chain, lives
from station.journal.carving import CarvedEntry, Material
from station.journal.vault import Vault

_NEAR = 3  # pages around a row in which the hash before it is looked for first
_SMALL = 512 << 10  # bytes: so much is looked through for it as a whole, in half a second

Place = tuple[int, int]  # incarnation, number
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Proven:
    """An entry as it was written."""

    place: Place
    record: bytes = field(repr=False)
    entry: Entry = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Linked:
    """A record that continues `before`; `signed`: its own hash was signed here."""

    place: Place
    before: bytes
    hash: bytes
    signed: bool
    record: bytes


class Prover:
    """Goes over the material once."""

    def __init__(self, material: Material, vault: Vault, progress: Progress) -> None:
        self._raw, self._page, self._progress = material.raw, material.page, progress
        self._key = Ed25519PublicKey.from_public_bytes(vault.public_key)
        self._rows: dict[tuple[bytes, bytes, bytes], list[CarvedEntry]] = {}
        for row in carving.entries(material):
            self._rows.setdefault(row[2:5], []).append(row)
        for row in carving.loose_entries(material):
            self._rows.setdefault(row[2:5], [row])
        known = {one.id: one for one in carving.incarnations(material) if one.public_key == vault.public_key}
        self._lives = list(known.values())
        self._continued = {one.id: one.parent_head for one in self._lives}  # the head that each continues
        self.station = self._lives[0].station if self._lives else b""
        self._hashes: dict[Place, set[bytes]] = {}
        self.unproven: set[Place] = set()  # signed here, but the hash before them is gone
        self._places: dict[bytes, Place] = {}  # of proven entries, by their hashes
        self._put_off: list[list[CarvedEntry]] = []
        self._marks = (vault.data_key_id, vault.public_key)
        self.resealed = {(one.incarnation, one.number) for one in carving.hashes(material)}
        self._ends = {one.hash: one for one in carving.pruned_ends(material)}
        self.pruned: dict[int, int] = {}  # up to which number an incarnation's records had left the journal
        self._know(material)

    @property
    def seen(self) -> set[Place]:
        """Where rows were found, whether they are proven or not; what a flipped bit made of a number too."""
        return {row.place for copies in self._rows.values() for row in copies}

    def all(self) -> list[Proven]:
        """In their order, each place once."""
        rows = sorted(self._rows.values(), key=lambda copies: copies[0].place)
        linked = list[_Linked]()
        for done, copies in enumerate(rows):
            self._progress(done, len(rows))
            self._take(copies, linked)
        known = -1
        while known < len(self._places):  # more is known by now: where rows without a number belong
            known = len(self._places)
            put_off, self._put_off = self._put_off, []
            for copies in put_off:
                self._take(copies, linked)
        for copies in self._put_off:
            self._take(copies, linked, last=True)
        linked = sorted(self._rejoined(linked), key=lambda one: one.place)
        proven = list(_decoded(_vouched(linked)))
        order = {life: place for place, life in enumerate(self._in_order(proven))}
        return sorted(proven, key=lambda one: (order[one.place[0]], one.place))

    def _rejoined(self, linked: list[_Linked]) -> Iterator[_Linked]:
        """A row whose incarnation was damaged belongs to that of the entry which continues it."""
        belong = dict[int, int]()
        for one in linked:
            life, _ = self._places.get(one.before, one.place)
            if life != one.place[0] and life not in self._continued:
                belong[life] = one.place[0]
        for one in linked:
            life, number = one.place
            yield replace(one, place=(belong.get(life, life), number))

    def _in_order(self, proven: list[Proven]) -> list[int]:
        begins = {one.place[0]: one.entry.at_ms for one in reversed(proven)}
        heads = {head: life for (life, _), known in self._hashes.items() for head in known}
        heads[b""] = lives.NONE
        parents = {life: heads[head] for life, head in self._continued.items() if head in heads}
        return lives.in_order(begins, parents, begins)

    def _take(self, copies: list[CarvedEntry], linked: list[_Linked], *, last: bool = False) -> None:
        one = self._linked(copies, last=last)
        if one:
            linked.append(one)
            self._hashes.setdefault(one.place, set()).add(one.hash)
            self._places[one.hash] = one.place
            end = self._ends.get(one.before)
            if end and (end.incarnation, end.number + 1) == one.place:
                self.pruned[end.incarnation] = end.number

    def _know(self, material: Material) -> None:
        for life in self._lives:
            self._hashes[life.id, 0] = {chain.genesis(life.station, life.id, life.parent_head)}
        for copies in self._rows.values():
            self._hashes.setdefault(copies[0].place, set()).add(copies[0].hash)
        for one in [*carving.hashes(material), *self._ends.values()]:
            self._hashes.setdefault((one.incarnation, one.number), set()).add(one.hash)

    def _linked(self, copies: list[CarvedEntry], *, last: bool) -> _Linked | None:
        row = copies[0]
        for before in self._hashes.get((row.incarnation, row.number - 1), ()):
            made = chain.link(before, row.record)
            signed = self._is_signed(made, row.signature)
            if made == row.hash or signed:
                return _Linked(row.place, before, made, signed, row.record)
        if not self._is_signed(row.hash, row.signature):
            return None
        found = self._find_elsewhere(copies)
        if found in self._places:  # the row's own number may be what was damaged
            of, number = self._places[found]
            return _Linked((of, number + 1), found, row.hash, True, row.record)
        if not last:
            self._put_off.append(copies)
            return None
        if found is None or row.number == 0:
            self.unproven.add(row.place)
            return None
        return _Linked(row.place, found, row.hash, True, row.record)

    def _find_elsewhere(self, copies: list[CarvedEntry]) -> bytes | None:
        row = copies[0]
        found = self._find_known(row)
        if found is not None or row.number == 0:
            return found
        if row.number == 1:  # the incarnation's row may be there, and damaged
            return self._find_beginning(row)
        return None if (row.incarnation, row.number - 1) in self._hashes else self._find_before(copies)

    def _find_known(self, row: CarvedEntry) -> bytes | None:
        """Among all hashes that were found: the row's number may be what was damaged."""
        every = (one for known in self._hashes.values() for one in known)
        return next((one for one in every if chain.link(one, row.record) == row.hash), None)

    def _find_before(self, copies: list[CarvedEntry]) -> bytes | None:
        """The hash before a record, wherever it lies."""
        around = _NEAR * self._page
        spans = [(max(0, row.where - around), row.where + around) for row in copies]
        if len(self._raw) <= _SMALL:
            spans.append((0, len(self._raw)))
        wanted, record = copies[0].hash, copies[0].record
        for begin, end in spans:
            part = self._raw[begin:end]
            for at in range(len(part) - 31):
                if sha256(part[at : at + 32] + record).digest() == wanted:
                    return part[at : at + 32]
        return None

    def _find_beginning(self, row: CarvedEntry) -> bytes | None:
        """Of an incarnation whose own row does not tell: by all that it may continue, and every station."""
        heads = [b"", *(one for known in self._hashes.values() for one in known)]
        for station in {*(one.station for one in self._lives), *self._stations()}:
            for head in heads:
                genesis = chain.genesis(station, row.incarnation, head)
                if chain.link(genesis, row.record) == row.hash:
                    self.station = station
                    self._hashes[row.incarnation, 0], self._continued[row.incarnation] = {genesis}, head
                    return genesis
        return None

    def _stations(self) -> Iterator[bytes]:
        """What lies where the station's id does in a row: before the public key and the data key's id."""
        for mark, back in zip(self._marks, (48, 16), strict=True):
            for found in re.finditer(re.escape(mark), self._raw):
                yield self._raw[found.start() - back :][:16]

    def _is_signed(self, head: bytes, signature: bytes) -> bool:
        try:
            self._key.verify(signature, chain.to_sign(head))
        except InvalidSignature:
            return False
        return True


def _vouched(linked: list[_Linked]) -> list[_Linked]:
    """Those that were signed, and those whose hash a later one that was signed continues; each place once."""
    kept: dict[Place, _Linked] = {}
    continued: set[bytes] = set()
    for one in reversed(linked):
        if (one.signed or one.hash in continued) and one.place not in kept:
            kept[one.place] = one
            continued.add(one.before)
    return [one for one in linked if kept.get(one.place) is one]


def _decoded(linked: Iterable[_Linked]) -> Iterator[Proven]:
    """What a newer program wrote cannot be read here, and is not saved."""
    for one in linked:
        try:
            yield Proven(one.place, one.record, decode(one.record))
        except msgspec.DecodeError:
            continue
