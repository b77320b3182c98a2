"""The first chart of a process, as a picture: CPU time with all that is imported for it."""

import statistics
import subprocess
import sys

from bench.table import Figure, Figures

RUNS = 5
CODE = """
import time
import bot.digest.files
from bot.digest.page.document import Bars
bars = Bars(("Never", "Not any more", "Every quarter"), (("Discord, Desk", (4, 40, 11)), ("X, desk", (3, 9, 1))), "")
began = time.process_time()
from bot.digest.formats.chart import draw_png
draw_png(bars)
print(time.process_time() - began)
"""


def main() -> Figures:
    """Print one line."""
    spent = [
        float(subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    first = statistics.median(spent) * 1000
    print(f"the first chart: {first:.0f} ms of CPU; aim: 60")
    return {"the first chart": Figure(first)}


if __name__ == "__main__":
    main()
