"""Windows in Chinese and old systems write a command's output into a file, or a pipe, as GBK."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

import pytest

from center import result as of_center
from station.cli import main
from station.commands import result as of_station

RAREST = "𠮷师傅✗"  # neither the hanzi nor the sign is in GBK


class Gbk:
    """A file into which everything goes that is printed in its context."""

    def __init__(self) -> None:
        self._file = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
        self.all = redirect_stdout(self._file)

    def read(self) -> str:
        self._file.seek(0)
        return self._file.read()


def test_doctor_tells_the_hotline_what_is_the_matter_also_in_a_gbk_file(tmp_path: Path) -> None:
    gbk = Gbk()
    with gbk.all:
        assert main(["doctor", "--data", str(tmp_path)]) in (0, 1)
    said = gbk.read()
    assert "摄像头" in said
    assert "\\u" not in said  # its ticks and crosses are signs that GBK has


@pytest.mark.parametrize("program", [of_station, of_center], ids=["station", "center"])
def test_a_name_that_gbk_has_not_ends_no_command_and_stays_json(program: ModuleType) -> None:
    gbk = Gbk()
    with gbk.all:
        program.print_line(RAREST)
        program.print_json({"name": RAREST, "dwelling": "3幢2单元501"})

    line, fields = gbk.read().splitlines()
    assert line == "\\U00020bb7师傅\\u2717"
    assert json.loads(fields) == {"name": RAREST, "dwelling": "3幢2单元501"}
