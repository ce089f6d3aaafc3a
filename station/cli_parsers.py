"""What the modules of arguments hand each other: where commands are added, and by what."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Add = Callable[[Parsers, str, str, str], argparse.ArgumentParser]  # name, what runs it, help
