"""Settings and trust lists lie in files, which a wizard, a command or an editor changes: that goes on record.

What changed while the gate was closed is found when it opens. Of a setting only its name is told, never what
stands in it: what it was is remembered as a keyed hash.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from station.codes.trustlists import TrustError
from station.core.audit import Audited, Event
from station.journal import audit
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import JournalError, storage_errors
from station.journal.upstream import note, put_note
from station.settings import Settings
from station.trustfolder import TrustFolder

log = logging.getLogger(__name__)

_NOTE = "settings told"  # in sync_note
_FOUND = ("found", "start")  # nobody knows who it was, or when
_GONE = "gone"
_SLUG = re.compile(r"[a-z_-]+(-[0-9a-f]{8})?")  # as `trustfolder.list_id` makes them
_Marks = dict[str, bytes]


def put_found_on_record(journal: Journal, data: Path, settings: Settings, now: datetime) -> None:
    """What changed while the gate was closed. The gate opens also if this cannot be written."""
    try:
        put_settings_on_record(journal, settings, now, found=True)
        put_lists_on_record(journal, data, now, found=True)
    except (JournalError, OSError) as error:
        log.error("not put on record: %s", error)


# --- settings -------------------------------------------------------------------------------------


def put_settings_on_record(
    journal: Journal, settings: Settings, now: datetime, *, found: bool = False
) -> None:
    """Which differ from what was told last; `found`: when the gate was opened. Raises JournalError."""
    marks = _marks(journal, settings)
    before = _kept(journal)
    known = _marks(journal, Settings()) if before is None else before
    names = [name for name, mark in marks.items() if known.get(name) != mark]
    if not names and before is not None:
        return
    facts = (("settings", ", ".join(sorted(names))), *([_FOUND] if found else []))
    with storage_errors(), transaction(journal.connection):
        if names:
            audit.write(journal, Event(Audited.SETTINGS, facts=facts, by_duty=not found), now)
        put_note(journal.connection, _NOTE, msgspec.msgpack.encode(marks))


def _marks(journal: Journal, settings: Settings) -> _Marks:
    values = msgspec.to_builtins(settings)
    return {name: journal.vault.rows.seal(_NOTE, (name, str(value)))[0] for name, value in values.items()}


def _kept(journal: Journal) -> _Marks | None:
    with storage_errors():
        kept = note(journal.connection, _NOTE)
    try:
        return msgspec.msgpack.decode(kept, type=_Marks) if kept else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


# --- trust lists ----------------------------------------------------------------------------------


def put_lists_on_record(journal: Journal, data: Path, now: datetime, *, found: bool = False) -> None:
    """Which lists differ from what the audit said of them last. Raises JournalError."""
    folder = TrustFolder(data)
    there, told = folder.marks(), _told(journal)
    known = {_subject(id) for id in there}
    gone = {id: _GONE for id, mark in told.items() if mark != _GONE and id not in known}
    changed = {id: mark for id, mark in there.items() if told.get(_subject(id)) != mark}
    with storage_errors():
        for id, mark in (*changed.items(), *gone.items()):
            audit.put_on_record(journal, list_changed(folder, id, mark, found=found), now)


def list_changed(folder: TrustFolder, id: str, mark: str, *, found: bool = False) -> Event:
    """What goes on record of a list that came into force, or that went. Where it is from may be a name."""
    facts, source = [("mark", mark)], ""
    if mark == _GONE:
        facts.append(("change", _GONE))
    else:
        try:
            stored = folder.in_force(id)
            facts.append(("as_of", f"{stored.as_of:%Y-%m-%d}"))
            source = stored.source
        except TrustError:
            facts.append(("change", "unreadable"))
    of_center = source.startswith("center:")
    facts += [("change", "center")] if of_center else []
    facts += [_FOUND] if found else []
    by_duty = not (found or of_center)
    return Event(Audited.TRUST_LIST, subject=_subject(id), facts=tuple(facts), note=source, by_duty=by_duty)


def _subject(id: str) -> str:
    """What the record calls a list; the name of a file that somebody put there may be anybody's name."""
    return id if _SLUG.fullmatch(id) else f"list-{sha256(id.encode(errors='replace')).hexdigest()[:8]}"


def _told(journal: Journal) -> dict[str, str]:
    """The newest word of the audit about each list."""
    with storage_errors():
        rows = journal.connection.execute(
            "SELECT subject, record FROM audit WHERE kind = ? ORDER BY number", (Audited.TRUST_LIST.value,)
        ).fetchall()
    return {id: audit.facts_of(record).get("mark", "") for id, record in rows}
