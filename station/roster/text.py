"""Text of cells in one spelling: full-width forms, odd spaces and what spreadsheets leave behind."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Zero-width and direction marks, byte order mark: invisible, and they break every comparison.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_FORMULA_TEXT = re.compile(r'="(.*)"')  # how people keep Excel from turning a number into a float


def clean(text: str) -> str:
    """NFKC (１２３ → 123), one space between words, no apostrophe that only told Excel "this is text"."""
    if text.isascii() and text.isalnum():  # most cells of a list
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = _SPACES.sub(" ", text).strip()
    if kept := _FORMULA_TEXT.fullmatch(text):
        text = kept[1]
    return text.removeprefix("'").strip()


def is_han(character: str) -> bool:
    """In a block of CJK ideographs (Unicode 15, chapter 18): the basic one, extension A, planes 2 and 3."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def clean_name(text: str) -> str:
    """张　三 → 张三; the dots of long names become one kind (买买提·艾力); Latin names keep their spaces."""
    name = re.sub("[·•‧・∙．.]", "·", clean(text)) if any(map(is_han, text)) else clean(text)
    if name and all(is_han(character) or character in " ·" for character in name):
        return name.replace(" ", "")
    return name
