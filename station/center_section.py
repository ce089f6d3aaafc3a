"""The admin page's section about the center, put together: sync, and whom to call when nothing goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from station.app import Station
from station.opening import Opening
from station.settings import MOST_OF_DOCTOR, SettingsError
from station.settings_file import Value
from station.sync_desk import StationSyncDesk
from station.ui.admin.sections import MakeSection
from station.ui.admin.sync_section import SyncSection
from station.ui.desk_error import DeskError

Keep = Callable[[Mapping[str, Value]], None]


class StationPhoneDesk:
    """`ui.admin.phone_form.PhoneDesk`. `keep` keeps settings, or raises SettingsError."""

    longest = MOST_OF_DOCTOR

    def __init__(self, opening: Callable[[], Opening], keep: Keep) -> None:
        self._opening, self._keep = opening, keep

    def number(self) -> str:
        return self._opening().settings.help_phone

    def keep(self, number: str) -> None:
        try:
            self._keep({"help_phone": number})
        except SettingsError as error:
            raise DeskError(str(error)) from error


def center_section(
    station: Callable[[], Station | None], opening: Callable[[], Opening], keep: Keep
) -> MakeSection:
    """`station` gives None while the journal is not open."""
    desk, phone = StationSyncDesk(station), StationPhoneDesk(opening, keep)
    return lambda host: SyncSection(host, desk, phone)
