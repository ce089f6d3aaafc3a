"""Gate passes (出入证): `GP1:` + base45(COSE_Sign1(CWT)), issued by a station or the center.

Registered claim 169 names the person (MOSIP Claim 169); the private claim -70001, from the range that
RFC 8392 section 9.1 leaves to private use, says what lets them through this gate. A pass proves
identity, never a health colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from station.codes import base45, cose, cwt
from station.codes.inflate import inflate
from station.codes.result import Problem, proved, unproved
from station.codes.signature import EDDSA, ES256
from station.codes.signer import find_signer
from station.codes.trust import TrustStore
from station.core.model import CodeKind, CodeStatus, Credential

PREFIX = "GP1:"
IDENTITY, GATE = 169, -70001
_KIND = CodeKind.GATE_PASS
_ALGORITHMS = (ES256, EDDSA)
_FULL_NAME = 4  # Claim 169 attribute
# Inside the private claim: 1 kind, 2 dwelling, 3 end of the ID number, 4 gates, 5 limits, 6 test voucher.
_ZLIB_HEADER = 0x78  # a COSE message begins with 0x84, 0xD2 or 0xD8


def read(text: str, trust: TrustStore, now: datetime) -> Credential:
    """What a text beginning with GP1: proves. Raises CodeError when it cannot be taken apart."""
    message = cose.parse(_unpacked(base45.decode(text.removeprefix(PREFIX))))
    claims = cwt.parse(message.payload)
    signer = find_signer(message.signed, trust, _KIND, _ALGORITHMS, claims.issuer or "")
    if isinstance(signer, Problem):
        return unproved(_KIND, signer, issuer=claims.issuer)
    problem = _content_problem(claims) or _revocation_problem(claims, trust) or claims.validity.problem(now)
    credential = proved(
        _KIND,
        problem,
        issuer=signer.issuer,
        subject=_name(claims),
        made_at=claims.validity.start,
        valid_until=claims.validity.end,
    )
    pass_id = claims.id.hex() if claims.id else None
    return replace(credential, pass_id=pass_id, dwelling=_dwelling(claims), gates=_gates(claims))


def _unpacked(data: bytes) -> bytes:
    """Issuers may compress; below 250 bytes that makes a pass longer."""
    return inflate(data) if data[:1] == bytes([_ZLIB_HEADER]) else data


def _name(claims: cwt.Claims) -> str | None:
    match claims.all.get(IDENTITY):
        case Mapping() as identity:
            name = identity.get(_FULL_NAME)
            return name if isinstance(name, str) else None
    return None


def _dwelling(claims: cwt.Claims) -> str | None:
    match claims.all.get(GATE):
        case {2: str(dwelling)}:
            return dwelling
    return None


def _gates(claims: cwt.Claims) -> tuple[str, ...]:
    """The gates that a pass opens, of whatever type its issuer made their names."""
    match claims.all.get(GATE):
        case {4: [*gates]}:
            return tuple(map(str, gates))
    return ()


def _content_problem(claims: cwt.Claims) -> Problem | None:
    """Without an end or an id a pass could never be taken back; without the rest it names nobody."""
    complete = claims.id and claims.validity.end and _name(claims)
    if complete and isinstance(claims.all.get(GATE), Mapping):
        return None
    return Problem(CodeStatus.DAMAGED, "signed, but not a complete gate pass")


def _revocation_problem(claims: cwt.Claims, trust: TrustStore) -> Problem | None:
    if claims.id and trust.revoked(_KIND, [claims.id]):
        return Problem(CodeStatus.REVOKED, "this pass was taken back")
    return None
