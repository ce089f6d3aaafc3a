"""COSE_Sign1 (RFC 9052 section 4.2): one payload, one signature. Knows nothing of what is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2

from station.codes import cbor
from station.codes.result import damaged
from station.codes.signer import Signed

_ALGORITHM, _KEY_ID = 1, 4  # header parameters, RFC 9052 section 3.1
_SIGN1_TAG, _CWT_TAG = 18, 61


@dataclass(frozen=True, slots=True)
class Sign1:
    """A parsed message, not yet verified."""

    signed: Signed
    payload: bytes = field(repr=False)


def parse(data: bytes) -> Sign1:
    """The COSE_Sign1 in `data`: untagged, tagged 18, or 61(18). Raises CodeError (damaged)."""
    item = cbor.load(data)
    for tag in (_CWT_TAG, _SIGN1_TAG):
        if isinstance(item, cbor2.CBORTag) and item.tag == tag:
            item = item.value
    match item:
        case (bytes(protected), Mapping() as unprotected, bytes(payload), bytes(signature)):
            return _sign1(protected, unprotected, payload, signature)
    raise damaged("not a signed COSE message")


def _sign1(protected: bytes, unprotected: Mapping[Any, Any], payload: bytes, signature: bytes) -> Sign1:
    # Either header may hold them, the signed one wins (HCERT specification 2.6.2).
    headers = {**unprotected, **cbor.load_map(protected)} if protected else unprotected
    content = cbor2.dumps(["Signature1", protected, b"", payload])  # Sig_structure, RFC 9052 section 4.4
    return Sign1(Signed(content, signature, headers.get(_ALGORITHM), headers.get(_KEY_ID)), payload)
