"""Some of the simulated lives again, with the station's real journal on real files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from station.journal.check import check
from tests.sync.disk import Disk
from tests.sync.real_disk import RealDisk
from tests.sync.simulator import Machine, World

SEEDS = 12
SLOW_SEEDS = 100


class RealWorld(World):
    def __init__(self, seed: int, root: Path) -> None:
        self.root = root
        super().__init__(seed)

    def _first_disk(self) -> Disk:
        disk = RealDisk(self.root, "pc 1", self.seen)
        self.center.station, self.center.key = disk.station, disk.chains()[0].public_key
        return disk

    def destroy(self, machine: Machine) -> None:
        """The last one stays: an empty folder would be another station, with other keys."""
        if len(self.machines) > 1:
            super().destroy(machine)

    def close(self) -> list[Path]:
        """The folders of the machines that are left."""
        disks = [machine.disk for machine in self.machines]
        for disk in [*disks, *self.images]:
            assert isinstance(disk, RealDisk)
            disk.close()
        return [disk.folder for disk in disks if isinstance(disk, RealDisk)]


def live(seed: int, root: Path) -> Counter[str]:
    world = RealWorld(seed, root)
    world.whole_life(seed)
    assert not world.lost(), f"seed {seed}"
    assert not world.wrong(), f"seed {seed}"
    for folder in world.close():
        report = check(folder)
        assert report.ok, report.damages
    return world.seen


def test_the_real_journal_loses_nothing_in_the_simulation(tmp_path: Path) -> None:
    seen = sum((live(seed, tmp_path / str(seed)) for seed in range(SEEDS)), Counter[str]())

    assert seen["fork"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS, SLOW_SEEDS))
def test_the_real_journal_loses_nothing_in_more_lives(seed: int, tmp_path: Path) -> None:
    live(seed, tmp_path)
