"""CPU of the commands that are run by hand or by a monitor, as the kernel counts it for the child process."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5


def measure(arguments: list[str], folder: Path, database: str) -> float:
    """Median CPU seconds (user and system) of `pullquote ARGUMENTS` in `folder`.

    Compiled modules are kept and the first run is dropped: an installed program does not compile itself each time.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PULLQUOTE_DATABASE_URL"] = database
    command = [sys.executable, "-m", "bot", *arguments]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    spent = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent)


def main() -> None:
    """Print one line a command; the database is the demo's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "bot", "demo", "--folder", str(folder)], check=True, capture_output=True)
        database = f"sqlite:///{folder / 'pullquote.db'}"
        for arguments in (["--help"], ["status"], ["status", "--json"]):
            print(f"pullquote {' '.join(arguments)}: {measure(arguments, folder, database) * 1000:.0f} ms of CPU")


if __name__ == "__main__":
    main()
