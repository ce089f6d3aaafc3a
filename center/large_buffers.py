"""Large buffers are kept by the process and used again, not given back to the kernel after each batch; and
lines that mostly say nothing have small ones.

A batch passes through buffers of some 5 MB together. glibc trims a thread's heap when they are freed, and the
kernel clears every page again: a quarter of the time that a center spends on a batch of its ledger.
"""

from __future__ import annotations

import ctypes
import sys
from asyncio.sslproto import SSLProtocol

# mallopt(3), of glibc's malloc.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_BYTES = 64 << 20  # of each arena, of which the threads share a few
_LARGEST_BYTES = 32 << 20  # as large as any body is, packed or unpacked
_READ_BYTES = 64 << 10  # four records of TLS (RFC 8446, section 5.1)


def keep() -> bool:
    """Whether this C library can be told so (glibc); any other goes on as it is."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES) and mallopt(_M_MMAP_THRESHOLD, _LARGEST_BYTES))


def small_for_each_line() -> None:
    """asyncio clears 256 kB for every TLS connection, which it has until it ends: of the 1,200 lines of 300
    gates 340 MB, and half of the processor's time when they all come at once."""
    SSLProtocol.max_size = _READ_BYTES
