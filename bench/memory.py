"""Resident memory of an idle bot with accounts on Bluesky, Discord and X, after each was asked for a post.

Each network is a port on loopback where nobody listens: the SDK is imported, its client is made, and the call fails.
Bytecode is kept, as where it is installed: to compile modules leaves 7 MiB, so the first run is the dearest. rich,
which a tool of the developers brings, is kept out: structlog would import it (13 MiB) where no user has it.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.table import CannotRun, Figure, Figures

CONFIG = """
[pullquote]
name = "The Example Review"

[accounts.bluesky]
platform = "bluesky"
handle = "bench.example"
password = { env = "BENCH_PASSWORD" }
service = "http://localhost:9"
appview = "http://localhost:9"
directory = "http://localhost:9"

[accounts.discord]
platform = "discord"
token = { env = "BENCH_TOKEN" }
api = "http://localhost:9"
gateway = "ws://localhost:9"

[accounts.x]
platform = "x"
handle = "bench"
user_id = "12"
app_owner = "bench"
consumer_key = { env = "BENCH_PASSWORD" }
consumer_secret = { env = "BENCH_PASSWORD" }
access_token = { env = "BENCH_PASSWORD" }
access_token_secret = { env = "BENCH_PASSWORD" }
api = "http://localhost:9"
"""
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.bench0.bench_bench_bench_bench_bench_bench"
"""Of nobody: a number in base64, and two parts as long as Discord's."""
LIBRARIES = {"libipld": "atproto", "_http_parser": "aiohttp"}
"""What is in memory only where an SDK is."""
WITHOUT_RICH = """
import sys
sys.modules["rich"] = None
from bot.cli.main import main
main(["run"])
"""
SECONDS = 12
"""Ticks enough to settle, once the SDKs are loaded."""
TRIES = 60


def wait_for_libraries(maps: Path) -> list[str]:
    """The SDKs that are not loaded yet when TRIES seconds are over."""
    for _ in range(TRIES):
        mapped = maps.read_text(encoding="utf-8", errors="replace")
        if all(library in mapped for library in LIBRARIES):
            return []
        time.sleep(1)
    return [sdk for library, sdk in LIBRARIES.items() if library not in mapped]


def main() -> Figures:
    """Print one line. Linux only: the figure is the kernel's."""
    if sys.platform != "linux":
        raise CannotRun("measured on Linux only")
    root = str(Path(__file__).parents[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        environment = os.environ | {"BENCH_PASSWORD": "none", "BENCH_TOKEN": TOKEN, "PYTHONPATH": root}
        run = [sys.executable, "-m", "bot"]
        for account in ("bluesky", "discord:123", "x"):
            asked = [*run, "ask", "Do you still disavow links?", "--account", account, "--yes"]
            subprocess.run(asked, cwd=folder, env=environment, capture_output=True, check=False)
        running = [sys.executable, "-c", WITHOUT_RICH]
        bot = subprocess.Popen(running, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
        try:
            missing = wait_for_libraries(Path(f"/proc/{bot.pid}/maps"))
            time.sleep(SECONDS)
            status = Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait(timeout=30)
    kib = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    if missing:
        raise CannotRun(f"{', '.join(missing)} were not loaded: no figure of an idle bot")
    print(f"memory of an idle bot with Bluesky, Discord and X: {kib / 1024:.0f} MiB resident; aim: 120")
    return {"idle with Bluesky, Discord and X": Figure(kib / 1024)}


if __name__ == "__main__":
    main()
