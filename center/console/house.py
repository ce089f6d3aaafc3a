"""What every page leans on (`app.Console` is it), apart from the module that starts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Protocol

from argon2 import PasswordHasher

from center.console.recent import Recent
from center.http.office import Office
from center.limits import Rate, Remembered


class House(Protocol):
    """One for each center. `zone`: of the times that are shown; None: the host's."""

    office: Office
    zone: tzinfo | None
    hasher: PasswordHasher
    by_account: Rate  # tries at a password
    by_own_place: Rate  # the same, where they have signed in before
    by_address: Rate
    signed_in_at: Remembered[tuple[str, str], bool]  # user and address
    by_link: Rate  # pages by personal link, of one address
    by_checkin: Rate  # check-ins by one link
    by_sensor: Rate  # what one door sensor tells
    recent: Recent

    def words(self, lang: str, chinese: str) -> str:
        """A text in this language."""

    def render(self, visit: Any, template: str, values: Mapping[str, Any]) -> str:
        """A page with its frame."""

    def shows(self, path: str) -> bool:
        """Whether this path is that of a page that a browser may be sent to."""
