"""Fuzzes all targets, one after the other, each in a process of its own; needs atheris.

    python -m tests.fuzz [--seconds N] [TARGET]…

What was learned is kept in build/fuzz/TARGET and goes on from there next time. A finding is written to
build/fuzz/findings; give its file to `python -m tests.fuzz.one TARGET FILE` to see it again. Exit code 1 if
there is a finding.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import TARGETS

FOLDER = Path(__file__).parents[2] / "build" / "fuzz"
FINDINGS = FOLDER / "findings"
HANG_S = 20  # of wall time, for one input


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=30, help="for each target")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    arguments = parser.parse_args()
    if unknown := set(arguments.targets) - TARGETS.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    found = [name for name in arguments.targets or TARGETS if not fuzz(name, arguments.seconds)]
    if found:
        sys.stderr.write(f"\nfindings in {FINDINGS}: {', '.join(found)}\n")
    return 1 if found else 0


def fuzz(name: str, seconds: int) -> bool:
    """Whether this target stood these seconds."""
    corpus = FOLDER / name
    for folder in (corpus, FINDINGS):
        folder.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-timeout={HANG_S}", "-rss_limit_mb=2048", "-max_len=8000"]
    report = ["-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={FINDINGS / name}-"]
    sys.stderr.write(f"\n== {name}, {seconds} s\n")
    command = [sys.executable, "-m", "tests.fuzz.one", name, *limits, *report, str(corpus)]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
