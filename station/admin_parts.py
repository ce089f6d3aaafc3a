"""Everything that only the admin page needs: imported when it is opened, so that the gate comes first."""

from __future__ import annotations

from station.announced import go_to_announced as go_to_announced
from station.center_section import center_section as center_section
from station.device_setup import DeviceSetup as DeviceSetup
from station.keeping_sections import keeping_sections as keeping_sections
from station.notice_desk import StationNoticeDesk as StationNoticeDesk
from station.pass_desk import StationPassDesk as StationPassDesk
from station.people_import import StationImportDesk as StationImportDesk
from station.presence_sections import presence_sections as presence_sections
from station.ui.admin.notice_section import NoticeSection as NoticeSection
from station.ui.admin.passes import PassesSection as PassesSection
from station.ui.admin.people import PeopleSection as PeopleSection
from station.ui.admin.policy import PolicySection as PolicySection
from station.ui.admin.setup import SetUpSection as SetUpSection
from station.ui.admin.window import AdminWindow as AdminWindow
from station.ui.selftest_section import SelfTestSection as SelfTestSection
