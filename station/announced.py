"""Where the admin page opens: at what the gate has announced."""

from __future__ import annotations

from station.ui.admin.exports import ExportSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.notice_section import NoticeSection
from station.ui.admin.policy import DRILL, PolicySection
from station.ui.admin.retention import RetentionSection
from station.ui.admin.rota import RotaSection
from station.ui.admin.window import AdminWindow
from station.ui.notices import Afterwards

_ANNOUNCED = {
    Afterwards.LOOKBACKS: LookbackSection,
    Afterwards.DRILL: PolicySection,
    Afterwards.CENTER: NoticeSection,
    Afterwards.SPACE: RetentionSection,
    Afterwards.ROTA: RotaSection,
    Afterwards.EXPORT: ExportSection,
}


def go_to_announced(announced: Afterwards | None, admin: AdminWindow) -> None:
    """What the gate has announced is what they come for, if a section is about it."""
    wanted = _ANNOUNCED.get(announced) if announced else None
    if wanted is None or admin.isVisible():
        return
    section = next(one for one in admin.sections if isinstance(one, wanted))
    admin.go_to(admin.sections.index(section))
    if isinstance(section, PolicySection):
        section.show_page(DRILL)
