"""Renders the center section: `python -m tests.ui.admin.make_sync_screens FOLDER [WORD…]`."""

from __future__ import annotations

from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.admin.sync_office import STATES, SyncOffice

if __name__ == "__main__":
    take_admin_pictures(STATES, SyncOffice.open)
