"""Run one seed of the simulation again and tell what happened: `python -m tests.sync.replay SEED`."""

from __future__ import annotations

import sys

from tests.sync.simulator import StuckError, World


def main(seed: int) -> None:
    world = World(seed)
    world.log = lambda text: print(text, file=sys.stdout)  # noqa: T201 - it is a command
    try:
        world.whole_life(seed)
    except StuckError as error:
        world.log(f"stuck: {error}")
    for record in sorted(world.lost()):
        world.log(f"lost: {record!r}")
    for problem in world.wrong():
        world.log(f"wrong: {problem}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
