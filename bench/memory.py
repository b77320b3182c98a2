"""Resident memory of an idle bot with one Bluesky account, after its adapter was loaded and asked for a post.

The PDS is a port on loopback where nobody listens: the SDK is imported, its client is made, and the call fails.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIG = """
[pullquote]
name = "The Example Review"

[accounts.bluesky]
platform = "bluesky"
handle = "bench.example"
password = { env = "BENCH_PASSWORD" }
service = "http://localhost:9"
appview = "http://localhost:9"
"""
SECONDS = 12
"""Ticks enough to settle."""


def main() -> None:
    """Print one line. Linux only: the figure is the kernel's."""
    if sys.platform != "linux":
        print("memory of an idle bot: measured on Linux only")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        environment = os.environ | {"BENCH_PASSWORD": "none"}
        run = [sys.executable, "-m", "bot"]
        asked = [*run, "ask", "Do you still disavow links?", "--yes"]
        subprocess.run(asked, cwd=folder, env=environment, capture_output=True, check=False)
        bot = subprocess.Popen([*run, "run"], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
        try:
            time.sleep(SECONDS)
            status = Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
            loaded = "libipld" in Path(f"/proc/{bot.pid}/maps").read_text(encoding="utf-8", errors="replace")
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait(timeout=30)
    kib = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    sdk = "its SDK is loaded" if loaded else "WITHOUT its SDK: no figure"
    print(f"memory of an idle bot with Bluesky: {kib / 1024:.0f} MiB resident ({sdk})")


if __name__ == "__main__":
    main()
