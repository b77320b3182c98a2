"""The container file, as far as it can be tried without an engine: what it copies is there and builds; it runs the bot."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def list_instructions(name: str) -> list[str]:
    return [line.removeprefix(name).strip() for line in LINES if line.startswith(f"{name} ")]


def list_copied() -> list[str]:
    """What is copied out of this folder into the image that builds."""
    return [source for line in list_instructions("COPY") if "--from" not in line for source in line.split()[:-1]]


def list_sent() -> set[str]:
    """The top of what `.dockerignore` lets through to the engine."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    return {line.removeprefix("!") for line in lines if line.startswith("!")}


def test_everything_that_is_copied_is_there_and_reaches_the_engine():
    for source in list_copied():
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] in list_sent(), source


def test_what_is_copied_is_enough_to_build_pullquote(tmp_path):
    for source in list_copied():
        target = tmp_path / "src" / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, target)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*build, str(tmp_path), str(tmp_path / "src")], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = zipfile.ZipFile(wheel).namelist()
    assert {"bot/words/de.toml", "bot/digest/formats/digest.html", "storage/migrations/env.py"} <= set(held)


def test_the_locks_that_it_installs_hold_hashes_and_no_addresses():
    for source in list_copied():
        if source.startswith("requirements/"):
            text = (ROOT / source).read_text(encoding="utf-8")
            assert "--hash=sha256:" in text
            assert "://" not in text


def test_it_runs_the_bot_as_nobody_special_in_its_only_volume():
    assert json.loads(list_instructions("ENTRYPOINT")[0]) + json.loads(list_instructions("CMD")[0]) == [
        "pullquote",
        "run",
    ]
    assert list_instructions("VOLUME") == ["/data"] == list_instructions("WORKDIR")[-1:]
    assert list_instructions("USER") == ["pullquote"]
    assert list_instructions("STOPSIGNAL") == ["SIGTERM"]
