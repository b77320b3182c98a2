"""CPU of the commands that are run by hand or by a monitor, as the kernel counts it for the child process.

The help of every command is set beside that of all, and `status` beside the import of the libraries under it.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Figure, Figures
from bot.cli.main import COMMANDS

RUNS = 5


LIBRARIES = "import sqlalchemy, sqlalchemy.orm, sqlalchemy.ext.asyncio, aiosqlite"


def measure(commands: dict[str, list[str]], folder: Path, database: str) -> dict[str, float]:
    """Median CPU seconds (user and system) of `python ARGUMENTS` in `folder`, by name; interleaved.

    The first run is dropped: modules are compiled in it.
    """
    environment = os.environ | {"PULLQUOTE_DATABASE_URL": database}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, arguments in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, *arguments]
            subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if run:
                spent[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: statistics.median(each) for name, each in spent.items()}


def main() -> Figures:
    """Print one line a command, and the ratios; the database is the demo's."""
    names = [name for section in COMMANDS.values() for name in section]
    helps = {f"{name} --help": ["-m", "bot", name, "--help"] for name in names}
    others = {
        "--help": ["-m", "bot", "--help"],
        "status": ["-m", "bot", "status"],
        "status --json": ["-m", "bot", "status", "--json"],
        "libraries": ["-c", LIBRARIES],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "bot", "demo", "--folder", str(folder)], check=True, capture_output=True)
        cost = measure(others | helps, folder, f"sqlite:///{folder / 'pullquote.db'}")
    for each in ("--help", "status", "status --json"):
        print(f"pullquote {each}: {cost[each] * 1000:.0f} ms of CPU")
    print(f"status ÷ importing sqlalchemy, orm, aiosqlite: {cost['status'] / cost['libraries']:.2f}; aim: 1.7")
    dearest = max(helps, key=lambda each: cost[each])
    print(f"COMMAND --help ÷ --help, at most: {cost[dearest] / cost['--help']:.2f} ({dearest}); aim: 2")
    milliseconds = {name: spent * 1000 for name, spent in cost.items()}
    return {
        "status": Figure(milliseconds["status"], milliseconds["libraries"]),
        "COMMAND --help, the dearest": Figure(milliseconds[dearest], milliseconds["--help"]),
    }


if __name__ == "__main__":
    main()
