"""Tell what happened in one life of the simulation of lists: `python -m tests.sync.replay_lists SEED`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from station.sync.items import MOST_ITEMS
from tests.sync.lists_gate import A_PAGE
from tests.sync.lists_truth import wrong
from tests.sync.lists_world import World


def main(seed: int) -> None:
    MOST_ITEMS.update(dict.fromkeys(MOST_ITEMS, A_PAGE))
    with TemporaryDirectory() as folder:
        world = World(seed, Path(folder))
        world.log = lambda text: print(text, file=sys.stdout)  # noqa: T201 - it is a command
        world.whole_life(seed)
        for problem in wrong(world):
            world.log(f"wrong: {problem}")
        world.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
