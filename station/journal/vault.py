"""The station's keys, and the sealing of personal data with them. Knows no table.

The data keys (`keyring`) give the AES-256-GCM keys for personal data and the HMAC key for looking codes up;
`station.key` is the Ed25519 key that signs entries. The data keys lie in `data.key`, readable by its owner
only, or wrapped for each operator in `wrapped.key` (`wrapping`): then the folder alone opens nothing, and the
vault is locked until somebody has signed in.

A locked vault still seals: to the journal's public key (HPKE, RFC 9180), which only the data key opens. The
codes that are shown meanwhile get keys that mean nothing; their texts go along sealed, so that `open` can put
the true keys into their places later.
"""

from __future__ import annotations

import hmac
import secrets
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from station.journal import keyring, wrapped_file
from station.journal.durable import is_there, write_file
from station.journal.errors import KeyProblem, VaultError
from station.journal.keyring import KEY_BYTES, Keyring, RingError, derive
from station.journal.ram import recall
from station.journal.row_key import RowKey
from station.journal.wrapped_file import Wrapped

DATA_KEY_FILE = "data.key"
STATION_KEY_FILE = "station.key"
NEWER_KEY = b"\xc9kK"  # begins what a newer key sealed; its generation follows
BOX = b"\xc9kB"  # begins what a locked vault sealed
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_BOX_INFO = b"kakou box 1\0"
_NONCE_BYTES = (
    12  # NIST SP 800-38D section 5.2.1.1: 96 bits; random ones are safe for 2^32 seals under one key
)
_MOST_SHOWN = 5000  # codes that a locked vault remembers; a long night


class _Keys:
    """What an open vault works with."""

    def __init__(self, ring: Keyring) -> None:
        self.ring = ring
        self.ciphers = [AESGCM(derive(key, b"kakou personal data 1")) for key in ring.keys]
        self.boxes = [box_key(key) for key in ring.keys]
        self.lookup = derive(ring.root, b"kakou code lookup 1")


class Vault:
    """What the keys can do; the keys themselves are not to be had from it, but for `ring`."""

    def __init__(self, data_key: bytes | Keyring | None, station_key: bytes, wrapped: Wrapped | None = None):
        """Without a data key it is locked, and `wrapped` says to what it seals."""
        self._signer = Ed25519PrivateKey.from_private_bytes(station_key)
        self.public_key = self._signer.public_key().public_bytes_raw()
        self._wrapped, self._keys = wrapped, None if data_key is None else _Keys(_as_ring(data_key))
        self._run_key, self._shown = secrets.token_bytes(KEY_BYTES), dict[str, str]()
        self.apart, self.run = self._keys is None, ""  # see `begin_run`
        self.begin_run()
        self.rows = RowKey(station_key)
        if self._keys:
            self.data_key_id = self._keys.ring.id
        else:
            assert wrapped is not None  # somebody must say to whom a locked vault seals
            self.data_key_id = wrapped.data_key_id

    # --- its lock -------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Nobody has signed in: nothing opens, and nobody is looked up."""
        return self._keys is None

    def unlock(self, ring: Keyring) -> None:
        """Raises VaultError if these are not the keys of this journal."""
        if ring.id != self.data_key_id:
            raise VaultError(KeyProblem.WRONG, "the data key belongs to another journal")
        self._keys = _Keys(ring)

    def lock(self) -> None:
        """Forget the data keys. Only where they can be had again: `wrapped_file` holds them."""
        assert self._wrapped is not None
        self._keys, self.apart = None, True

    def begin_run(self) -> None:
        """What the lane notes from now on is told from what it noted before, as long as it is kept `apart`.

        A locked lane could not read what it had kept, so that it must not replace it: not until `settling`
        has joined both. By their names runs follow each other in time: where one word counts, it is the last.
        """
        self.run = f"{time.time_ns():016x}{secrets.token_hex(4)}"

    def follow(self, wrapped: Wrapped | None) -> None:
        """The file of wrapped keys is another one, or there is none any more."""
        self._wrapped = wrapped

    @property
    def wrapped(self) -> Wrapped | None:
        """The data keys as they lie wrapped; None: they lie there in a file of their own."""
        return self._wrapped

    @property
    def ring(self) -> Keyring:
        """For whoever wraps them. Raises VaultError if locked."""
        return self._open_keys().ring

    # --- sealing --------------------------------------------------------------------------------

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt; it opens only with the same context, so that it cannot be moved to another row."""
        keys = self._keys
        if keys is None:
            return self._boxed(plain, context)
        nonce, generation = secrets.token_bytes(_NONCE_BYTES), keys.ring.generation
        sealed = nonce + keys.ciphers[generation].encrypt(nonce, plain, context)
        return NEWER_KEY + bytes([generation]) + sealed if generation else sealed

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt what `seal` made with this context.

        Raises VaultError if it was changed or is not ours, or if the vault is locked.
        """
        keys = self._open_keys()
        try:
            if sealed.startswith((BOX, NEWER_KEY)) and len(sealed) > len(BOX):
                return self._opened_marked(keys, sealed, context)
            return _decrypted(keys.ciphers[0], sealed, context)
        except (InvalidTag, ValueError, msgspec.DecodeError) as error:  # ValueError: shorter than a nonce
            raise VaultError(KeyProblem.DAMAGED, "sealed data does not open with this key") from error

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it. Raises VaultError if locked."""
        generation = self._open_keys().ring.generation
        if generation == 0:
            return not sealed.startswith(BOX)
        return sealed.startswith(NEWER_KEY + bytes([generation]))

    def _opened_marked(self, keys: _Keys, sealed: bytes, context: bytes) -> bytes:
        """One nonce in 16 million begins like a mark: then the first key is tried."""
        generation, rest = sealed[len(BOX)], sealed[len(BOX) + 1 :]
        try:
            if generation > keys.ring.generation:
                raise InvalidTag
            if sealed.startswith(NEWER_KEY):
                return _decrypted(keys.ciphers[generation], rest, context)
            return self._unboxed(_SUITE.decrypt(rest, keys.boxes[generation], info=_BOX_INFO + context))
        except (InvalidTag, ValueError):
            return _decrypted(keys.ciphers[0], sealed, context)

    def _boxed(self, plain: bytes, context: bytes) -> bytes:
        assert self._wrapped is not None  # it was locked with it
        named = {key: text for key, text in self._shown.items() if key.encode() in plain}
        content = msgspec.msgpack.encode((plain, {key: _as_bytes(text) for key, text in named.items()}))
        to = X25519PublicKey.from_public_bytes(self._wrapped.box)
        mark = BOX + bytes([self._wrapped.generation])
        return mark + _SUITE.encrypt(content, to, info=_BOX_INFO + context)

    def _unboxed(self, content: bytes) -> bytes:
        plain, named = msgspec.msgpack.decode(content, type=tuple[bytes, dict[str, bytes]])
        for key, text in named.items():
            plain = plain.replace(key.encode(), self.code_key(_as_text(text)).encode())
        return plain

    # --- looking up -----------------------------------------------------------------------------

    def code_key(self, text: str) -> str:
        """The keyed hash (HMAC-SHA-256, hex) under which a code is known; the text itself is not stored.

        While locked, one that holds for this run only.
        """
        if self._keys:
            return self._keyed_hash(b"code", text)
        key = hmac.digest(self._run_key, _as_bytes(text), sha256).hex()
        self._shown[key] = text
        if len(self._shown) > _MOST_SHOWN:
            del self._shown[next(iter(self._shown))]
        return key

    def shown_while_locked(self, key: str) -> str | None:
        """The text of the code that had this key for this run only; None: it is no such key."""
        return self._shown.get(key)

    def person_key(self, name: str, dwelling: str) -> str:
        """An id for a person who is known by name and dwelling only; it tells neither."""
        return self._keyed_hash(b"person", f"{name}\0{dwelling}")[:32]

    def lookup_key(self, kind: str, text: str) -> str:
        """The keyed hash under which something else is looked up: an ID number, a phone, a dwelling.

        This one, and `person_key`, raise VaultError if locked.
        """
        return self._keyed_hash(kind.encode(), text)[:32]

    def sign(self, message: bytes) -> bytes:
        """The station's Ed25519 signature (RFC 8032), 64 bytes. Needs nobody to be signed in."""
        return self._signer.sign(message)

    def _keyed_hash(self, kind: bytes, text: str) -> str:
        return hmac.digest(self._open_keys().lookup, kind + b"\0" + _as_bytes(text), sha256).hex()

    def _open_keys(self) -> _Keys:
        keys = self._keys  # once: another thread may lock meanwhile
        if keys is None:
            raise VaultError(KeyProblem.LOCKED, "nobody has signed in")
        return keys


def open_vault(folder: Path, *, create: bool) -> Vault:
    """The keys in this folder; with `create`, new ones where there are none.

    Locked if the data key lies wrapped and no running gate of this PC has it open. Never pass `create` beside
    an existing journal: new keys would open none of its data. Raises VaultError.
    """
    data_file = folder / DATA_KEY_FILE
    wrapped = wrapped_file.read(folder)
    if is_there(data_file) or wrapped is None:
        ring = _in_clear(_file(data_file, create=create), wrapped)
        if ring and (wrapped is None or wrapped.generation <= ring.generation):
            return Vault(ring, _station_key(folder, create=create))
        # A crash while they were wrapped: newer rows may have been sealed already, so that counts.
    vault = Vault(None, _station_key(folder, create=False), wrapped)
    if not wrapped_file.is_signed(vault.wrapped, vault.public_key):
        raise VaultError(KeyProblem.DAMAGED, f"{wrapped_file.NAME} was changed")
    ring_in_memory = recall(folder)
    if ring_in_memory and ring_in_memory.id == vault.data_key_id:
        vault.unlock(ring_in_memory)
    return vault


def public_key_of(folder: Path) -> bytes | None:
    """Whose journal lies there; None: no gate's. Nothing is written. Raises VaultError."""
    try:
        key = _station_key(folder, create=False)
    except VaultError as error:
        if error.problem is KeyProblem.MISSING:
            return None
        raise
    except OSError:
        return None
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def box_key(data_key: bytes) -> X25519PrivateKey:
    """What opens that which was sealed while the vault was locked."""
    return X25519PrivateKey.from_private_bytes(derive(data_key, b"kakou box 1"))


def _as_ring(data_key: bytes | Keyring) -> Keyring:
    return data_key if isinstance(data_key, Keyring) else _ring(data_key)


def _in_clear(record: bytes, wrapped: Wrapped | None) -> Keyring | None:
    """The keys of the file; None: it was being taken away, and holds random bytes (`wrapping.finish`)."""
    try:
        return _ring(record)
    except VaultError:
        if wrapped is None:
            raise
        return None


def _ring(record: bytes) -> Keyring:
    try:
        return keyring.decode(record)
    except RingError as error:
        detail = f"{DATA_KEY_FILE} has {len(record)} bytes instead of {KEY_BYTES}"
        raise VaultError(KeyProblem.DAMAGED, detail) from error


def _station_key(folder: Path, *, create: bool) -> bytes:
    key = _file(folder / STATION_KEY_FILE, create=create)
    if len(key) != KEY_BYTES:
        detail = f"{STATION_KEY_FILE} has {len(key)} bytes instead of {KEY_BYTES}"
        raise VaultError(KeyProblem.DAMAGED, detail)
    return key


def _file(path: Path, *, create: bool) -> bytes:
    if not is_there(path):
        if not create:
            raise VaultError(KeyProblem.MISSING, f"{path.name} is missing beside its journal")
        write_file(path, secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def _decrypted(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)


def _as_bytes(text: str) -> bytes:
    # surrogatepass: a code's bytes may be no valid text, and must still get a key
    return text.encode("utf-8", "surrogatepass")


def _as_text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")
