"""Make `.venv` and install what the lock files pin, with hashes: `python scripts/set_up.py runtime|dev|site`.

Runs on the system's own Python with its standard library alone. A stamp in the environment, the hash of everything
that was installed from, makes the second run do nothing.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / os.environ.get("VENV", ".venv")
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {
    "runtime": ("build.txt", "runtime.txt"),
    "dev": ("build.txt", "dev.txt"),
    "site": ("build.txt", "dev.txt", "docs.txt"),
}
"""By level; each holds all of those above it."""
OLDEST, NEWEST = (3, 11), (3, 13)


def say(text: str) -> None:
    print(f"pullquote: {text}", flush=True)


def compute_stamp(level: str) -> str:
    """The hash of all that this level is installed from."""
    digest = hashlib.sha256(str(ROOT).encode())
    for file in (*(ROOT / "requirements" / name for name in LOCKS[level]), ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stamp_file(level: str) -> Path:
    return ENVIRONMENT / f"installed-{level}"


def is_installed(level: str) -> bool:
    """Whether this level stands, or one that holds all of it."""
    files = [(name, stamp_file(name)) for name in list(LOCKS)[list(LOCKS).index(level) :]]
    return PYTHON.exists() and any(file.exists() and file.read_text() == compute_stamp(name) for name, file in files)


def run_pip(*arguments: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments], check=True)


def make_environment() -> None:
    if PYTHON.exists():
        return
    say(f"making {ENVIRONMENT.name} with Python {sys.version.split()[0]}")
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    except subprocess.CalledProcessError:
        sys.exit("pullquote: this Python cannot make an environment; on Debian: apt-get install python3-venv")


def install(level: str) -> None:
    make_environment()
    for file in ENVIRONMENT.glob("installed-*"):
        file.unlink()
    for name in LOCKS[level]:
        count = (ROOT / "requirements" / name).read_text().count("==")
        say(f"installing up to {count} pinned packages with hashes (requirements/{name})")
        run_pip("--require-hashes", "--requirement", str(ROOT / "requirements" / name))
    say("installing pullquote itself, editable")
    run_pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp_file(level).write_text(compute_stamp(level))


def main() -> None:
    level = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(f"pullquote: needs Python 3.11 to 3.13, this is {sys.version.split()[0]}; try: make PYTHON=python3.12")
    if not is_installed(level):
        try:
            install(level)
        except subprocess.CalledProcessError as error:
            sys.exit(f"pullquote: pip ended with exit code {error.returncode}; what it says stands above")


if __name__ == "__main__":
    main()
