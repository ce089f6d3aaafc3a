"""Renders the sections of figures and tracing: `python -m tests.ui.admin.make_past_screens FOLDER [WORD…]`.

Words pick states, sizes, themes or languages, e.g. `traced night en`.
"""

from __future__ import annotations

from tests.ui.admin.past_office import STATES, PastOffice
from tests.ui.admin.pictures import take_admin_pictures

if __name__ == "__main__":
    take_admin_pictures(STATES, PastOffice.open)
