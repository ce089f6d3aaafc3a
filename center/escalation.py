"""When nobody does anything about a case, it goes one branch up, and again. Pure.

A whistle waits three minutes at each level: it is somebody's cry for help. The times are the product's own
choice; no source prescribes them.
"""

from __future__ import annotations

WAITS_MS = {
    "whistle": 3 * 60_000,
    "question": 10 * 60_000,
    "door": 15 * 60_000,
    "request": 60 * 60_000,
    "hotline": 4 * 3600_000,
}
_USUAL_MS = 60 * 60_000


def waits_ms(kind: str) -> int:
    """How long a case of this kind may wait at one level."""
    return WAITS_MS.get(kind, _USUAL_MS)


def wanted(kind: str, branch: str, waited_ms: int) -> list[str]:
    """The branches above that should know of it by now, the nearest first; nothing above everything."""
    parts = branch.split("/") if branch else []
    levels = ["/".join(parts[:depth]) for depth in range(len(parts) - 1, -1, -1)]
    return levels[: max(0, waited_ms // waits_ms(kind))]
