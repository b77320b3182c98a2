"""The adapter in docs/writing-an-adapter.md is complete: installed from the page's own blocks, it passes the suite."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/writing-an-adapter.md"
BLOCK = re.compile(r"^```\w+\n# (?P<file>[\w.]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The folder of the package: each block is a file, or goes on with the file of the same name."""
    folder = tmp_path_factory.mktemp("package")
    files = {}
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        files.setdefault(block["file"], []).append(block["text"])
    for name, texts in files.items():
        (folder / name).write_text("\n\n".join(texts), encoding="utf-8")
    assert files.keys() == {"pyproject.toml", "pullquote_wall.py", "test_wall.py"}
    return folder


@pytest.fixture(scope="module")
def environment(package, tmp_path_factory):
    """The variables of a process in which the package is installed."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(package)], check=True)
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(target), str(ROOT)])}


def test_it_passes_the_suite(package, environment, tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--import-mode=importlib"]
    run = subprocess.run(
        [*command, "-c", str(package / "pyproject.toml"), str(package / "test_wall.py")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout


def test_it_imports_from_the_doors_that_are_meant_for_others(package):
    text = "".join((package / name).read_text(encoding="utf-8") for name in ("pullquote_wall.py", "test_wall.py"))
    imported = set(re.findall(r"^from (adapters\.[\w.]+)", text, re.MULTILINE))
    assert imported == {"adapters.base", "adapters.errors", "adapters.registry", "adapters.testing"}
