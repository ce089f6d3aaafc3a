"""Gate passes (出入证) of the center: a signing key for each branch, made of the center's own key."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from center.keys import CenterKeys
from center.store.center_passes import CenterPass
from center.store.directory import Known
from station.codes.issue import issue as sign
from station.codes.trustlists import gate_keys_text
from station.core.passes import GatePass, Holder, PassError, PassKind

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-5)
_ID_BYTES = 8
_LONGEST_ISSUER = 40


def signing_key(keys: CenterKeys, branch: str) -> ec.EllipticCurvePrivateKey:
    """Of a branch's passes. 48 bytes leave no bias (FIPS 186-5, A.2.1)."""
    info = b"kakou center passes 1 " + branch.encode()
    made = HKDF(SHA256(), length=48, salt=None, info=info).derive(keys.sealing.private_bytes_raw())
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1())


def trust_of(keys: CenterKeys, branch: str, issuer: str) -> tuple[str, str]:
    """Name and text of the list that gates need. A branch that is renamed keeps the old one beside it."""
    public = signing_key(keys, branch).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    mark = sha256(f"{branch}\0{issuer}".encode()).hexdigest()[:16]
    return f"gate-keys-center-{mark}.pem", gate_keys_text(issuer, [pem])


def issuer_name(branch: str, compound: str) -> str:
    """Who a pass says that it is from: the compound, or the smallest part of the branch."""
    return (compound or branch.rpartition("/")[2] or "社区中心")[:_LONGEST_ISSUER]


def issue(keys: CenterKeys, known: Known, issuer: str, until: datetime, now_ms: int, who: str) -> CenterPass:
    """A pass that says who this is and where they live. Raises PassError for what no pass can say."""
    holder = _holder(known)
    now = datetime.fromtimestamp(now_ms // 1000, UTC)
    made = GatePass(secrets.token_bytes(_ID_BYTES), issuer, holder, now, until)
    text = sign(made, signing_key(keys, known.branch))
    until_ms = int(until.timestamp() * 1000)
    return CenterPass(made.id, known.branch, known.id, now_ms, until_ms, None, who, text)


def _holder(known: Known) -> Holder:
    person = known.person
    try:
        kind = PassKind(person.category)
    except ValueError as error:
        raise PassError("kind: no pass for this category") from error
    birth = person.birth.replace("-", "")[:8] or None
    return Holder(person.name, person.dwelling, kind, birth)
