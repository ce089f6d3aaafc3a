"""The lists that an admin brought, as files in DATA/trust: of each the one in force, and the one before it.

What a list says is for `station.codes`. It is kept word for word, with its kind, its date and where it is
from, so that a newer version of this program can read it anew. A published list that somebody put into the
folder by hand counts as well.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from station.codes.lists import BroughtList, ListKind, parse_list, remains
from station.codes.trustlists import TrustError
from station.journal.durable import is_there, make_folder, sync_folder, write_file

TRUST_FOLDER = "trust"  # in the data folder
_IN_FORCE, _FORMER = ".json", ".former"
_CLOSED = "closed"

log = logging.getLogger(__name__)


class StoredList(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it lies on the disk."""

    kind: ListKind
    issuer: str | None = None  # whose keys they are, for the forms that do not say
    as_of: datetime  # UTC, the list's own date if it has one
    stored_at: datetime  # UTC
    source: str  # where the admin has it from
    text: str

    def read(self) -> BroughtList:
        """What it says. Raises TrustError if this version of the program no longer understands it."""
        return parse_list(self.text, issuer=self.issuer, as_of=self.as_of)


def list_id(brought: BroughtList) -> str:
    """Names a list on the command line and its file: shapes, gdhcn-1f3a5c7e …"""
    digest = sha256(brought.name.encode()).hexdigest()[:8]
    return f"{brought.kind}-{digest}" if brought.name else brought.kind.value


class TrustFolder:
    """DATA/trust."""

    def __init__(self, data: Path) -> None:
        self._folder = data / TRUST_FOLDER

    def ids(self) -> list[str]:
        """The ids of all lists in force, readable or not."""
        return sorted(path.stem for path in self._folder.glob(f"*{_IN_FORCE}"))

    def marks(self) -> dict[str, str]:
        """What lies there for each list in force, word for word, as a hash; one that is closed to us has a
        word instead, and keeps nobody from asking about the others."""
        return {id: self._mark(self._path(id, _IN_FORCE)) for id in self.ids()}

    def in_force(self, id: str) -> StoredList:
        """The list with this id. Raises TrustError if it cannot be read."""
        return _read(self._path(id, _IN_FORCE))

    def former(self, id: str) -> StoredList | None:
        """The list that was in force before it, if there was one. Raises TrustError."""
        path = self._path(id, _FORMER)
        return _read(path) if is_there(path) else None

    def put(self, id: str, new: StoredList) -> None:
        """Bring a list into force and keep the former one; at every instant one of them is in force.

        The same list once more is no reason to forget the one before it.
        """
        make_folder(self._folder)
        current = self._path(id, _IN_FORCE)
        if is_there(current) and not self._holds(id, new.text):
            self._keep_former(id, current)
        write_file(current, msgspec.json.encode(new))

    def remove(self, id: str) -> None:
        """Take a list out of force; it stays as the former one."""
        self._path(id, _IN_FORCE).replace(self._path(id, _FORMER))
        sync_folder(self._folder)

    def usable(self) -> list[BroughtList]:
        """What the lists in force say, oldest first. One that cannot be read is named and left out."""
        return self.sorted_out()[0]

    def sorted_out(self) -> tuple[list[BroughtList], list[str]]:
        """The same, and the ids of those that cannot be read: what they would refuse is not known."""
        lists, unusable = list[BroughtList](), list[str]()
        for id in self.ids():
            try:
                lists.append(self.in_force(id).read())
            except TrustError as error:
                log.warning("list %s%s left out: %s", id, _IN_FORCE, error)
                unusable.append(id)
        return sorted(lists, key=lambda brought: brought.as_of), unusable

    def kinds(self, id: str) -> set[ListKind]:
        """What a list that cannot be read may have been: by its name, or, where somebody put it there under
        another one, by what is left of it. One that is closed to us may be any."""
        named = {kind for kind in ListKind if id.startswith(kind.value)}
        try:
            return named or remains(self._path(id, _IN_FORCE).read_text("utf-8", errors="replace"))
        except OSError:
            return named or set(ListKind)

    def _keep_former(self, id: str, current: Path) -> None:
        """One that is closed to us is of no use to anybody, and keeps no newer one out."""
        try:
            content = current.read_bytes()
        except OSError as error:
            log.warning("list %s is not kept as the former one: %s", id, error)
        else:
            write_file(self._path(id, _FORMER), content)

    def _holds(self, id: str, text: str) -> bool:
        try:
            return self.in_force(id).text == text
        except TrustError:
            return False

    def _mark(self, path: Path) -> str:
        try:
            return sha256(path.read_bytes()).hexdigest()[:16]
        except OSError:
            return _CLOSED

    def _path(self, id: str, ending: str) -> Path:
        return self._folder / f"{id}{ending}"


def read_published(path: Path, *, issuer: str | None = None, as_of: datetime | None = None) -> StoredList:
    """A list as it was published, in a file; without a date of its own it is as old as the file.

    Raises TrustError.
    """
    text, modified = _text(path), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    brought = parse_list(text, issuer=issuer, as_of=as_of or modified)
    return StoredList(
        kind=brought.kind,
        issuer=issuer,
        as_of=brought.as_of,
        stored_at=modified,
        source=path.name,
        text=text,
    )


def _read(path: Path) -> StoredList:
    try:
        return msgspec.json.decode(_text(path), type=StoredList)
    except msgspec.DecodeError:  # not stored by us: put there by hand
        return read_published(path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TrustError(str(error)) from error
