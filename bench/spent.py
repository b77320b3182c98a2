"""What processes that still run have used: CPU and memory, as Linux counts them."""

import os
from pathlib import Path


def list_children() -> list[int]:
    """The processes that this one started and that run still."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text(encoding="ascii").split()]


def read_cpu_of_children() -> float:
    """Seconds, of their own and of the kernel for them."""
    return sum(_read_cpu(process) for process in list_children())


def read_peak_of_children() -> float:
    """MB that the largest of them held at most."""
    return max((_read_peak(process) for process in list_children()), default=0.0)


def _read_cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read_peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
