"""What lies in the journal of an operator, and whether it is what was made last.

A row is never changed; the newest of a number counts. It is signed by the station and bound to the audit's
record of whoever made it, so that neither a changed row nor an older one put back lets anybody in.
"""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.audit import Audited
from station.core.operators import Operator
from station.core.override import Role
from station.journal import audit
from station.journal.errors import VaultError, storage_errors
from station.journal.pins import PinLock
from station.journal.vault import Vault

_PURPOSE = b"kakou operator 1\0"  # so that no other signature of the station can stand for this one
# What makes a row; each is followed by one.
MAKES_A_ROW = (
    Audited.OPERATOR_ADDED,
    Audited.OPERATOR_CHANGED,
    Audited.OPERATOR_REMOVED,
    Audited.PIN_CHANGED,
    Audited.PIN_RESET,
    Audited.RECOVERY_USED,
)
COLUMNS = "position, number, role, active, new_pin, name, salt, cost, verifier, audit, signature"
_NEWEST = f"""
SELECT {COLUMNS} FROM operator AS this
WHERE NOT EXISTS (SELECT 1 FROM operator WHERE number = this.number AND position > this.position)
"""


class Row(msgspec.Struct, frozen=True):
    """One state of an operator, as it lies there."""

    position: int
    number: str
    role: str
    active: int
    new_pin: int
    name: bytes
    salt: bytes
    cost: str
    verifier: bytes
    audit: int
    signature: bytes

    def __repr__(self) -> str:
        return f"Row({self.position}, {self.number!r})"

    @property
    def lock(self) -> PinLock:
        return PinLock(self.salt, self.cost, self.verifier)

    @property
    def digest(self) -> str:
        """Of all that an operator is, for the audit."""
        parts = (self.number, self.role, self.active, self.new_pin, self.name, self.salt, self.cost)
        return sha256(msgspec.msgpack.encode((*parts, self.verifier))).hexdigest()

    def to_sign(self) -> bytes:
        return _PURPOSE + msgspec.msgpack.encode((self.position, self.audit, self.digest))


def newest_record(connection: sqlite3.Connection, number: str) -> tuple[int, str] | None:
    """The audit's record of the last change of an operator, and the digest of the row that it made."""
    kinds = ", ".join(f"'{kind.value}'" for kind in MAKES_A_ROW)
    with storage_errors():
        found = connection.execute(
            f"SELECT number, record FROM audit WHERE subject = ? AND kind IN ({kinds})"
            " ORDER BY number DESC LIMIT 1",
            (number,),
        ).fetchone()
    if found is None:
        return None
    try:
        record = msgspec.msgpack.decode(found[1], type=audit.Record)
    except msgspec.DecodeError:
        return None
    return found[0], dict(record.facts).get("row", "")


def damages(connection: sqlite3.Connection, public_key: bytes) -> list[str]:
    """Every operator whose row is not the one that was made last, word for word."""
    rows = {row.number: row for row in newest_rows(connection)}
    named = connection.execute("SELECT DISTINCT subject FROM audit WHERE kind = 'operator_added'").fetchall()
    found = [
        f"operator {number} is not as the audit says"
        for number in sorted(rows.keys() | {number for (number,) in named})
        if (row := rows.get(number)) is None or newest_record(connection, number) != (row.audit, row.digest)
    ]
    unsigned = [row.number for row in rows.values() if not _is_signed(public_key, row)]
    return found + [f"operator {number} was not signed by this station" for number in sorted(unsigned)]


def newest_rows(connection: sqlite3.Connection) -> list[Row]:
    rows = [Row(*values) for values in connection.execute(_NEWEST).fetchall()]
    first = dict(connection.execute("SELECT number, min(position) FROM operator GROUP BY number").fetchall())
    return sorted(rows, key=lambda row: first[row.number])


def operator_of(vault: Vault, row: Row) -> Operator | None:
    """None: removed, or somebody else changed the row. While the vault is locked, the number is the name."""
    if not row.active or not _is_signed(vault.public_key, row):
        return None
    if vault.locked:
        return Operator(row.number, row.number, Role(row.role), bool(row.new_pin))
    try:
        name = vault.open(row.name, name_context(row.number)).decode()
    except VaultError:
        return None
    return Operator(row.number, name, Role(row.role), bool(row.new_pin))


def _is_signed(public_key: bytes, row: Row) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(row.signature, row.to_sign())
    except InvalidSignature:
        return False
    return True


def blank(number: str, role: Role, name: bytes) -> Row:
    return Row(0, number, role.value, 1, 0, name, b"", "", b"", 0, b"")


def name_context(number: str) -> bytes:
    return b"operator/" + number.encode()
