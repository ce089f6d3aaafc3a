"""What people type or paste, as it can be stored and shown. Pure."""

from __future__ import annotations

import re
import unicodedata

from center.console.page import ComplaintError, NotHereError

# They come along when somebody pastes from a table, a chat or a web page, and nobody sees them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_REFUSED = frozenset({"Cc", "Cf", "Cs"})  # control, what turns the direction of a text, halves of characters
_MOST_DIGITS = 15


def clean(text: str, most: int, *, lines: bool = False) -> str:
    """Spaces of every kind are spaces, also the wide one of a Chinese keyboard. Raises ComplaintError.

    Signs that Python does not know stay: rare characters of names are newer than it, or of a private area.
    """
    text = _BREAK.sub("\n", _UNSEEN.sub("", text)).strip()
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    if not text.isascii():
        text = "".join([" " if unicodedata.category(letter) == "Zs" else letter for letter in text])
    if len(text) > most:
        raise ComplaintError("太长了：最多 {} 个字", most)
    if not all(letter.isprintable() or letter in "\n\t" or _is_kept(letter) for letter in text):
        raise ComplaintError("里面有看不见的符号，请重新输入")
    return text.strip()


def moment_ms(text: str) -> int | None:
    """A moment in an address; None: none is named. Raises NotHereError: no database has such a number."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise NotHereError
    return int(text)


def _is_kept(letter: str) -> bool:
    return unicodedata.category(letter) not in _REFUSED and ord(letter) & 0xFFFE != 0xFFFE
