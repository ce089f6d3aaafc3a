"""The recovery key as a file to be printed: where it shall lie, and what is said when it lies there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from station.ui.admin.desk import DeskError

translate = QCoreApplication.translate


def ask_where(parent: QWidget, write: Callable[[Path], None]) -> None:
    """A dialog that stops nothing: a gate under this page goes on."""
    dialog = QFileDialog(parent, translate("recovery", "存恢复码"), "recovery.pdf", "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.fileSelected.connect(lambda chosen: write(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def written(write: Callable[[Path, str], None], path: Path, key: str) -> str:
    """Write it, and give what is to be said."""
    try:
        write(path, key)
    except DeskError as error:
        return str(error)
    return translate("recovery", "存好了：{file}。打印以后请把这个文件删掉。").format(file=path.name)
