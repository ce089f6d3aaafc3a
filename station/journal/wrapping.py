"""Who may open the data keys of a folder: turning that on and off, letting in, shutting out, a new data key.

The file (`wrapped_file`) is written before a row that lets somebody in, and again after one that shuts
somebody out, so that no crash leaves an operator whom the journal lets in without the keys. What a crash
leaves too much is taken out at the next sign-in.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from station.journal import wrapped_file
from station.journal.durable import is_there, sync_folder, write_file
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.keyring import KEY_BYTES, Keyring
from station.journal.ram import forget
from station.journal.vault import DATA_KEY_FILE, Vault, box_key
from station.journal.wrapped_file import NAME, RECOVERY, Slot, Wrapped


class Wrapping:
    """Of one folder, for its writer. Methods raise JournalError if the disk does not take it."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault

    @property
    def on(self) -> bool:
        """Whether the folder alone opens nothing."""
        return self._vault.wrapped is not None

    @property
    def holders(self) -> frozenset[str]:
        return self._vault.wrapped.holders if self._vault.wrapped else frozenset()

    # --- on and off -----------------------------------------------------------------------------

    def turn_on(self, pairs: Mapping[str, bytes]) -> None:
        """From now on only these open it: private keys by holder. What was written is proven to open first.

        The key that lay in a file lies on in what the disk has not overwritten yet, and in old backups:
        `rotating` seals anew what it opened. Raises VaultError if locked.
        """
        if not pairs.keys() - {RECOVERY}:
            raise ValueError("somebody must be able to sign in")
        ring = self._vault.ring.with_key(secrets.token_bytes(KEY_BYTES))
        slots = [
            wrapped_file.slot(ring, holder, wrapped_file.public_of(pair)) for holder, pair in pairs.items()
        ]
        self._write(ring, slots)
        written = wrapped_file.read(self._folder)
        for holder, pair in pairs.items():
            if written is None or wrapped_file.opened(written, holder, pair) != ring:
                raise VaultError(KeyProblem.DAMAGED, f"{NAME} was not written as it should be")
        self.finish()

    def finish(self) -> None:
        """Where the keys are wrapped, the file in clear goes; a crash may have left it."""
        clear = self._folder / DATA_KEY_FILE
        if self.on and is_there(clear):
            with storage_errors():
                _overwrite(clear)
                clear.unlink()
                sync_folder(self._folder)

    def turn_off(self) -> None:
        """The keys lie in a file again. Raises VaultError if locked."""
        with storage_errors():
            write_file(self._folder / DATA_KEY_FILE, self._vault.ring.encode())
            (self._folder / NAME).unlink(missing_ok=True)
            sync_folder(self._folder)
            forget(self._folder)
        self._vault.follow(None)

    # --- holders --------------------------------------------------------------------------------

    def unlock(self, holder: str, private_key: bytes) -> bool:
        """Open the vault with what a PIN or the paper gave; False if the keys were never wrapped for it.

        With the vault open already, its holder is let in for the next time. Raises VaultError.
        """
        if self._vault.wrapped is None:
            return True
        ring = wrapped_file.opened(self._vault.wrapped, holder, private_key)
        if self._vault.locked:
            if ring is None:
                return False
            self._vault.unlock(ring)
        elif ring != self._vault.ring:
            self.let_in(holder, private_key)
        self.shut_out(holder, but=wrapped_file.public_of(private_key))
        return True

    def let_in(self, holder: str, private_key: bytes) -> None:
        """Before the journal says so. Does nothing if the keys lie in a file. Raises VaultError if locked."""
        if self._vault.wrapped is None:
            return
        new = wrapped_file.slot(self._vault.ring, holder, wrapped_file.public_of(private_key))
        kept = [one for one in self._vault.wrapped.slots if one.public_key != new.public_key]
        self._write(self._vault.ring, [*kept, new])

    def shut_out(self, holder: str, *, but: bytes = b"") -> None:
        """After the journal says so: all slots of a holder but the one of this public key."""
        wrapped = self._vault.wrapped
        if wrapped is None:
            return
        kept = tuple(one for one in wrapped.slots if one.holder != holder or one.public_key == but)
        if kept != wrapped.slots:
            self._keep(msgspec.structs.replace(wrapped, slots=kept))

    def only(self, holders: Iterable[str]) -> None:
        """Whoever is not an operator any more holds no key: what a crash left is taken out."""
        for holder in self.holders - set(holders) - {RECOVERY}:
            self.shut_out(holder)

    # --- a new key ------------------------------------------------------------------------------

    def new_key(self) -> int:
        """What is written from now on is sealed with a new key, wrapped for everybody; its generation.

        Raises VaultError if locked, RingError after 255.
        """
        ring = self._vault.ring.with_key(secrets.token_bytes(KEY_BYTES))
        if self._vault.wrapped is None:
            with storage_errors():
                write_file(self._folder / DATA_KEY_FILE, ring.encode())
            self._vault.unlock(ring)
        else:
            slots = [wrapped_file.slot(ring, one.holder, one.public_key) for one in self._vault.wrapped.slots]
            self._write(ring, slots)
        return ring.generation

    def _write(self, ring: Keyring, slots: Iterable[Slot]) -> None:
        box = box_key(ring.keys[-1]).public_key().public_bytes_raw()
        self._keep(Wrapped(1, ring.id, ring.generation, box, tuple(slots)))
        self._vault.unlock(ring)

    def _keep(self, wrapped: Wrapped) -> None:
        signed = msgspec.structs.replace(wrapped, signature=self._vault.sign(wrapped_file.to_sign(wrapped)))
        with storage_errors():
            wrapped_file.write(self._folder, signed)
        self._vault.follow(signed)


def _overwrite(path: Path) -> None:
    """A plain disk forgets it by this; a flash disk, or one that copies on writing, keeps it for a while."""
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
