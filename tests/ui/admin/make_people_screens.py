"""Renders the section about people: `python -m tests.ui.admin.make_people_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `card night en`.
"""

from __future__ import annotations

from tests.ui.admin.people_office import STATES, PeopleOffice
from tests.ui.admin.pictures import take_admin_pictures

if __name__ == "__main__":
    take_admin_pictures(STATES, PeopleOffice.open)
