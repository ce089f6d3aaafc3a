"""MOSIP Claim 169 identity codes, which carry no prefix: base45(zlib(COSE(CWT))).

Recognised by opening them and never verified: the format leaves trust lists out of its scope.
"""

from __future__ import annotations

from station.codes import base45, cose, cwt
from station.codes.gatepass import IDENTITY
from station.codes.inflate import inflate
from station.codes.result import CodeError, Missing, Problem, unproved
from station.core.model import CodeKind, CodeStatus, Credential

_ENCRYPT0 = b"\xd0\x83"  # tag 16 around an array of three, RFC 9052 section 5.2


def recognise(text: str) -> Credential | None:
    """An identity code, encrypted or not, or None."""
    try:
        content = inflate(base45.decode(text))
        if not content.startswith(_ENCRYPT0) and IDENTITY not in cwt.parse(cose.parse(content).payload).all:
            return None
    except CodeError:
        return None  # any text may come here; that this is not such a code is an answer, not an error
    problem = Problem(CodeStatus.CANNOT_CHECK, Missing.IDENTITY_TRUST)
    return unproved(CodeKind.OTHER_HEALTH, problem, region="claim-169")
