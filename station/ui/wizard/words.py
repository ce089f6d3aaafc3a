"""Words about the wizard that are said outside of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def set_up_title() -> str:
    """Of its window."""
    return QCoreApplication.translate("wizard", "卡口 · 设置")


def first_admin() -> str:
    """How the first operator is called until somebody gives them a name."""
    return QCoreApplication.translate("wizard", "管理员")
