"""How long a test waits for threads, programs and devices: they take a second, and the machine may be busy.

Only a failing test waits for its end.
"""

from __future__ import annotations

from typing import Final

PATIENCE_S: Final = 40.0
PATIENCE_MS: Final = 40_000
