"""What else can be saved of a damaged journal: people, passes, facts, rules. Only what opens or is signed.

A row whose seal holds (sealing.py) is as this station wrote it. Of an older version there are none, and no
chain says that a row is as it was: then only rows are taken whose sealed part opens with the keys, whose
signature is right, or whose words are ones that this program writes; the rest is left. Whoever works here
(operators) has to be entered anew, because an old PIN must not come back, and the center sends its lists
again. Sheets and receipts are in salvage_bound.py.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core import calibration as calibrations
from station.core.facts import FactKind
from station.core.policy import digest
from station.journal import policies
from station.journal.connection import FILE_NAME, transaction
from station.journal.durable import is_there
from station.journal.errors import VaultError
from station.journal.movements import HOUSEHOLD
from station.journal.person import house_key, open_person
from station.journal.salvage_bound import NewJournal, copy_bound
from station.journal.sealing import SEAL
from station.journal.vault import Vault
from station.roster.words import CATEGORIES

Row = dict[str, object]
_SHIFT = re.compile(r"[0-9a-f]{16}")
_KEY, _WORD = re.compile(r"[0-9a-f]{64}"), re.compile(r"[\x21-\x7e]{1,80}")
_KINDS = {kind.value for kind in FactKind}


def copy_lists(
    folder: Path, to: sqlite3.Connection, beside: Path, vault: Vault, now: datetime
) -> dict[str, int]:
    """Into a journal that holds the saved entries; how many rows of which table. Raises sqlite3.Error.

    SQLite mends what it opens, so it gets a copy, in a folder `beside`.
    """
    counts: dict[str, int] = {}
    with TemporaryDirectory(prefix=".salvage-", dir=beside) as temporary:
        copy = Path(temporary) / FILE_NAME
        for ending in ("", "-wal"):
            path = folder / f"{FILE_NAME}{ending}"
            if is_there(path):
                shutil.copyfile(path, copy.with_name(f"{FILE_NAME}{ending}"))
        with closing(sqlite3.connect(copy, isolation_level=None)) as damaged:
            damaged.row_factory = sqlite3.Row
            damaged.text_factory = lambda raw: raw.decode(errors="replace")
            for table in _TABLES:
                counts[table.name] = _copy(damaged, to, table, vault)
            counts["movement"] = _copy_movements(damaged, to, vault)
            counts |= copy_bound(damaged, NewJournal(to, vault), _rows, now)
    return {table: count for table, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    order: str
    holds: Callable[[Vault, Row], bool]
    without: tuple[str, ...] = ()  # columns that point at what is not saved
    query: str = ""  # if it is not all of the table
    anew: tuple[tuple[str, object], ...] = ()  # what begins again
    later: frozenset[str] = frozenset()  # columns that an older version did not have


def _copy(damaged: sqlite3.Connection, to: sqlite3.Connection, table: _Table, vault: Vault) -> int:
    copied, anew = 0, dict(table.anew)
    with transaction(to):
        columns = [row[1] for row in to.execute(f"PRAGMA table_info({table.name})")]
        columns = [column for column in columns if column not in (*table.without, SEAL)]
        insert = (
            f"INSERT OR IGNORE INTO {table.name} ({', '.join(columns)})"
            f" VALUES ({', '.join('?' * len(columns))})"
        )
        for row in _rows(damaged, table.query or f"SELECT * FROM {table.name}", table.order):
            if set(columns) - table.later <= row.keys() and _holds(vault, table, row):
                copied += _inserted(to, insert, [anew.get(column, row.get(column)) for column in columns])
    return copied


def _inserted(to: sqlite3.Connection, insert: str, values: list[object]) -> int:
    try:
        return to.execute(insert, values).rowcount
    except sqlite3.Error:  # a flipped bit made it something that this table does not take
        return 0


def _rows(damaged: sqlite3.Connection, query: str, order: str) -> Iterator[Row]:
    """From the beginning as far as it can be read, and then from the end."""
    for way in ("ASC", "DESC"):
        try:
            for row in damaged.execute(f"{query} ORDER BY {order} {way}"):
                yield dict(row)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):  # an error's own text may be none
            continue
        return


def _holds(vault: Vault, table: _Table, row: Row) -> bool:
    try:
        sealed = _seal_holds(vault, table.name, row)
        return table.holds(vault, row) if sealed is None else sealed
    except (VaultError, msgspec.DecodeError, UnicodeDecodeError, ValueError, TypeError, AssertionError):
        return False


def _seal_holds(vault: Vault, table: str, row: Row) -> bool | None:
    """Whether the row is word for word what this station wrote; None: an older version wrote it."""
    if row.get(SEAL) is None:
        return None
    values = tuple(value for name, value in row.items() if name != SEAL)
    return vault.rows.is_sealed(table, values, row[SEAL])


def _copy_movements(damaged: sqlite3.Connection, to: sqlite3.Connection, vault: Vault) -> int:
    """Of entries that were saved, if they say the same and so does their seal; and where all were last."""
    saved = {row[0]: row[1:] for row in to.execute("SELECT id, position, direction, at_ms FROM entry")}
    ids = {row["position"]: row["id"] for row in _rows(damaged, "SELECT position, id FROM entry", "position")}
    copied = 0
    with transaction(to):
        for row in _rows(damaged, "SELECT * FROM movement", "position"):
            found = saved.get(ids.get(row["position"]))
            if not found or found[1:] != (row["direction"], row["at_ms"]) or not _is_word(row["subject"]):
                continue
            if _seal_holds(vault, "movement", row) is not False:
                values = [*(row[name] for name in _MOVEMENT), found[0]]
                copied += _inserted(to, _MOVE, values)
        to.execute(_WHEREABOUTS)
    return copied


_MOVEMENT = ("subject", "household", "passed", "normal_c")
_MOVE = """
UPDATE entry SET mover = ?, mover_household = ?, mover_passed = ?, mover_normal_c = ?
WHERE position = ? AND mover IS NULL
"""
_WHEREABOUTS = f"""
INSERT OR IGNORE INTO whereabouts (subject, household, direction, at_ms)
SELECT subject, {HOUSEHOLD}, direction, at_ms FROM movement AS last
WHERE passed AND NOT EXISTS (SELECT 1 FROM movement AS later
    WHERE later.subject = last.subject AND later.passed AND later.position > last.position)
"""


# --- what holds -----------------------------------------------------------------------------------


def _blob(row: Row, name: str) -> bytes:
    value = row[name]
    assert isinstance(value, bytes)
    return value


def _is_word(value: object) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _opens(context: Callable[[Row], bytes], column: str) -> Callable[[Vault, Row], bool]:
    def holds(vault: Vault, row: Row) -> bool:
        vault.open(_blob(row, column), context(row))
        return True

    return holds


def _batch(vault: Vault, row: Row) -> bool:
    if _blob(row, "detail"):  # or retention took it
        vault.open(_blob(row, "detail"), f"batch/{row['kind']}".encode())
    return True


def _person(vault: Vault, row: Row) -> bool:
    person = open_person(vault, [row[name] for name in ("id", "category", "name", "dwelling", "detail")])
    return row["category"] in CATEGORIES and row["house"] == house_key(vault, person.dwelling)


def _number_key(vault: Vault, row: Row) -> bool:
    return _is_word(row["key"]) and _is_word(row["person_id"])


def _fact(vault: Vault, row: Row) -> bool:
    if _blob(row, "said"):
        vault.open(_blob(row, "said"), f"fact/{row['about']}/{row['subject']}/{row['kind']}".encode())
    return row["kind"] in _KINDS and _is_word(row["value"]) and _is_word(row["source"])


def _errand(vault: Vault, row: Row) -> bool:
    vault.open(_blob(row, "sealed"), f"errand/errand/{row['id']}".encode())
    if row["closed"] is not None:
        vault.open(_blob(row, "closed"), f"errand/closed/{row['id']}".encode())
    return _is_word(row["kind"]) and (row["closed"] is None) == (row["closed_at_ms"] is None)


def _daily_export(vault: Vault, row: Row) -> bool:
    date.fromisoformat(str(row["day"]))
    return True


def _proposal(vault: Vault, row: Row) -> bool:
    context = f"fact/{row['about']}/{row['subject']}/{row['kind']}".encode()
    for column in ("proposed", "settled"):
        if row[column] is not None:
            vault.open(_blob(row, column), context)
    return row["kind"] in _KINDS and _is_word(row["value"])


def _policy_event(vault: Vault, row: Row) -> bool:
    key = Ed25519PublicKey.from_public_bytes(vault.public_key)
    names = ("position", "kind", "digest", "at_ms", "said", "signature", "text")
    return policies._event(vault, key, *(row[name] for name in names)).genuine  # type: ignore[arg-type]


_TABLES = (
    _Table("batch", "-id", _batch),
    _Table("person", "id", _person, ("touched",)),
    _Table("code", "key", lambda vault, row: _KEY.fullmatch(str(row["key"])) is not None),
    _Table("person_key", "kind, key", _number_key),
    _Table("relation", "person_id", lambda vault, row: True),  # both are there, or it is refused
    _Table("fact", "position", _fact, later=frozenset({"clock_ms"})),
    _Table("proposal", "id", _proposal),
    _Table("pass_issuer", "id", _opens(lambda row: f"pass issuer/{row['name']}".encode(), "private_key")),
    _Table("gate_pass", "position", _opens(lambda row: b"pass/" + _blob(row, "id"), "content")),
    _Table("pass_revocation", "pass_id", lambda vault, row: len(_blob(row, "pass_id")) == 8),
    _Table("policy_text", "digest", lambda vault, row: digest(str(row["text"])) == row["digest"]),
    _Table(
        "policy_event",
        "position",
        _policy_event,
        query="SELECT policy_event.*, text FROM policy_event JOIN policy_text USING (digest)",
    ),
    _Table("lane_memory", "name", _opens(lambda row: f"lane/{row['name']}".encode(), "sealed")),
    _Table("enrolment", "one", _opens(lambda row: b"enrolment", "sealed")),
    _Table("visit", "position", _opens(lambda row: f"visit/{row['id']}".encode(), "sealed")),
    _Table("announced_visit", "id", _opens(lambda row: f"announced/{row['id']}".encode(), "sealed")),
    _Table("errand", "position", _errand),
    _Table("shift", "id", lambda vault, row: _SHIFT.fullmatch(str(row["id"])) is not None),
    _Table("signup", "position", _opens(lambda row: f"signup/{row['shift']}".encode(), "sealed")),
    _Table("duty", "position", _opens(lambda row: b"duty", "sealed")),
    _Table(  # told again: the center takes the newest version once
        "report",
        "id",
        _opens(lambda row: b"report/" + _blob(row, "id"), "sealed"),
        anew=(("sent", 0),),
    ),
    _Table("daily_export", "day", _daily_export),
    _Table("calibration", "position", lambda vault, row: bool(calibrations.decode(_blob(row, "record")))),
    _Table("duty_tick", "position", lambda vault, row: isinstance(row["point"], str)),
    _Table("incident", "position", lambda vault, row: _is_word(row["kind"])),
    _Table("stop_sent", "position", lambda vault, row: _is_word(row["place"])),
    _Table("reconciliation", "day", _daily_export),
    _Table("code_pair", "local", lambda vault, row: all(map(_is_word, (row["local"], row["shared"])))),
)
