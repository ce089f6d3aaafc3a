"""In which order the incarnations of a damaged journal lived, as far as anything of them is left. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NONE = -1  # the parent of the first one


def in_order(lives: Iterable[int], parents: Mapping[int, int], begins: Mapping[int, int]) -> list[int]:
    """Each after the one that it continues, and the first one first.

    `parents` where one is known, `begins` the wall time of the first entry (ms, UTC) where there is one: it
    decides where no parent does, for a clock may have been wrong.
    """
    left = sorted(lives, key=lambda life: (parents.get(life) != NONE, begins.get(life, 0), life))
    ordered = list[int]()
    while left:
        ready = (life for life in left if parents.get(life, life) == life or parents[life] not in left)
        ordered.append(next(ready, left[0]))
        left.remove(ordered[-1])
    return ordered
