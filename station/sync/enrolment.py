"""How a station comes to its center: a one-time code that an admin reads out, and nothing else to configure.

The code holds a mark of the center's CA. Only what that CA vouches for is told the code's secret, so that
nobody between can enrol a gate of ours with a center of theirs.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

import httpx2
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from station.core.contact import Trouble
from station.sync.bundle import BundleError, Credential, Purpose, Signed, is_signed, unpack
from station.sync.client import Client, ContactError, pinned, unpinned
from station.sync.onetime import CodeError, ca_mark, read_code, read_link

_Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-fA-F]{64}$")]
USUAL_PORT = 8443  # of `center serve`
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")


class EnrolProblem(StrEnum):
    """Why it did not come about; each has its own words. Nothing has changed then, here or there."""

    BAD_ADDRESS = "bad_address"
    BAD_CODE = "bad_code"  # mistyped: the check character does not fit
    OTHER_CENTER = "other_center"  # whoever answers there is not the center that made the code
    CODE_WRONG = "code_wrong"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    TOO_MANY = "too_many"  # attempts; wait a minute
    REFUSED = "refused"  # for another reason, which the detail says
    NO_CONTACT = "no_contact"  # `trouble` says why


class EnrolError(Exception):
    def __init__(self, problem: EnrolProblem, detail: str = "", trouble: Trouble | None = None) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem, self.trouble = problem, trouble


@dataclass(frozen=True, slots=True)
class Applicant:
    """The station that wants to be enrolled. Keys are public: Ed25519 and X25519, 32 bytes each."""

    station: bytes
    public_key: bytes
    sealing_key: bytes
    fingerprint: str
    app: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the center gives, verified."""

    url: str
    ca_pem: str
    name: str
    credential: bytes  # pack(Signed(Credential))
    signing_key: bytes
    sealing_key: bytes
    district_key: bytes = field(repr=False)


class _Asked(msgspec.Struct):
    code: str
    station: str
    public_key: str
    sealing_key: str
    fingerprint: str
    app: str


class _Given(msgspec.Struct):
    name: str
    credential: str
    signing_key: _Hex32
    sealing_key: _Hex32
    district_key: _Hex32


MakeClient = Callable[[str, ssl.SSLContext], Client]


def client_to(url: str, tls: ssl.SSLContext) -> Client:
    """The usual one: nothing is signed yet."""
    return Client(url, tls, None)


def enrol(url: str, code: str, who: Applicant, connect: MakeClient = client_to) -> Welcome:
    """Ask the center at `url` (or of a link that holds address and code) to take this station.

    Raises EnrolError; then it can be tried again.
    """
    url, code = read_link(url) or read_link(code) or (url, code)
    url = center_url(url)
    try:
        mark = read_code(code).ca
    except CodeError as error:
        raise EnrolError(EnrolProblem.BAD_CODE, str(error)) from error
    try:
        ca_pem = _fetch_ca(url, mark, connect)
        return _welcome(url, ca_pem, _ask(url, ca_pem, code, who, connect), who)
    except ContactError as error:
        raise _in_our_words(error) from error


def center_url(text: str) -> str:
    """An address as people write it: a name alone means HTTPS at the usual port. Raises EnrolError."""
    text = text.strip()
    url = text.rstrip("/") if (whole := _SCHEME.match(text)) else f"https://{text.rstrip('/')}"
    try:
        parsed = httpx2.URL(url)
        if not whole and parsed.port is None:
            url = str(parsed.copy_with(port=USUAL_PORT)).rstrip("/")
    except httpx2.InvalidURL as error:
        raise EnrolError(EnrolProblem.BAD_ADDRESS, str(error)) from error
    if parsed.scheme != "https" or not parsed.host or parsed.query or " " in text:
        raise EnrolError(EnrolProblem.BAD_ADDRESS, "an address begins with https://")
    return url


def _fetch_ca(url: str, mark: bytes, connect: MakeClient) -> str:
    with connect(url, unpinned()) as client:
        body = client.get("/v1/ca").body
    try:
        certificate = x509.load_pem_x509_certificate(body)
    except ValueError as error:
        raise ContactError(Trouble.NOT_THE_CENTER, "no certificate where the CA should be") from error
    if ca_mark(certificate.public_bytes(Encoding.DER)) != mark:
        raise EnrolError(EnrolProblem.OTHER_CENTER, "the CA is not the one of the code")
    return certificate.public_bytes(Encoding.PEM).decode()


def _ask(url: str, ca_pem: str, code: str, who: Applicant, connect: MakeClient) -> _Given:
    asked = _Asked(
        code, who.station.hex(), who.public_key.hex(), who.sealing_key.hex(), who.fingerprint, who.app
    )
    with connect(url, pinned(ca_pem)) as client:
        answer = client.post("/v1/enrol", msgspec.json.encode(asked), kind="application/json")
    try:
        return msgspec.json.decode(answer.body, type=_Given)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ContactError(Trouble.NOT_THE_CENTER, str(error)) from error


def _welcome(url: str, ca_pem: str, given: _Given, who: Applicant) -> Welcome:
    """Raises ContactError unless the credential is this center's word about this station."""
    try:
        credential = bytes.fromhex(given.credential)
        signing_key = bytes.fromhex(given.signing_key)
        verify_credential(credential, signing_key, who.station, who.public_key)
    except ValueError as error:
        raise ContactError(Trouble.NOT_THE_CENTER, str(error)) from error
    return Welcome(
        url,
        ca_pem,
        given.name,
        credential,
        signing_key,
        bytes.fromhex(given.sealing_key),
        bytes.fromhex(given.district_key),
    )


def verify_credential(packed: bytes, signing_key: bytes, station: bytes, public_key: bytes) -> None:
    """Raises ValueError unless it is this center's word about this station and this key."""
    try:
        signed = unpack(packed, Signed)
        said = unpack(signed.payload, Credential)
    except BundleError as error:
        raise ValueError(f"credential: {error}") from error
    genuine = is_signed(signing_key, Purpose.CREDENTIAL, signed.payload, signed.signature)
    if not genuine or (said.station, said.public_key) != (station, public_key):
        raise ValueError("the credential is not of this center for this station")


def _in_our_words(error: ContactError) -> EnrolError:
    if error.slug in {"code_wrong", "code_used", "code_expired"}:
        return EnrolError(EnrolProblem(error.slug), str(error))
    if error.trouble is Trouble.BUSY:
        return EnrolError(EnrolProblem.TOO_MANY, str(error))
    if error.trouble in (Trouble.REVOKED, Trouble.UNKNOWN_HERE, Trouble.NOT_TAKEN):
        return EnrolError(EnrolProblem.REFUSED, str(error))
    if error.trouble is Trouble.OTHER_CERTIFICATE:  # its TLS is not of its own CA
        return EnrolError(EnrolProblem.OTHER_CENTER, str(error))
    return EnrolError(EnrolProblem.NO_CONTACT, str(error), error.trouble)
