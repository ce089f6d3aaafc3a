"""Renders the section of notices: `python -m tests.ui.admin.make_notice_screens FOLDER [WORD…]`."""

from __future__ import annotations

from tests.ui.admin.notice_office import STATES, NoticeOffice
from tests.ui.admin.pictures import take_admin_pictures

if __name__ == "__main__":
    take_admin_pictures(STATES, NoticeOffice.open)
