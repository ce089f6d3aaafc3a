"""What SQLite leaves between the cells of a page is overwritten: what was erased lies nowhere any more.

`secure_delete` zeroes what is deleted, where it lies at that moment. But when pages are split and joined,
rows move to other pages, and their former bytes stay in the unused space between the cell pointers and
the cells of the old page (https://www.sqlite.org/fileformat2.html#b_tree_pages), as a test found that
searches the raw file. No SQL reaches that space but VACUUM, which takes too long for a gate. So it is
zeroed in the file itself, some pages at a time, under these conditions:

- nobody writes meanwhile: only the one writing connection makes checkpoints, and its thread is here;
- the WAL is empty and the connection's cache too: else a stale copy of the page would come back later;
- a kill or a cut of power leaves a page half zeroed where nothing lies: every such page is as good as before.
"""

from __future__ import annotations

import os

from station.journal import leftovers
from station.journal.connection import Writer
from station.journal.errors import storage_errors

_AT_ONCE = 1000  # pages of 4 kB: about 5 ms
_TREES = {2: 12, 5: 12, 10: 8, 13: 8}  # page type, and the length of its header
_FIRST_HEADER = 100  # bytes of the file's own header, on the first page
_LOCK_BYTE = 1 << 30  # SQLite uses no page that holds it


class Gaps:
    """One run through the file of an open journal. `step` belongs to the thread of the writing connection."""

    def __init__(self, connection: Writer) -> None:
        """Raises JournalError."""
        self._connection, self._next, self.done = connection, 1, False
        with storage_errors():
            (self._size,) = connection.execute("PRAGMA page_size").fetchone()
            (self._reserves,) = connection.execute("PRAGMA auto_vacuum").fetchone()
            self._file = connection.own_file()

    def step(self, pages: int = _AT_ONCE) -> bool:
        """Whether to go on. At the end it is `done`, or else somebody reads: then begin anew later.

        Raises JournalError.
        """
        if self._reserves or not leftovers.empty_wal(self._connection):
            return False  # pages of an auto_vacuum file are laid out otherwise; ours is none
        with storage_errors():
            self._connection.execute("PRAGMA shrink_memory")
            content = self._read(pages)
            wrote = False
            for place in range(0, len(content) - self._size + 1, self._size):
                at = (self._next - 1) * self._size + place
                wrote |= self._overwrite(content[place : place + self._size], at)
            if wrote:
                os.fsync(self._file)
        self._next += pages
        self.done = len(content) < pages * self._size
        return not self.done

    def run(self) -> bool:
        """All steps, for whoever has the journal for themselves; False if somebody reads it."""
        while self.step():
            continue
        return self.done

    def _read(self, pages: int) -> bytes:
        os.lseek(self._file, (self._next - 1) * self._size, os.SEEK_SET)
        return os.read(self._file, pages * self._size)

    def _overwrite(self, page: bytes, at: int) -> bool:
        """Whether anything lay there."""
        found = None if at <= _LOCK_BYTE < at + self._size else unused(page, first=at == 0)
        if found is None or not any(page[found[0] : found[1]]):
            return False
        os.lseek(self._file, at + found[0], os.SEEK_SET)
        os.write(self._file, bytes(found[1] - found[0]))
        return True


def unused(page: bytes, *, first: bool) -> tuple[int, int] | None:
    """From where to where nothing lies in a page of a table or an index; None: it is no such page."""
    header = _FIRST_HEADER if first else 0
    length = _TREES.get(page[header])
    if length is None:
        return None
    cells = int.from_bytes(page[header + 3 : header + 5], "big")
    content = int.from_bytes(page[header + 5 : header + 7], "big") or 65536
    begin = header + length + 2 * cells
    return (begin, content) if begin < content <= len(page) else None
