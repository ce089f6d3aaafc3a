"""CBOR Web Token claims (RFC 8392): issuer, dates, id, and whatever else was claimed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from station.codes import cbor
from station.codes.validity import Validity, moment

_ISS, _EXP, _NBF, _IAT, _CTI = 1, 4, 5, 6, 7  # RFC 8392 section 4


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a token. Nothing here is proved before its signature is."""

    issuer: str | None
    validity: Validity
    id: bytes | None
    all: Mapping[Any, Any] = field(repr=False)


def parse(payload: bytes) -> Claims:
    """The claims in a signed payload. Raises CodeError (damaged)."""
    claims = cbor.load_map(payload)
    issued, not_before = moment(claims.get(_IAT)), moment(claims.get(_NBF))
    starts = [start for start in (issued, not_before) if start is not None]
    issuer, token_id = claims.get(_ISS), claims.get(_CTI)
    return Claims(
        issuer=issuer if isinstance(issuer, str) else None,
        validity=Validity(max(starts, default=None), moment(claims.get(_EXP))),
        id=token_id if isinstance(token_id, bytes) else None,
        all=claims,
    )
