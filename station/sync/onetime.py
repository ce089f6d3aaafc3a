"""The one-time code of an enrolment, as it is read aloud and typed; pure, for both ends.

80 random bits, which the center knows again, and 80 bits of the center's CA, by which the station knows the
center; in Crockford's base32 (no I, L, O, U) with a check character, in groups of four.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

HALF = 10  # bytes
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILOU", "110V", "- \t\r\n·—–－")  # what is misread or set between groups
_DIGITS = 2 * HALF * 8 // 5
_LINK = "kakou-enrol"


class CodeError(ValueError):
    """No one-time code: a character is missing, or one was misread."""


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    secret: bytes = field(repr=False)  # 10 bytes, random
    ca: bytes  # `ca_mark` of the center's CA


def ca_mark(certificate: bytes) -> bytes:
    """What the code says of a CA: the first 10 bytes of SHA-256 over its certificate (DER)."""
    return sha256(certificate).digest()[:HALF]


def write_code(code: OneTimeCode) -> str:
    """ABCD-EFGH-…: eight groups, the last one with the check character."""
    number = int.from_bytes(code.secret + code.ca, "big")
    digits = [number >> 5 * place & 31 for place in reversed(range(_DIGITS))]
    text = "".join(_ALPHABET[digit] for digit in (*digits, _check(digits)))
    return "-".join([*(text[at : at + 4] for at in range(0, 28, 4)), text[28:]])


def read_code(text: str) -> OneTimeCode:
    """The code that was typed, large or small, with or without hyphens. Raises CodeError."""
    plain = text.upper().translate(_MEANT)
    digits = [_ALPHABET.find(character) for character in plain]
    if len(digits) != _DIGITS + 1 or min(digits) < 0:
        raise CodeError(f"{len(digits)} characters")
    if _check(digits[:-1]) != digits[-1]:
        raise CodeError("check character")
    number = 0
    for digit in digits[:-1]:
        number = number << 5 | digit
    both = number.to_bytes(2 * HALF, "big")
    return OneTimeCode(both[:HALF], both[HALF:])


def write_link(url: str, code: str) -> str:
    """What stands in the QR code that the center shows."""
    return f"{_LINK} {url} {code}"


def read_link(text: str) -> tuple[str, str] | None:
    """Address and code of a link; None: it is none."""
    words = text.split()
    return (words[1], words[2]) if len(words) == 3 and words[0] == _LINK else None


def _check(digits: list[int]) -> int:
    """Luhn's algorithm in base 32: one wrong character or two neighbours swapped are noticed."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled // 32 + doubled % 32
    return -total % 32
