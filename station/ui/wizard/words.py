"""Words about the wizard that are said outside of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def set_up_title() -> str:
    """Of its window."""
    return QCoreApplication.translate("wizard", "卡口 · 设置")
