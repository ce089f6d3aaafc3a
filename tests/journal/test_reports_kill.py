"""A gate that is killed while it calls for help: every call that was stored goes out afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from station.journal.check import check
from station.journal.reports import Reports, to_send
from station.sync.reports import CaseReport, decode_body
from tests.journal.samples import open_journal

ROOT = Path(__file__).parent.parent.parent
KILLS = 5


def killed_while_calling(folder: Path, seconds: float) -> list[str]:
    """What it said before it was killed, so long after its first call."""
    command = [sys.executable, "-m", "tests.journal.reporter", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        said = [program.stdout.readline()]
        time.sleep(seconds)  # the random instant is the test; nothing is waited for
        program.kill()
        return said + program.stdout.readlines()


def test_kill_9_at_any_instant_loses_no_call_and_tells_none_twice(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    chance, said = random.Random(seed), dict[str, int]()
    for _ in range(KILLS):
        for line in killed_while_calling(tmp_path, chance.uniform(0, 0.15)):
            case, version = line.split()
            said[case] = int(version)

    with open_journal(tmp_path) as journal:
        sent, told = dict[str, int](), set[tuple[bytes, int]]()
        while reports := to_send(journal.connection, journal.vault):
            for one in reports:
                assert (one.id, one.version) not in told, seed
                told.add((one.id, one.version))
                body = decode_body(one.body, CaseReport)
                assert (body.what == "fever") is (one.version > 1), seed
                assert bool(body.picture) is (one.version == 3), seed  # after the words, which are 2
                sent[one.id.hex()] = one.version
            Reports(journal).sent([(one.id, one.version) for one in reports])
    assert said.keys() <= sent.keys(), seed
    assert all(sent[case] >= version for case, version in said.items()), seed
    assert not check(tmp_path).damages, seed
