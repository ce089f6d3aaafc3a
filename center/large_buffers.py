"""Large buffers are kept by the process and used again, not given back to the kernel after each batch.

A batch passes through buffers of some 5 MB together. glibc trims a thread's heap when they are freed, and the
kernel clears every page again: a quarter of the time that a center spends on a batch of its ledger.
"""

from __future__ import annotations

import ctypes
import sys

# mallopt(3), of glibc's malloc.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_BYTES = 64 << 20  # of each arena, of which the threads share a few
_LARGEST_BYTES = 32 << 20  # as large as any body is, packed or unpacked


def keep() -> bool:
    """Whether this C library can be told so (glibc); any other goes on as it is."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES) and mallopt(_M_MMAP_THRESHOLD, _LARGEST_BYTES))
