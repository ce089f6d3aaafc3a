"""The pass (出入证): what a community writes on one.

How it is signed is for `codes.issue`, where it lies for `journal.passes`, how it looks for `reports.passes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_LONGEST_NAME = 40  # characters; with more, the code of the smallest card would crowd out its words
_LONGEST_DWELLING = 20
_BIRTH = re.compile(r"\d{4}(\d{4})?")  # a year or YYYYMMDD, as in MOSIP Claim 169, attribute 8
_ID_TAIL = re.compile(r"[0-9A-Za-z]{1,4}")


class PassError(ValueError):
    """What cannot be written on a pass; the message names the field, never what stood in it."""


class TakenBackError(PassError):
    """It was taken back, and is not replaced: whoever left gets no new pass for an old one."""


class PassKind(StrEnum):
    """Why its holder may come in. The words of the roster's categories, and 医护."""

    RESIDENT = "resident"
    TENANT = "tenant"
    WORKER = "worker"
    COURIER = "courier"
    VOLUNTEER = "volunteer"
    VISITOR = "visitor"
    MEDICAL = "medical"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who carries a pass, as the community knows them. Raises PassError for what no pass can say."""

    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    kind: PassKind = PassKind.RESIDENT
    birth: str | None = field(default=None, repr=False)  # YYYY or YYYYMMDD
    id_tail: str | None = field(default=None, repr=False)  # the end of an ID number, for the eye check
    guardian: str | None = field(default=None, repr=False)  # of a child, or of somebody who needs one

    def __post_init__(self) -> None:
        _check_text("name", self.name, _LONGEST_NAME)
        _check_text("dwelling", self.dwelling, _LONGEST_DWELLING)
        if self.guardian is not None:
            _check_text("guardian", self.guardian, _LONGEST_NAME)
        if self.birth is not None and not _BIRTH.fullmatch(self.birth):
            raise PassError("birth: must be a year or YYYYMMDD")
        if self.id_tail is not None and not _ID_TAIL.fullmatch(self.id_tail):
            raise PassError("id_tail: at most the last 4 characters of an ID number")


@dataclass(frozen=True, slots=True)
class GatePass:
    """One pass. It proves identity, never a health colour. Times are UTC, exact to the second."""

    id: bytes  # 8 random bytes: what a revocation names
    issuer: str  # the community, as its trust list names it
    holder: Holder
    issued_at: datetime
    valid_until: datetime  # its last second

    def __post_init__(self) -> None:
        _check_text("issuer", self.issuer, _LONGEST_NAME)
        if self.valid_until <= self.issued_at:
            raise PassError("valid_until: lies before the pass is issued")

    @property
    def number(self) -> str:
        """The id as it is printed and typed: 16 hexadecimal digits."""
        return self.id.hex()


def _check_text(name: str, text: str, longest: int) -> None:
    if not text.strip() or not text.isprintable() or len(text) > longest:
        raise PassError(f"{name}: must be 1 to {longest} printable characters")
