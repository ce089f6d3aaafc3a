"""`python -m station` is the command `station`."""

from __future__ import annotations

import logging
import os
import sys
import threading

from station.cli import main


def run() -> None:
    """Run one command and end the process with its exit code.

    Whatever had to be closed is closed by now. A thread that is still inside OpenCV or a code reader (a
    camera takes its time to open) would meet an interpreter that ends, be unwound through C++, and abort the
    process (https://docs.python.org/3/c-api/init.html, "Cautions regarding runtime finalization").
    """
    code = main()
    if threading.active_count() == 1:
        raise SystemExit(code)
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:  # whoever read our output has seen enough
            continue
    os._exit(code)


if __name__ == "__main__":
    run()
