"""A list into the roster (导入): pick a file, see what it would change, import it whole; take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.import_files import ListFile, list_files
from station.ui.admin.import_preview import ImportPreview
from station.ui.admin.parts import Command, Question, Switch, label, row
from station.ui.admin.people_desk import BatchLine, DeskError, ImportDesk, Preview
from station.ui.admin.places import Place
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table

_CHOOSE, _PREVIEW = range(2)


class ImportPage(QWidget):
    """First the files and what was imported before; then what a file would change."""

    def __init__(
        self,
        host: Host,
        desk: ImportDesk,
        operator: Callable[[], str],
        where: Callable[[], Sequence[Place]],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk, self._operator, self._where, self._now = host, desk, operator, where, now
        self.preview = ImportPreview(self._ask_to_import, self._hand_back, self._put_away)
        self.question = Question()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choose_page())
        self.stack.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.question)

    def _choose_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("plain")
        self.hint = label(name="note", wrap=True)
        self.files = Table(self._file_titles(), 0)
        self.files.clicked.connect(self._tapped)
        self.files.activated.connect(self._tapped)
        self.other = Command(self.tr("选别的文件…"), self._ask_for_file)
        self.fill_down = Switch(self.tr("空的房号照上一行"), "flat")
        self.before = label(self.tr("以前改过的，可以整批撤销："), "note")
        self.batches = Table(self._batch_titles(), 3)
        self.batches.marked_changed.connect(self._show_marked)
        self.undo = Command(self.tr("撤销这一批"), self._ask_to_undo)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        line = row(self.hint, self.fill_down, self.other)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.files, 3)
        line = row(self.before, None, self.undo)
        column.addLayout(line)
        column.addWidget(self.batches, 2)
        return page

    def _file_titles(self) -> list[str]:
        return [self.tr("文件"), self.tr("在哪里"), self.tr("什么时候存的")]

    def _batch_titles(self) -> list[str]:
        return [
            self.tr("什么时候"), self.tr("做了什么"), self.tr("人数"), self.tr("文件或原因"), self.tr("编号"),
            self.tr("状态"),
        ]  # fmt: skip

    # --- coming and going -----------------------------------------------------------------------

    def enter(self) -> None:
        self._read_files()
        self._read_batches()

    def leave(self) -> None:
        self.question.answer(yes=False)
        self._put_away()

    def go_back(self) -> bool:
        if not self.question.isHidden():
            self.question.answer(yes=False)
            return True
        if self.stack.currentIndex() == _CHOOSE:
            return False
        self._put_away()
        return True

    def _put_away(self) -> None:
        """A preview is dropped; nothing was changed."""
        self.preview.show_preview(None)
        self.stack.setCurrentIndex(_CHOOSE)

    def _read_files(self) -> None:
        found = list_files(self._where())
        lines = [Line(one, (one.path.name, one.place, words.moment(one.at, self._now()))) for one in found]
        self.files.show_lines(lines, self._file_titles())
        self.hint.setText(
            self.tr("点一份名单（XLSX 或 CSV）：先看会改什么，看过再导入")
            if found
            else self.tr("U 盘和“文档”里没有 XLSX 或 CSV 名单：插上 U 盘再进来，或者选别的文件")
        )

    def _read_batches(self) -> None:
        try:
            found = self._desk.batches()
        except DeskError as error:
            found = ()
            self._host.say(str(error), trouble=True)
        self.batches.show_lines([self._batch(one) for one in found], self._batch_titles())

    def _batch(self, one: BatchLine) -> Line:
        state = self.tr("已撤销") if one.undone else self.tr("可以撤销") if one.can_be_undone else "—"
        cells = (
            words.moment(one.at, self._now()),
            words.batch(one.kind),
            str(one.people or "—"),  # of an old one nobody knows any more how many they were
            one.note or "—",
            one.by or "—",
            state,
        )
        return Line(one, cells, can_be_marked=one.can_be_undone)

    # --- looking at a file ----------------------------------------------------------------------

    def _tapped(self, index: QModelIndex) -> None:
        about = self.files.lines[index.row()].about
        if isinstance(about, ListFile):
            self.look_at(about.path)

    def _ask_for_file(self) -> None:
        """A dialog that stops nothing: the gate under this page goes on."""
        dialog = QFileDialog(self, self.tr("选一份名单"), "", self.tr("名单 (*.xlsx *.xls *.csv *.ods)"))
        dialog.fileSelected.connect(lambda path: self.look_at(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at(self, path: Path) -> None:
        """Read it beside the screen and show what it would change."""
        try:
            job = self._desk.read(path, fill_down=self.fill_down.isChecked())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._host.work(self.tr("正在看这份名单，什么也不会改"), job, self._looked, self._failed)

    def _looked(self, result: object) -> None:
        assert isinstance(result, Preview)
        self.preview.show_preview(result)
        self.stack.setCurrentIndex(_PREVIEW)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._host.say(str(error), trouble=True)

    # --- importing ------------------------------------------------------------------------------

    def _ask_to_import(self, preview: Preview) -> None:
        text = self.tr("导入“{name}”：新增 {new} 人，更新 {changed} 人？导入以后可以整批撤销。")
        wrong = preview.count("wrong")
        if wrong:
            text += self.tr("有问题的 {wrong} 行这次不导入。").format(wrong=wrong)
        text = text.format(name=preview.name, new=preview.count("new"), changed=preview.count("changed"))
        self.question.ask(text, self.tr("导入"), lambda: self._seal(preview))

    def _seal(self, preview: Preview) -> None:
        try:
            self._desk.check(self._operator())
            job = self._desk.seal(preview)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._host.work(self.tr("正在导入"), job, lambda sealed: self._write(preview, sealed), self._failed)

    def _write(self, preview: Preview, sealed: object) -> None:
        try:
            self._desk.write(preview, sealed, self._operator())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._put_away()
        self.enter()
        text = self.tr("导入好了：新增 {new} 人，更新 {changed} 人，不变 {same} 人。要撤销，上面点这一批")
        counted = {sort: preview.count(sort) for sort in ("new", "changed", "same")}
        self._host.say(text.format(**counted))  # the line below counts all three

    def _hand_back(self, preview: Preview) -> None:
        (place, *_) = self._where()
        try:
            target = self._desk.hand_back(preview, place.folder)
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        said = self.tr("存在 {place}：{name}。改好以后再导入这个文件就行")
        self._host.say(said.format(place=place.title, name=target.name))

    # --- taking back ----------------------------------------------------------------------------

    @property
    def marked(self) -> list[BatchLine]:
        return [one for one in self.batches.marked if isinstance(one, BatchLine)]

    def _show_marked(self) -> None:
        self.undo.setEnabled(len(self.marked) == 1)

    def _ask_to_undo(self) -> None:
        (batch,) = self.marked
        text = self.tr("撤销“{what} {note}”？{count} 人回到那以前的样子，那一批带来的颜色和核酸也不算了。")
        self.question.ask(
            text.format(what=words.batch(batch.kind), note=batch.note, count=batch.people),
            self.tr("撤销"),
            lambda: self._undo(batch),
        )

    def _undo(self, batch: BatchLine) -> None:
        try:
            count = self._desk.undo(batch.number, self._operator())
        except DeskError as error:
            self._host.say(str(error), trouble=True)
            return
        self._read_batches()
        self._host.say(self.tr("撤销了，{count} 人回到了以前的样子").format(count=count))

    def dress(self, scale: float) -> None:
        for table in (self.files, self.batches):
            table.dress(scale)
        self.preview.dress(scale)
