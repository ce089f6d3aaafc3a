"""How a name is shown where strangers can see the screen. Pure."""

from __future__ import annotations

_LATIN_MASK = "***"  # always three, so that the length of the name is not told


def mask_name(name: str) -> str:
    """张强 → 张*, 张小强 → 张*强, 欧阳小强 → 欧**强; names in letters keep only the first: John → J***."""
    name = name.strip()
    if not name:
        return ""
    if not _is_han(name[0]):
        return name[0] + _LATIN_MASK
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def _is_han(character: str) -> bool:
    """In a block of CJK ideographs (Unicode 15, chapter 18): the basic one, extension A, planes 2 and 3."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678; of shorter numbers only the last two stay."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-2:]}"


def mask_id_number(number: str) -> str:
    """Only the last four, by which people are asked for: ****1234."""
    return f"****{number[-4:]}" if len(number) > 8 else "****"
