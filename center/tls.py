"""The center's own CA and the certificate of its server, for the names and addresses of this host.

Gates have clocks that are years wrong, so both begin in 1970 and the CA has no end (RFC 5280, 4.1.2.5). The
server's certificate is renewed before its own end or when the host has other names; gates pin the CA and
do not look at the time (X509_V_FLAG_NO_CHECK_TIME), so they never go dark by a date.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from center.folder import write_file
from station.journal.durable import is_there

FILE = "server.pem"  # key and certificate; can always be made again
LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=60)
_BEGIN = datetime(1970, 1, 2, tzinfo=UTC)
_NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA of one center."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def make_authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    name = _name(f"Kakou center {identifier.digest.hex()[:8]}")
    certificate = (
        _builder(name, name, key.public_key(), _NO_END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, SHA256())
    )
    return Authority(key, certificate)


def make_certificate(authority: Authority, names: Iterable[str], now: datetime) -> bytes:
    """A new server key and its certificate, PEM, for DNS names and IP addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    alternatives = x509.SubjectAlternativeName([_alternative(name) for name in sorted(set(names))])
    certificate = (
        _builder(_name("Kakou center"), issuer.subject, key.public_key(), now + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(alternatives, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_authority_identifier(issuer), critical=False)
        .sign(authority.key, SHA256())
    )
    private_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private_key + certificate.public_bytes(Encoding.PEM)


def ready_certificate(data: Path, authority: Authority, names: Iterable[str], now: datetime) -> bool:
    """See to it that DATA/server.pem is good for these names; True if it was made anew. Raises OSError."""
    path, wanted = data / FILE, set(names)
    if is_there(path) and _is_good(path.read_bytes(), authority, wanted, now):
        return False
    write_file(path, make_certificate(authority, wanted, now))
    return True


def certificate_end(data: Path) -> datetime | None:
    """Until when the server's certificate is good; None: there is none that can be read."""
    try:
        content = (data / FILE).read_bytes()
        return x509.load_pem_x509_certificate(content).not_valid_after_utc
    except (OSError, ValueError):
        return None


def server_context(data: Path) -> ssl.SSLContext:
    """What the server speaks TLS with. Loading the file into it again serves new connections anew."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(data / FILE)
    return context


def _is_good(content: bytes, authority: Authority, names: set[str], now: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(content)
        certificate.verify_directly_issued_by(authority.certificate)
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except Exception:  # noqa: BLE001 - whatever is wrong with a file that can be made again
        return False
    # str: the values are texts and addresses
    covered = {str(alternative.value) for alternative in extension.value}
    return names <= covered and now < certificate.not_valid_after_utc - RENEW_BEFORE


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, end: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key,
        serial_number=x509.random_serial_number(),
        not_valid_before=_BEGIN,
        not_valid_after=end,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _authority_identifier(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    key = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key.value)


def _usage(*, certificates: bool) -> x509.KeyUsage:
    """Signing certificates, or signing handshakes."""
    return x509.KeyUsage(
        digital_signature=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
