"""SMART Health Cards: `shc:/` + digits, two for each character of a JWS (SMART Health Cards 1.4).

The JWS is signed with ES256; its payload is raw DEFLATE of JSON with a FHIR bundle.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from station.codes.inflate import RAW, inflate
from station.codes.parts import part_of
from station.codes.result import CodeError, Missing, Problem, damaged, proved, unproved
from station.codes.signature import ES256
from station.codes.signer import Signed, find_signer
from station.codes.trust import TrustStore, shc_handle
from station.codes.validity import Validity, moment
from station.core.model import CodeKind, CodeStatus, Credential

PREFIX = "shc:/"
_KIND = CodeKind.SHC
_NUMERIC = re.compile(r"shc:/(?:1/1/)?((?:[0-9]{2})+)")
_JWS = re.compile(r"([\w-]+)\.([\w-]+)\.([\w-]+)", re.ASCII)  # compact form, base64url unpadded
_FIRST_CHARACTER = ord("-")  # the smallest character of a JWS is written 00
_HEALTH_CARD = "https://smarthealth.cards#health-card"


def read(text: str, trust: TrustStore, now: datetime) -> Credential:
    """What a text beginning with shc:/ proves. Raises CodeError when it cannot be taken apart."""
    card = _parse(_jws(text))
    signer = find_signer(card.signed, trust, _KIND, (ES256,), card.issuer)
    if isinstance(signer, Problem):
        return unproved(_KIND, signer, issuer=card.issuer)
    problem = _content_problem(card) or _revocation_problem(card, trust) or card.validity.problem(now)
    return proved(
        _KIND,
        problem,
        issuer=card.issuer,
        subject=_name(card.credential),
        made_at=card.validity.start,
        valid_until=card.validity.end,
    )


@dataclass(frozen=True, slots=True)
class _Card:
    signed: Signed
    kid: str
    issuer: str
    validity: Validity
    credential: Mapping[str, Any] = field(repr=False)


def _jws(text: str) -> str:
    """The JWS behind the digits of a whole card; `parts` puts one together."""
    if part := part_of(text):
        reason = f"part {part.number} of a card cut into {part.total} codes"
        raise CodeError(Problem(CodeStatus.CANNOT_CHECK, reason))
    numeric = _NUMERIC.fullmatch(text)
    if not numeric:
        raise damaged("not the digits of a SMART Health Card")
    digits = numeric[1]
    pairs = (digits[start : start + 2] for start in range(0, len(digits), 2))
    return "".join(chr(_FIRST_CHARACTER + int(pair)) for pair in pairs)


def _parse(jws: str) -> _Card:
    parts = _JWS.fullmatch(jws)
    if not parts:
        raise damaged("not a compact JWS")
    header = _json_object(_base64url(parts[1]))
    match header:
        case {"alg": "ES256", "zip": "DEF", "kid": str(kid)}:
            content, signature = f"{parts[1]}.{parts[2]}".encode(), _base64url(parts[3])
            signed = Signed(content, signature, ES256, kid.encode())
            return _card(signed, kid, _json_object(inflate(_base64url(parts[2]), RAW)))
    raise damaged("a JWS header that is not a SMART Health Card's")


def _card(signed: Signed, kid: str, payload: Mapping[str, Any]) -> _Card:
    match payload:
        case {"iss": str(issuer), "nbf": start, "vc": dict(credential)}:
            validity = Validity(moment(start), moment(payload.get("exp")))
            return _Card(signed, kid, issuer, validity, credential)
    raise damaged("a JWS payload that is not a SMART Health Card's")


def _content_problem(card: _Card) -> Problem | None:
    types = card.credential.get("type")
    if isinstance(types, list) and _HEALTH_CARD in types:
        return None
    return Problem(CodeStatus.CANNOT_CHECK, Missing.HEALTH_CARD)


def _revocation_problem(card: _Card, trust: TrustStore) -> Problem | None:
    rid = card.credential.get("rid")
    if isinstance(rid, str) and trust.revoked(_KIND, [shc_handle(card.kid, rid)], card.validity.start):
        return Problem(CodeStatus.REVOKED, "its issuer took it back")
    return None


def _name(credential: Mapping[str, Any]) -> str | None:
    """The first name of the first patient (FHIR R4 HumanName)."""
    match credential:
        case {"credentialSubject": {"fhirBundle": {"entry": list(entries)}}}:
            names = (_patient_name(entry) for entry in entries)
            return next((name for name in names if name), None)
    return None


def _patient_name(entry: object) -> str | None:
    match entry:
        case {"resource": {"resourceType": "Patient", "name": [{"text": str(whole)}, *_]}}:
            return whole
        case {"resource": {"resourceType": "Patient", "name": [dict(name), *_]}}:
            given = name.get("given")
            parts = [*(given if isinstance(given, list) else []), name.get("family")]
            return " ".join(part for part in parts if isinstance(part, str))
    return None


def _json_object(data: bytes) -> Mapping[str, Any]:
    """Read with msgspec: unlike `json` it refuses a byte order mark, NaN and halves of characters."""
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise damaged("not a JSON object") from None


def _base64url(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise damaged("not base64url") from None
