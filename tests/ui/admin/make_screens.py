"""Renders every state of the admin page to PNG files: `python -m tests.ui.admin.make_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `passes night en`.
"""

from __future__ import annotations

from tests.ui.admin.office import Office
from tests.ui.admin.pictures import take_admin_pictures
from tests.ui.admin.states import STATES

if __name__ == "__main__":
    take_admin_pictures(STATES, Office.open)
