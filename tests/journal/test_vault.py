"""The keys: made once, never made anew beside an old journal, and what they protect."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from station.journal.errors import KeyProblem, VaultError
from station.journal.vault import Vault, open_vault
from tests.journal.samples import open_journal, passage

VAULT = Vault(bytes(range(32)), bytes(range(32, 64)))
KEY_FILES = ["data.key", "station.key"]


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_opens_again(plain: bytes, context: bytes) -> None:
    sealed = VAULT.seal(plain, context)

    assert VAULT.open(sealed, context) == plain
    assert len(sealed) == len(plain) + 12 + 16  # nonce and tag


@given(st.data())
def test_one_flipped_bit_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(b"3-2-501", b"row 1"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(VaultError):
        VAULT.open(bytes(sealed), b"row 1")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(40)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(VaultError):
        VAULT.open(sealed, b"row 1")


def test_a_sealed_name_cannot_be_moved_to_another_person() -> None:
    with pytest.raises(VaultError):
        VAULT.open(VAULT.seal(b"3-2-501", b"row 1"), b"row 2")


def test_the_same_text_sealed_twice_does_not_look_the_same() -> None:
    assert VAULT.seal(b"3-2-501", b"row 1") != VAULT.seal(b"3-2-501", b"row 1")


@given(st.text(st.characters()), st.text(st.characters()))  # lone surrogates too: a code may hold any bytes
def test_a_code_has_one_key_and_no_other_code_has_it(one: str, other: str) -> None:
    assert VAULT.code_key(one) == VAULT.code_key(one)
    assert (VAULT.code_key(one) == VAULT.code_key(other)) == (one == other)


def test_a_stranger_without_the_key_cannot_compute_code_keys() -> None:
    stranger = Vault(secrets.token_bytes(32), secrets.token_bytes(32))

    assert stranger.code_key("330106199001011234") != VAULT.code_key("330106199001011234")


def test_a_persons_id_is_not_a_code_key() -> None:
    assert VAULT.person_key("张强", "3-2-501") == VAULT.person_key("张强", "3-2-501")
    assert VAULT.code_key("张强\x003-2-501")[:32] != VAULT.person_key("张强", "3-2-501")


def test_a_signature_verifies_with_the_public_key() -> None:
    Ed25519PublicKey.from_public_bytes(VAULT.public_key).verify(VAULT.sign(b"head"), b"head")


def test_the_keys_are_made_once_and_never_in_a_shorter_form(tmp_path: Path) -> None:
    made = open_vault(tmp_path, create=True)

    assert open_vault(tmp_path, create=False).public_key == made.public_key
    assert open_vault(tmp_path, create=True).data_key_id == made.data_key_id
    assert sorted(file.name for file in tmp_path.iterdir()) == KEY_FILES
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_a_half_written_key_of_a_start_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "data.key.new").write_bytes(b"half")

    open_vault(tmp_path, create=True)
    assert len((tmp_path / "data.key").read_bytes()) == 32


@pytest.mark.parametrize("name", KEY_FILES)
def test_a_missing_key_beside_a_journal_is_said_and_never_made_anew(folder: Path, name: str) -> None:
    with open_journal(folder) as journal:
        journal.append(passage())
    key = (folder / name).read_bytes()
    (folder / name).unlink()

    with pytest.raises(VaultError, match=name) as refused:
        open_journal(folder)
    assert refused.value.problem is KeyProblem.MISSING
    assert not (folder / name).exists()

    (folder / name).write_bytes(key)
    with open_journal(folder) as journal:
        assert journal.append(passage()).number == 2


@pytest.mark.parametrize("name", KEY_FILES)
@pytest.mark.parametrize(
    ("content", "problem"), [(bytes(32), KeyProblem.WRONG), (b"half a key", KeyProblem.DAMAGED)]
)
def test_a_wrong_key_beside_a_journal_is_said(
    folder: Path, name: str, content: bytes, problem: KeyProblem
) -> None:
    open_journal(folder).close()
    (folder / name).write_bytes(content)

    with pytest.raises(VaultError, match=name) as refused:
        open_journal(folder)
    assert refused.value.problem is problem
