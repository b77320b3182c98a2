"""Install the real Bluesky servers for `pytest -m bluesky`: node, PostgreSQL, Redis, and the pinned npm packages.

Needs a Debian or Ubuntu whose node is 20; takes about two minutes once and 400 MB in tests/servers/bluesky/devnet/node_modules.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "devnet"
STAMP = FOLDER / "node_modules" / ".installed-from"
COMPILED = FOLDER / "node_modules" / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node"


def find_missing_packages() -> list[str]:
    """The apt packages of those programs that are not there."""
    wanted = {
        "nodejs": shutil.which("node"),
        "npm": shutil.which("npm"),
        "redis-server": shutil.which("redis-server"),
        "postgresql": shutil.which("postgres") or any(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        "g++": shutil.which("g++"),  # better-sqlite3 compiles
        "make": shutil.which("make"),
    }
    return [package for package, found in wanted.items() if not found]


def install_packages(packages: list[str]) -> None:
    """Install with apt, as root or through sudo."""
    apt = shutil.which("apt-get")
    if apt is None:
        sys.exit(f"missing: {', '.join(packages)}; there is no apt-get here, install them by hand")
    command = [apt] if os.geteuid() == 0 else ["sudo", apt]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "update", "-q"], check=True, env=environment)
    subprocess.run([*command, "install", "-qy", "--no-install-recommends", *packages], check=True, env=environment)


def install_servers() -> None:
    """`npm ci` where the lock file has changed since the last time."""
    lock = (FOLDER / "package-lock.json").read_text()
    if COMPILED.exists() and STAMP.exists() and STAMP.read_text() == lock:
        return
    environment = dict(os.environ)
    prefix = Path(shutil.which("node")).resolve().parents[1]
    if (prefix / "include" / "node" / "node.h").exists():
        environment["npm_config_nodedir"] = str(prefix)  # compile with the headers that are here
    subprocess.run(["npm", "ci"], cwd=FOLDER, check=True, env=environment)
    if not COMPILED.exists():
        sys.exit("npm did not compile better-sqlite3: does it allow its install script (allowScripts in package.json)?")
    STAMP.write_text(lock)


if __name__ == "__main__":
    if missing := find_missing_packages():
        install_packages(missing)
    install_servers()
