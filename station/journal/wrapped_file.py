"""`wrapped.key`: the data keys, once for each operator and once for the recovery key. Knows no PIN, no table.

Whoever may open them has a key pair (X25519) that only their PIN or paper gives; its public half lies here,
so that a new data key can be wrapped for everybody without anybody's PIN (HPKE, RFC 9180). The file is
replaced as a whole, and signed by the station: a flipped bit is noticed, not a thief, who has the station's
key too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from station.journal import keyring
from station.journal.durable import is_there, write_file
from station.journal.errors import KeyProblem, VaultError
from station.journal.keyring import Keyring, RingError

NAME = "wrapped.key"
RECOVERY = "recovery"  # the holder of the paper
_PURPOSE = b"kakou wrapped keys 1\0"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Slot(msgspec.Struct, frozen=True, array_like=True):
    """The data keys for one holder: an operator's number, or `RECOVERY`."""

    holder: str
    public_key: bytes
    sealed: bytes

    def __repr__(self) -> str:
        return f"Slot({self.holder!r})"


class Wrapped(msgspec.Struct, frozen=True, array_like=True):
    """The whole file. Fields only ever append."""

    v: int
    data_key_id: bytes
    generation: int  # the newest data key
    box: bytes  # the public half of what a locked vault seals to
    slots: tuple[Slot, ...]
    signature: bytes = b""

    def __repr__(self) -> str:
        return f"Wrapped({self.generation}, {self.slots!r})"

    @property
    def holders(self) -> frozenset[str]:
        return frozenset(slot.holder for slot in self.slots)


def read(folder: Path) -> Wrapped | None:
    """None: there is no such file. Raises VaultError if it is none of these."""
    path = folder / NAME
    if not is_there(path):
        return None
    try:
        wrapped = msgspec.msgpack.decode(path.read_bytes(), type=Wrapped)
    except msgspec.DecodeError as error:
        raise VaultError(KeyProblem.DAMAGED, f"{NAME} is damaged") from error
    if wrapped.v != 1:
        raise VaultError(KeyProblem.DAMAGED, f"{NAME} is of version {wrapped.v}")
    return wrapped


def write(folder: Path, wrapped: Wrapped) -> None:
    """The whole file or, after a crash, the former one."""
    write_file(folder / NAME, msgspec.msgpack.encode(wrapped))


def to_sign(wrapped: Wrapped) -> bytes:
    return _PURPOSE + msgspec.msgpack.encode(msgspec.structs.replace(wrapped, signature=b""))


def is_signed(wrapped: Wrapped | None, public_key: bytes) -> bool:
    try:
        if wrapped:
            key = Ed25519PublicKey.from_public_bytes(public_key)
            key.verify(wrapped.signature, to_sign(wrapped))
    except InvalidSignature:
        return False
    return wrapped is not None


def slot(ring: Keyring, holder: str, public_key: bytes) -> Slot:
    """The keys for a holder."""
    to = X25519PublicKey.from_public_bytes(public_key)
    return Slot(holder, public_key, _SUITE.encrypt(ring.encode(), to, info=_info(ring.id, holder)))


def opened(wrapped: Wrapped, holder: str, private_key: bytes) -> Keyring | None:
    """The keys, if this holder's pair opens a slot; None: there is none for it."""
    pair = X25519PrivateKey.from_private_bytes(private_key)
    public = pair.public_key().public_bytes_raw()
    for one in _slots_of(wrapped, holder):
        if one.public_key == public:
            try:
                sealed = _SUITE.decrypt(one.sealed, pair, info=_info(wrapped.data_key_id, holder))
                return keyring.decode(sealed)
            except (InvalidTag, RingError) as error:
                raise VaultError(KeyProblem.DAMAGED, f"{NAME} was changed") from error
    return None


def public_of(private_key: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def _slots_of(wrapped: Wrapped, holder: str) -> Iterable[Slot]:
    return (one for one in wrapped.slots if one.holder == holder)


def _info(data_key_id: bytes, holder: str) -> bytes:
    return b"kakou slot 1\0" + data_key_id + holder.encode()
