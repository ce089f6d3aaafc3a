"""The published forms of trust and revocation lists, as text, made into the values of `trust`.

Reading files and checking who published them belong to the edge. One key that this program cannot
use costs that key only, and is named in `TrustList.unreadable`; a list without any usable key, or
without a date where its form has one, is refused with TrustError.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from station.codes import keys
from station.codes.keys import UnusableKeyError
from station.codes.trust import (
    REVOCATION_PREFIXES,
    RevocationList,
    TrustedKey,
    TrustList,
    by_kid,
    shc_handle,
)
from station.core.model import CodeKind

_PEM = re.compile(r"-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z ]+-----")
ISSUER = "Issuer of gate passes"
_ISSUER_LINE = re.compile(rf"^{ISSUER}: (\S.*)$", re.MULTILINE)


class TrustError(ValueError):
    """A list that cannot be used, and why."""


def parse_did_document(text: str) -> TrustList:
    """The WHO GDHCN trust list: a DID document with JWK and x5c (smart.who.int/trust, trust list v2).

    Takes the document signers of the COVID certificate domain. The national authorities (CSCA) in the
    same document sign certificates, never codes. That a signer is on the newest list is its validity:
    most published certificates have lapsed.
    """
    document = _json(text)
    try:
        as_of = _utc(document["proof"]["created"])
        signers = [method for method in document["verificationMethod"] if _is_document_signer(method)]
    except (KeyError, TypeError, ValueError) as error:
        raise TrustError("not a dated GDHCN trust list") from error
    return _trust_list(CodeKind.HCERT, as_of, signers, _from_did_method)


def parse_certificates(text: str, *, as_of: datetime) -> TrustList:
    """HC1 document signers as certificates: PEM blocks, or base64 of the DER form, one a line."""
    blocks = [block.group(1) for block in _PEM.finditer(text)]
    return _trust_list(CodeKind.HCERT, as_of, blocks or text.split(), _from_certificate)


def parse_jwks(text: str, *, issuer: str, as_of: datetime) -> TrustList:
    """SMART Health Card keys: the JWK set published at `<issuer>/.well-known/jwks.json`."""
    try:
        jwks = list(_json(text)["keys"])
    except (KeyError, TypeError) as error:
        raise TrustError("not a JWK set") from error
    return _trust_list(CodeKind.SHC, as_of, jwks, lambda jwk: _from_shc_jwk(jwk, issuer))


def parse_shc_directory(text: str) -> TrustList:
    """SMART Health Card keys of many issuers: a snapshot of the VCI directory
    (the-commons-project/vci-directory, `vci_snapshot.json`), dated by the day it was taken.

    It holds their card revocation lists as well (README of its vci-directory-auditor, "crls").
    """
    try:
        document = _json(text)
        as_of = _utc(document["time"])
        jwks = [(jwk, info["issuer"]["iss"]) for info in document["issuerInfo"] for jwk in info["keys"]]
        crls = [crl for info in document["issuerInfo"] for crl in info.get("crls") or ()]
        revoked = _widest(pair for crl in crls for pair in _shc_revoked(crl))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise TrustError("not a dated directory of SMART Health Card issuers") from error
    listed = _trust_list(CodeKind.SHC, as_of, jwks, lambda item: _from_shc_jwk(*item))
    return replace(listed, revoked=revoked)


def parse_gate_keys(text: str, *, issuer: str, as_of: datetime) -> TrustList:
    """Public keys of an issuer of gate passes, as PEM blocks."""
    blocks = [block.group() for block in _PEM.finditer(text)]
    return _trust_list(CodeKind.GATE_PASS, as_of, blocks, lambda pem: _from_gate_pem(pem, issuer))


def gate_issuer(text: str) -> str | None:
    """Whose gate keys these are, by the line before them (explanatory text, RFC 7468 section 5.2)."""
    named = _ISSUER_LINE.search(text)
    return named[1].strip() if named else None


def gate_keys_text(issuer: str, pems: Iterable[str]) -> str:
    """Public keys as `parse_gate_keys` and `gate_issuer` read them."""
    return f"{ISSUER}: {' '.join(issuer.split())}\n" + "".join(pems)


def parse_gate_revocations(text: str) -> RevocationList:
    """The passes that one station took back, dated: what `gate_revocations_text` writes."""
    try:
        document = _json(text)
        as_of, ids = (
            _utc(document["asOf"]),
            [bytes.fromhex(one) for one in _listed(document, "revokedPasses")],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TrustError("not a dated list of gate passes taken back") from error
    return RevocationList(CodeKind.GATE_PASS, as_of, dict.fromkeys(ids))


def gate_revocations_text(station: str, revoked: Iterable[bytes], as_of: datetime) -> str:
    """`station` tells lists of several stations apart; `as_of` is UTC."""
    ids = sorted(pass_id.hex() for pass_id in revoked)
    return json.dumps({"station": station, "asOf": as_of.isoformat(), "revokedPasses": ids}, indent=1)


def parse_dcc_revocations(text: str, *, as_of: datetime) -> RevocationList:
    """One batch of the EU gateway: `{"hashType": …, "entries": [{"hash": base64}]}`; prefixes will do."""
    try:
        hashes = [b64decode(entry["hash"], validate=True) for entry in _listed(_json(text), "entries")]
    except (KeyError, TypeError, ValueError) as error:
        raise TrustError("not a revocation batch of the EU gateway") from error
    if any(len(revoked) not in REVOCATION_PREFIXES for revoked in hashes):
        raise TrustError("hashes of a length that is not looked up")
    return RevocationList(CodeKind.HCERT, as_of, dict.fromkeys(hashes))


def parse_shc_revocations(text: str, *, as_of: datetime) -> RevocationList:
    """A card revocation list (SMART Health Cards, "Revocation"): `rid`, or `rid.seconds` for older cards."""
    try:
        handles = _widest(_shc_revoked(_json(text)))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise TrustError("not a card revocation list") from error
    return RevocationList(CodeKind.SHC, as_of, handles)


def _shc_revoked(crl: Any) -> list[tuple[bytes, datetime | None]]:
    """Raises KeyError, TypeError, ValueError, OverflowError."""
    kid, rids = str(crl["kid"]), [str(rid).partition(".") for rid in _listed(crl, "rids")]
    return [(shc_handle(kid, rid), _issued_before(seconds)) for rid, _, seconds in rids]


def _widest(revoked: Iterable[tuple[bytes, datetime | None]]) -> dict[bytes, datetime | None]:
    """A card is taken back if any entry says so (SMART Health Cards, "Revocation"): of several with one id
    the one without a date counts, else the latest."""
    handles = dict[bytes, datetime | None]()
    for handle, before in revoked:
        known = handles.get(handle, before)
        handles[handle] = max(known, before) if known and before else None
    return handles


def _listed(document: Mapping[str, Any], field: str) -> list[Any]:
    """Text would pass for a list of its letters. Raises KeyError, TypeError."""
    if not isinstance(document[field], list):
        raise TypeError(field)
    return list(document[field])


def _issued_before(seconds: str) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # 0001-01-01T00:00:00+08:00 is how some programs write "no date"
        raise ValueError("a time before the year 1 or after 9999") from error


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise TrustError("not JSON") from error


def _trust_list(
    kind: CodeKind, as_of: datetime, items: Iterable[Any], read: Callable[[Any], TrustedKey]
) -> TrustList:
    usable, unreadable = [], []
    for number, item in enumerate(items, start=1):
        try:
            usable.append(read(item))
        except UnusableKeyError as error:
            unreadable.append(f"key {number}: {error}")
    if not usable:
        raise TrustError("no usable key in this list")
    return TrustList(kind, as_of, by_kid(usable), tuple(unreadable))


def _is_document_signer(method: Mapping[str, Any]) -> bool:
    return bool(method["domain"]["code"] == "#DCC" and method["keyusage"]["code"] == "#DSC")


def _from_did_method(method: Mapping[str, Any]) -> TrustedKey:
    try:
        jwk, participant = method["publicKeyJwk"], method["participant"]["code"].removeprefix("#")
        kid, chain = b64decode(jwk["kid"], validate=True), jwk.get("x5c")
        if not chain:
            return TrustedKey(kid, participant, keys.from_jwk(jwk))
        certificate = keys.from_certificate(b64decode(chain[0]))
    except UnusableKeyError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnusableKeyError("an incomplete key") from error
    return TrustedKey(kid, participant, certificate.public, certificate.uses)


def _from_certificate(text: str) -> TrustedKey:
    try:
        der = b64decode(text)
    except ValueError as error:
        raise UnusableKeyError("not base64") from error
    certificate = keys.from_certificate(der)
    return TrustedKey(certificate.kid, certificate.country or "", certificate.public, certificate.uses)


def _from_shc_jwk(jwk: Mapping[str, Any], issuer: str) -> TrustedKey:
    """Only P-256 keys sign health cards (SMART Health Cards, "Generating cryptographic keys")."""
    public, kid = keys.from_jwk(jwk), jwk.get("kid")
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise UnusableKeyError("not a P-256 key")
    if not isinstance(kid, str):
        raise UnusableKeyError("a key without an id")
    return TrustedKey(kid.encode(), issuer, public)


def _from_gate_pem(pem: str, issuer: str) -> TrustedKey:
    public = keys.from_pem(pem)
    return TrustedKey(keys.gate_key_id(public), issuer, public)
