"""English for the Chinese texts of the console, one module an area; a test looks for every text."""

from center.console.english import (
    api,
    base,
    cases,
    gates,
    health,
    people,
    policy,
    pushed,
    reasons,
    reports,
    retention,
    shifts,
    users,
)

_AREAS = (
    base.ENGLISH,
    api.ENGLISH,
    users.ENGLISH,
    gates.ENGLISH,
    health.ENGLISH,
    cases.ENGLISH,
    pushed.ENGLISH,
    shifts.ENGLISH,
    reasons.ENGLISH,
    reports.ENGLISH,
    retention.ENGLISH,
    policy.ENGLISH,
    people.ENGLISH,
)

ENGLISH: dict[str, str] = {chinese: english for area in _AREAS for chinese, english in area.items()}
