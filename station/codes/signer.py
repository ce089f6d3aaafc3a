"""Who signed: finding the trusted key behind a signature, or saying honestly why there is none.

An issuer that we do not know is not a forger: `unknown_issuer`, `cannot_check` and `bad_signature`
are three different answers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from station.codes.result import Missing, Problem
from station.codes.signature import verifies
from station.codes.trust import TrustedKey, TrustStore
from station.core.model import CodeKind, CodeStatus


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed and how. Algorithm (its COSE number) and key id are as the code gives them."""

    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    algorithm: object
    kid: object


def find_signer(
    signed: Signed,
    trust: TrustStore,
    kind: CodeKind,
    algorithms: Collection[int],
    issuer: str | None = None,
) -> TrustedKey | Problem:
    """The key that made the signature. Tries every key with this id; key ids do collide.

    With `issuer`, only that issuer's keys count, so that one issuer cannot sign in another's name.
    """
    if not trust.covers(kind):
        return Problem(CodeStatus.CANNOT_CHECK, Missing.TRUST_LIST)
    keys = trust.keys(kind, signed.kid) if isinstance(signed.kid, bytes) else ()
    keys = tuple(key for key in keys if issuer is None or key.issuer == issuer)
    if not keys:
        return Problem(CodeStatus.UNKNOWN_ISSUER, "its issuer's key is not in the trust list")
    algorithm = signed.algorithm
    if not isinstance(algorithm, int) or algorithm not in algorithms:
        return Problem(CodeStatus.CANNOT_CHECK, Missing.ALGORITHM)
    for key in keys:
        if verifies(algorithm, key.public, signed.signature, signed.content):
            return key
    return Problem(CodeStatus.BAD_SIGNATURE, "the signature is not its issuer's")
