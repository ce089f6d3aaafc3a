"""An issuer of codes for the tests: keys, certificates and signed texts of all three formats."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from station.codes import keys, trustlists
from station.codes.rules import RuleSet, parse_rules
from station.codes.signature import EDDSA, ES256, PS256
from station.codes.trust import TrustList, TrustStore

NOW = datetime(2022, 3, 1, 7, 30, tzinfo=UTC)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def base45(data: bytes) -> str:
    """RFC 9285 encoding, for writing codes; the program only reads them."""
    text = []
    for start in range(0, len(data), 2):
        number, length = int.from_bytes(data[start : start + 2], "big"), len(data[start : start + 2]) + 1
        text += [ALPHABET[number // 45**place % 45] for place in range(length)]
    return "".join(text)


def new_key(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve or ec.SECP256R1())


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def signature(key: PrivateKey, content: bytes) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(content)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PSS(padding.MGF1(SHA256()), SHA256().digest_size), SHA256())
    r, s = decode_dss_signature(key.sign(content, ec.ECDSA(SHA256())))
    size = (key.curve.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def cose(key: PrivateKey, payload: bytes, protected: Mapping[int, Any]) -> bytes:
    headers = cbor2.dumps(dict(protected))
    content = cbor2.dumps(["Signature1", headers, b"", payload])
    return cbor2.dumps(cbor2.CBORTag(18, [headers, {}, payload, signature(key, content)]))


# --- HC1 ----------------------------------------------------------------------------------------

VACCINATION = {"ci": "URN:UVCI:01:XX:1#A", "co": "XX", "dn": 2, "sd": 2, "dt": "2021-06-01"}
DCC = {"ver": "1.3.0", "nam": {"gn": "Ana", "fn": "Ito"}, "dob": "1950-01-01", "v": [VACCINATION]}


def certificate(key: PrivateKey, *uses: str) -> bytes:
    """A document signer's certificate (DER) with these extended key usages."""
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "XX")])
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=900))
        .not_valid_after(NOW - timedelta(days=500))  # lapsed, as most listed certificates are
    )
    if uses:
        oids = [x509.ObjectIdentifier(use) for use in uses]
        builder = builder.add_extension(x509.ExtendedKeyUsage(oids), critical=False)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else SHA256()
    return builder.sign(key, algorithm).public_bytes(Encoding.DER)


def hcert_claims(dcc: Any = DCC, **changes: Any) -> dict[Any, Any]:
    claims = {1: "XX", 4: seconds(NOW + timedelta(days=1)), 6: seconds(NOW - timedelta(days=1))}
    return {**claims, -260: {1: dcc}, **{int(claim.strip("_")): value for claim, value in changes.items()}}


def hcert(key: PrivateKey, der: bytes, claims: Mapping[Any, Any], *, algorithm: int = ES256) -> str:
    message = cose(key, cbor2.dumps(dict(claims)), {1: algorithm, 4: sha256(der).digest()[:8]})
    return "HC1:" + base45(zlib.compress(message))


def hcert_list(*certificates: bytes) -> TrustList:
    return trustlists.parse_certificates(
        "\n".join(b64encode(der).decode() for der in certificates), as_of=NOW
    )


TWO_DOSES = {">=": [{"var": "payload.v.0.dn"}, 2]}


def rule(logic: object = TWO_DOSES, **changes: Any) -> dict[str, Any]:
    """An acceptance rule as it is published."""
    return {
        "Identifier": "VR-XX-0001",
        "Type": "Acceptance",
        "Country": "XX",
        "Version": "1.0.0",
        "Engine": "CERTLOGIC",
        "CertificateType": "Vaccination",
        "Description": [
            {"lang": "de", "desc": "Zwei Dosen."},
            {"lang": "en", "desc": "Two doses are needed."},
        ],
        "ValidFrom": "2021-07-05T00:00:00Z",
        "ValidTo": "2030-06-01T00:00:00Z",
        "Logic": logic,
        **changes,
    }


def rules(*published: dict[str, Any], **value_sets: list[str]) -> RuleSet:
    return parse_rules(json.dumps({"rules": published, "valueSets": value_sets}), as_of=NOW)


# --- SMART Health Cards -------------------------------------------------------------------------

SHC_ISSUER = "https://health.example/issuer"


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def jwk(key: ec.EllipticCurvePrivateKey, kid: str, crv: str = "P-256") -> dict[str, str]:
    numbers, size = key.public_key().public_numbers(), (key.curve.key_size + 7) // 8
    x, y = (base64url(number.to_bytes(size, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": crv, "kid": kid, "x": x, "y": y}


def shc_list(key: ec.EllipticCurvePrivateKey, kid: str, issuer: str = SHC_ISSUER) -> TrustList:
    return trustlists.parse_jwks(json.dumps({"keys": [jwk(key, kid)]}), issuer=issuer, as_of=NOW)


def shc_payload(**changes: Any) -> dict[str, Any]:
    patient = {"resourceType": "Patient", "name": [{"family": "Ito", "given": ["Ana", "B."]}]}
    credential = {
        "type": ["https://smarthealth.cards#health-card"],
        "rid": "card7",
        "credentialSubject": {"fhirBundle": {"entry": [{"resource": patient}]}},
    }
    return {"iss": SHC_ISSUER, "nbf": seconds(NOW) - 60.5, "vc": credential, **changes}


def shc_digits(jws: str) -> str:
    return "shc:/" + "".join(f"{ord(character) - 45:02d}" for character in jws)


def shc(key: ec.EllipticCurvePrivateKey, payload: bytes, **header: Any) -> str:
    compressor = zlib.compressobj(wbits=-15)
    body = compressor.compress(payload) + compressor.flush()
    head = json.dumps({"alg": "ES256", "zip": "DEF", **header}).encode()
    content = f"{base64url(head)}.{base64url(body)}"
    return shc_digits(f"{content}.{base64url(signature(key, content.encode()))}")


# --- gate passes --------------------------------------------------------------------------------

COMMUNITY = "330106-WSXQ"
PASS_ID = b"\x01\x02\x03\x04\x05\x06\x07\x08"


def gate_list(*private: PrivateKey, issuer: str = COMMUNITY) -> TrustList:
    pems = [key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) for key in private]
    return trustlists.parse_gate_keys(b"".join(pems).decode(), issuer=issuer, as_of=NOW)


def gate_claims(**changes: Any) -> dict[int, Any]:
    claims: dict[int, Any] = {
        1: COMMUNITY,
        4: seconds(NOW + timedelta(days=180)),
        5: seconds(NOW - timedelta(days=1)),
        7: PASS_ID,
        169: {4: "张小强", 8: "1950", 15: "张三"},
        -70001: {1: "resident", 2: "3-2-501", 4: ["east"]},
    }
    claims |= {int(claim.strip("_").replace("minus", "-")): value for claim, value in changes.items()}
    return {claim: value for claim, value in claims.items() if value is not None}


def gate_pass(key: PrivateKey, claims: Mapping[int, Any], *, compressed: bool = False) -> str:
    algorithms = {ed25519.Ed25519PrivateKey: EDDSA, rsa.RSAPrivateKey: PS256}
    algorithm = next((number for kind, number in algorithms.items() if isinstance(key, kind)), ES256)
    kid = keys.gate_key_id(key.public_key())
    message = cose(key, cbor2.dumps(dict(claims)), {1: algorithm, 4: kid})
    return "GP1:" + base45(zlib.compress(message) if compressed else message)


def trusting(*lists: TrustList) -> TrustStore:
    return TrustStore(lists)
