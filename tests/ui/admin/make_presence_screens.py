"""Renders the sections about presence: `python -m tests.ui.admin.make_presence_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `inside night en`.
"""

from __future__ import annotations

from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.admin.presence_office import STATES, PresenceOffice

if __name__ == "__main__":
    take_admin_pictures(STATES, PresenceOffice.open)
