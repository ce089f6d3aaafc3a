"""Renders the section of exports: `python -m tests.ui.admin.make_export_screens FOLDER [WORD…]`."""

from __future__ import annotations

from tests.ui.admin.export_office import STATES, ExportOffice
from tests.ui.admin.pictures import take_admin_pictures

if __name__ == "__main__":
    take_admin_pictures(STATES, ExportOffice.open)
