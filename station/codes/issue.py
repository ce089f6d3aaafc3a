"""Writing gate passes (出入证): `GP1:` + base45(COSE_Sign1(CWT)), which `gatepass` reads.

Signed by the CWT library `cwt`; imported only where passes are issued, so that a gate does not load it.
Not compressed: below 250 bytes that makes a pass longer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cwt import COSE, COSEKey

from station.codes import base45
from station.codes.gatepass import GATE, IDENTITY, PREFIX
from station.codes.keys import gate_key_id
from station.codes.signature import ES256
from station.core.passes import GatePass, Holder

_ALGORITHM, _KEY_ID = 1, 4  # header parameters, RFC 9052 section 3.1
_ISS, _EXP, _NBF, _IAT, _CTI = 1, 4, 5, 6, 7  # RFC 8392 section 4
_FULL_NAME, _BIRTH, _GUARDIAN = 4, 8, 15  # Claim 169 attributes
_KIND, _DWELLING, _ID_TAIL = 1, 2, 3  # in our private claim


def issue(gate_pass: GatePass, key: ec.EllipticCurvePrivateKey) -> str:
    """The code text of a pass, signed with ES256. `key` is its issuer's, on P-256."""
    headers = {_ALGORITHM: ES256, _KEY_ID: gate_key_id(key.public_key())}
    message = COSE.new().encode(cbor2.dumps(_claims(gate_pass)), _cose_key(key), protected=headers)
    return PREFIX + base45.encode(message)


def _cose_key(key: ec.EllipticCurvePrivateKey) -> Any:
    return COSEKey.from_pem(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _claims(gate_pass: GatePass) -> dict[int, object]:
    issued = _seconds(gate_pass.issued_at)
    return {
        _ISS: gate_pass.issuer,
        _EXP: _seconds(gate_pass.valid_until),
        _NBF: issued,
        _IAT: issued,
        _CTI: gate_pass.id,
        IDENTITY: _identity(gate_pass.holder),
        GATE: _gate(gate_pass.holder),
    }


def _identity(holder: Holder) -> dict[int, str]:
    return _present({_FULL_NAME: holder.name, _BIRTH: holder.birth, _GUARDIAN: holder.guardian})


def _gate(holder: Holder) -> dict[int, str]:
    return _present({_KIND: holder.kind.value, _DWELLING: holder.dwelling, _ID_TAIL: holder.id_tail})


def _present(fields: dict[int, str | None]) -> dict[int, str]:
    return {number: text for number, text in fields.items() if text is not None}


def _seconds(moment: datetime) -> int:
    """A NumericDate, RFC 8392 section 2."""
    return int(moment.timestamp())
