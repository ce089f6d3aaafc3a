"""One-time codes for gates, and the credentials that they get for them."""

from __future__ import annotations

import secrets
from datetime import timedelta

from center.keys import CenterKeys
from center.store import SqlStore
from station.sync import bundle
from station.sync.onetime import HALF, OneTimeCode, write_code

CODE_LIFE = timedelta(minutes=10)
CREDENTIAL_LIFE = timedelta(days=90)
RENEW_BEFORE = timedelta(days=30)


def make_code(store: SqlStore, keys: CenterKeys, *, name: str, gate: str, branch: str, now_ms: int) -> str:
    """A one-time code for a gate, as it is read aloud. Raises StoreError."""
    secret = secrets.token_bytes(HALF)
    expires_ms = now_ms + _milliseconds(CODE_LIFE)
    store.stations.add_enrol_code(secret, name=name, gate=gate, branch=branch, expires_ms=expires_ms)
    return write_code(OneTimeCode(secret, keys.ca_mark))


def sign_credential(keys: CenterKeys, station: bytes, public_key: bytes, name: str, now_ms: int) -> bytes:
    """Our word that this key is this station's, packed."""
    until_ms = now_ms + _milliseconds(CREDENTIAL_LIFE)
    credential = bundle.Credential(1, station, public_key, name[:200], now_ms, until_ms)
    return bundle.pack(keys.signed(bundle.Purpose.CREDENTIAL, credential))


def read_credential(public_key: bytes, packed: bytes) -> bundle.Credential | None:
    """The credential that the center with this key gave; None: it never did. It may be out of date."""
    try:
        signed = bundle.unpack(packed, bundle.Signed)
        if not bundle.is_signed(public_key, bundle.Purpose.CREDENTIAL, signed.payload, signed.signature):
            return None
        return bundle.unpack(signed.payload, bundle.Credential)
    except bundle.BundleError:
        return None


def is_due(credential: bundle.Credential, now_ms: int) -> bool:
    """Whether it is time for a newer one."""
    return now_ms > credential.until_ms - _milliseconds(RENEW_BEFORE)


def _milliseconds(life: timedelta) -> int:
    return int(life.total_seconds() * 1000)
