"""Renders the section of kept data: `python -m tests.ui.admin.make_retention_screens FOLDER [WORD…]`."""

from __future__ import annotations

from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.admin.retention_office import STATES, RetentionOffice

if __name__ == "__main__":
    take_admin_pictures(STATES, RetentionOffice.open)
