"""What the machine is, how busy it is, and what a process uses of it. Linux: all from proc(5)."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def description(folder: Path) -> str:
    """Processor, memory, versions, and the kind of disk that the journals of this run lie on."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    from importlib.metadata import version  # megabytes, which would count as those of what is measured

    qt = version("PySide6-Essentials")
    versions = f"Python {platform.python_version()}, Qt {qt}, SQLite {sqlite3.sqlite_version}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory_gb:.0f} GB; {_file_system(folder)}; {versions}"


def load() -> str:
    """How many programs wanted to run in the last minute; on a quiet machine only this one."""
    return f"load {os.getloadavg()[0]:.1f}"


def cpu_s(pid: int) -> float:
    """Processor seconds of a process and all its threads so far, in user and kernel mode."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = after_name[11:13]  # fields 14 and 15; the name is field 2
    return (int(user) + int(system)) / _TICKS_PER_S


def resident_mb(pid: int | str = "self") -> float:
    """Memory of a process that lies in RAM."""
    return float(_field(Path(f"/proc/{pid}/status"), "VmRSS").split()[0]) / 1024


def peak_mb(pid: int | str = "self") -> float:
    """The most that ever lay in RAM of this program. `getrusage` would also count whoever started it."""
    return float(_field(Path(f"/proc/{pid}/status"), "VmHWM").split()[0]) / 1024


def _processor() -> str:
    return _field(Path("/proc/cpuinfo"), "model name")


def _field(file: Path, name: str) -> str:
    """The value after "name:"; empty if there is no such line (some processors have no name there)."""
    lines = (line.partition(":") for line in file.read_text().splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")


def _file_system(folder: Path) -> str:
    """On tmpfs a commit costs nothing, and the figures would mean nothing."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    holding = [(point, kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(holding, key=lambda mount: len(mount[0]))[1]
