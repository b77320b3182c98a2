"""An adapter in a package of its own is installed, found by its entry point, and passes the suite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent / "pullquote_noticeboard"
ROOT = PACKAGE.parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The variables of a process in which the package is installed."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(PACKAGE)], check=True)
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(target), str(ROOT)])}


def test_the_registry_lists_it(environment):
    ask = "from adapters.registry import installed; print(*installed())"
    answer = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert "noticeboard" in answer.stdout.split()


def test_it_passes_the_suite(environment, tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    run = subprocess.run(
        [*command, "-c", str(PACKAGE / "pyproject.toml"), str(PACKAGE / "tests")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout
