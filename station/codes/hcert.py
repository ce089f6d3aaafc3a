"""HC1: electronic health certificates of the EU DCC and of WHO's GDHCN.

`HC1:` + base45(zlib(COSE_Sign1(CWT))), the certificate in claim -260 (HCERT specification 1.1.1).
Answers whether it is authentic, current and signed by a key for its sort; whether three doses are
enough is for the acceptance rules, if there are any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from station.codes import base45, cose, cwt
from station.codes.inflate import inflate
from station.codes.result import Missing, Problem, proved, unproved
from station.codes.signature import ES256, PS256
from station.codes.signer import Signed, find_signer
from station.codes.trust import REVOCATION_PREFIXES, TrustedKey, TrustStore, Use
from station.core.model import CodeKind, CodeStatus, Credential

PREFIX = "HC1:"
_KIND = CodeKind.HCERT
_ALGORITHMS = (ES256, PS256)  # HCERT specification 2.6.1
_HCERT_CLAIM, _DCC = -260, 1
_OTHER_CONTENT = Problem(CodeStatus.CANNOT_CHECK, Missing.COVID_CERTIFICATE)


def read(text: str, trust: TrustStore, now: datetime) -> Credential:
    """What a text beginning with HC1: proves. Raises CodeError when it cannot be taken apart."""
    message = cose.parse(inflate(base45.decode(text.removeprefix(PREFIX))))
    claims = cwt.parse(message.payload)
    signer = find_signer(message.signed, trust, _KIND, _ALGORITHMS)
    if isinstance(signer, Problem):
        return unproved(_KIND, signer, issuer=claims.issuer)
    dcc = _dcc(claims.all)
    problem = _problem(message.signed, claims, dcc, signer, trust, now) if dcc else _OTHER_CONTENT
    return proved(
        _KIND,
        problem,
        issuer=claims.issuer or signer.issuer,
        subject=dcc.name if dcc else None,
        made_at=claims.validity.start,
        valid_until=claims.validity.end,
    )


def _problem(
    signed: Signed, claims: cwt.Claims, dcc: _Dcc, signer: TrustedKey, trust: TrustStore, now: datetime
) -> Problem | None:
    """What is wrong with a certificate whose signature is right, the gravest first."""
    return (
        _content_problem(dcc)
        or _use_problem(dcc, signer)
        or _revocation_problem(signed, claims.issuer, dcc, trust)
        or claims.validity.problem(now)
        or _rules_problem(dcc, claims.issuer, trust, now)
    )


@dataclass(frozen=True, slots=True)
class _Dcc:
    """The parts of a COVID certificate that matter here."""

    content: Mapping[Any, Any] = field(repr=False)
    name: str | None = field(repr=False)
    entries: tuple[tuple[Use, Mapping[Any, Any]], ...] = field(repr=False)

    @property
    def certificate_ids(self) -> list[str]:
        """Unique certificate identifiers (UCI, also called UVCI)."""
        return [entry["ci"] for _, entry in self.entries if isinstance(entry.get("ci"), str)]


def _dcc(claims: Mapping[Any, Any]) -> _Dcc | None:
    """The certificate in the claims, read as leniently as SpecialCaseHandling.md of the EU's
    dcc-quality-assurance asks: absent groups may be null, dates and names may have any form."""
    match claims.get(_HCERT_CLAIM):
        case Mapping() as hcert:
            content = hcert.get(_DCC)
            if isinstance(content, Mapping):
                return _Dcc(content, _name(content), _entries(content))
    return None


def _entries(content: Mapping[Any, Any]) -> tuple[tuple[Use, Mapping[Any, Any]], ...]:
    groups = ((use, content.get(use.value)) for use in Use)
    return tuple(
        (use, entry)
        for use, group in groups
        if isinstance(group, list | tuple)
        for entry in group
        if isinstance(entry, Mapping)
    )


def _name(content: Mapping[Any, Any]) -> str | None:
    """Given and family name, in the holder's own script where it is given."""
    match content.get("nam"):
        case Mapping() as name:
            parts = (name.get("gn") or name.get("gnt"), name.get("fn") or name.get("fnt"))
            return " ".join(part.strip() for part in parts if isinstance(part, str)).strip() or None
    return None


def _content_problem(dcc: _Dcc) -> Problem | None:
    if not dcc.entries:
        return Problem(CodeStatus.DAMAGED, "holds no certificate")
    if len(dcc.entries) > 1:  # "Verifiers shall reject such codes" (SpecialCaseHandling.md)
        # Not damaged: it was read whole, and to show it again, as a damaged one is asked to be, never helps.
        return Problem(CodeStatus.WRONG_USE, f"holds {len(dcc.entries)} certificates in one")
    return None


def _use_problem(dcc: _Dcc, signer: TrustedKey) -> Problem | None:
    """A key for tests signs no vaccinations. A key without any use of its own signs everything."""
    if not signer.uses or {use for use, _ in dcc.entries} <= signer.uses:
        return None
    return Problem(CodeStatus.WRONG_USE, "its issuer's key is not for this sort of certificate")


def _rules_problem(dcc: _Dcc, issuer: str | None, trust: TrustStore, now: datetime) -> Problem | None:
    problems = (rules.problem(dcc.content, issuer, now) for rules in trust.rules)
    return next((problem for problem in problems if problem), None)


def _revocation_problem(signed: Signed, issuer: str | None, dcc: _Dcc, trust: TrustStore) -> Problem | None:
    """Looked up by hash prefix in the three ways of the EU gateway: signature, UCI, country and UCI."""
    signature = signed.signature
    if signed.algorithm == ES256:
        signature = signature[: len(signature) // 2]  # r alone: s can be negated and still verifies
    named = [text.encode() for uci in dcc.certificate_ids for text in (uci, (issuer or "") + uci)]
    hashes = [sha256(value).digest() for value in (signature, *named)]
    handles = (whole[:size] for whole in hashes for size in REVOCATION_PREFIXES)
    if trust.revoked(_KIND, handles):
        return Problem(CodeStatus.REVOKED, "its issuer took it back")
    return None
