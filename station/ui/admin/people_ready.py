"""Getting the roster's index ready before anybody can be found: beside the screen, if that takes time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from station.ui.admin.people_desk import DeskError, PeopleDesk
from station.ui.admin.sections import Host

translate = QCoreApplication.translate


class PeopleIndex:
    """`ready` is called when people can be found, `wait` with what to do if other work comes first."""

    def __init__(
        self,
        host: Host,
        desk: PeopleDesk,
        ready: Callable[[], None],
        wait: Callable[[str], None],
        fail: Callable[[DeskError], None],
    ) -> None:
        self._host, self._desk = host, desk
        self._ready, self._wait, self._fail = ready, wait, fail

    def get_ready(self) -> None:
        try:
            job = self._desk.index()
        except DeskError as error:
            self._fail(error)
            return
        if job is None:
            self._ready()
        elif not self._host.work(
            translate("admin", "正在准备名册，好了就能找人"), job, self._indexed, self._failed
        ):
            self._wait(translate("admin", "名册还没准备好：等手头的事做完，再点一次“找人”"))

    def _indexed(self, made: object) -> None:
        self._desk.take_index(made)
        self._ready()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._fail(error)
