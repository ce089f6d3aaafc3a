"""Renders the section about entries: `python -m tests.ui.admin.make_entries_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `explained night en`.
"""

from __future__ import annotations

from tests.ui.admin.entries_office import STATES, EntriesOffice
from tests.ui.admin.pictures import take_admin_pictures

if __name__ == "__main__":
    take_admin_pictures(STATES, EntriesOffice.open)
