"""Whom we believe: keys of issuers, revoked codes and acceptance rules, as dated, immutable lists.

A list speaks for one kind of code only: the key of a foreign health ministry never verifies a gate
pass. Parsing the published forms of these lists is the affair of `trustlists`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station.codes.rules import RuleSet
from station.codes.signature import PublicKey
from station.core.model import CodeKind

# Bytes of a SHA-256 by which a revocation list may name an HC1 certificate; the EU gateway takes 16.
# Fewer than 8 would hit strangers.
REVOCATION_PREFIXES = range(8, 33)


class Use(StrEnum):
    """What an HC1 key may sign, named as in the certificate: test, vaccination, recovery."""

    TEST = "t"
    VACCINATION = "v"
    RECOVERY = "r"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """An issuer's public key. `uses` empty means any use."""

    kid: bytes
    issuer: str
    public: PublicKey = field(repr=False)
    uses: frozenset[Use] = frozenset()


@dataclass(frozen=True, slots=True)
class TrustList:
    """The keys that may sign codes of one kind, as published at `as_of` (UTC).

    Key ids may collide, so each names a tuple. `unreadable` names keys that this program cannot use.
    `revoked`: what the same document says was taken back, as in a RevocationList.
    """

    kind: CodeKind
    as_of: datetime
    keys: Mapping[bytes, tuple[TrustedKey, ...]] = field(repr=False)
    unreadable: tuple[str, ...] = ()
    revoked: Mapping[bytes, datetime | None] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Codes of one kind that their issuer took back, as of a date (UTC).

    The handle is the kind's own: hash prefix, pass id, card id. A value tells that only codes issued
    before it are revoked; None means all.
    """

    kind: CodeKind
    as_of: datetime
    handles: Mapping[bytes, datetime | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrustStore:
    """All lists of this station."""

    lists: tuple[TrustList, ...] = ()
    revocations: tuple[RevocationList, ...] = ()
    rules: tuple[RuleSet, ...] = ()

    def covers(self, kind: CodeKind) -> bool:
        """Whether there is any list for this kind; without one nothing can be said of a signature."""
        return any(listed.kind is kind for listed in self.lists)

    def keys(self, kind: CodeKind, kid: bytes) -> tuple[TrustedKey, ...]:
        """All keys with this id that may sign this kind of code."""
        return tuple(key for listed in self.lists if listed.kind is kind for key in listed.keys.get(kid, ()))

    def revoked(self, kind: CodeKind, handles: Iterable[bytes], issued: datetime | None = None) -> bool:
        """Whether one of a code's handles is on a list; `issued` is the code's own date, UTC."""
        lists = [listed.handles for listed in self.revocations if listed.kind is kind]
        lists += [listed.revoked for listed in self.lists if listed.kind is kind]
        return any(
            _applies(revoked[handle], issued) for handle in handles for revoked in lists if handle in revoked
        )


def _applies(before: datetime | None, issued: datetime | None) -> bool:
    return before is None or issued is None or issued < before


def shc_handle(kid: str, rid: str) -> bytes:
    """What names a SMART Health Card in a revocation list: its revocation id, which is unique per key."""
    return f"{kid}/{rid}".encode()


def by_kid(keys: Iterable[TrustedKey]) -> Mapping[bytes, tuple[TrustedKey, ...]]:
    """Keys by their id, in the order given."""
    grouped: dict[bytes, tuple[TrustedKey, ...]] = {}
    for key in keys:
        grouped[key.kid] = (*grouped.get(key.kid, ()), key)
    return grouped
