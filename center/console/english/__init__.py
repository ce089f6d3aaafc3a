"""English for the Chinese texts of the console, one module an area; a test looks for every text."""

from center.console.english import base, cases, gates, pushed, reasons, shifts, users

_AREAS = (
    base.ENGLISH,
    users.ENGLISH,
    gates.ENGLISH,
    cases.ENGLISH,
    pushed.ENGLISH,
    shifts.ENGLISH,
    reasons.ENGLISH,
)

ENGLISH: dict[str, str] = {chinese: english for area in _AREAS for chinese, english in area.items()}
