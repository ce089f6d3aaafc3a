"""A data folder whose stick is not plugged in: no command begins an empty journal in its place."""

from __future__ import annotations

from pathlib import Path

from station.commands.result import CommandError
from station.commands.words import translate
from station.running.last_place import LastPlace


def refuse_missing(data: Path) -> None:
    """Raises CommandError. An empty journal would begin, without the lists."""
    place = LastPlace(data)
    if missing := place.missing():
        said = translate("cli", "上次用的数据文件夹不在：{}。请插好 U 盘或硬盘（{}），先用纸笔登记。")
        gone = translate("cli", "要是再也不用它，先删掉这个文件：{}")
        raise CommandError(f"{said.format(data, missing)}\n{gone.format(place.kept_in)}")
