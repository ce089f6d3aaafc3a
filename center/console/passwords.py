"""Passwords: which are taken, how they are kept (Argon2id, RFC 9106), how one is compared."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 10, 200  # characters; the length counts, not the kinds (NIST SP 800-63B, 3.1.1)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_COMMON = ("password", "1234567890", "0123456789", "qwertyuiop", "abcdefghij", "admin", "kakou", "woaini")

USUAL = PasswordHasher(time_cost=2, memory_cost=65536, parallelism=1)  # about 60 ms
_places = BoundedSemaphore(2)  # of those 64 MiB


def problem(password: str, name: str) -> str:
    """Why it is not taken, in Chinese; empty: it is."""
    if len(password) < LEAST:
        return "密码至少 10 个字"
    if len(password) > MOST:
        return "密码太长了"
    bare = password.lower()
    if len(set(bare)) < 5 or name in bare or any(word in bare and len(bare) < 14 for word in _COMMON):
        return "这个密码太容易猜，请换一个，比如几个不相干的词"
    return ""


def one_time() -> str:
    """For somebody's first sign-in: 15 letters, 74 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))


def kept(password: str, hasher: PasswordHasher = USUAL) -> str:
    """As it lies in the store."""
    with _places:
        return hasher.hash(password)


def is_right(password: str, stored: str | None, hasher: PasswordHasher = USUAL) -> bool:
    """Takes as long when there is nobody of this name: `stored` None."""
    with _places:
        try:
            return hasher.verify(stored or _nobodys(hasher), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str, hasher: PasswordHasher = USUAL) -> bool:
    """Whether it was kept at another cost than today's."""
    return hasher.check_needs_rehash(stored)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex())
