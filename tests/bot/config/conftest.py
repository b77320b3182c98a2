import os
from textwrap import dedent

import pytest

from bot.config import ConfigError, load_config


@pytest.fixture(autouse=True)
def no_variables_of_this_machine(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path):
    """Write config.toml and return its path."""

    def write(text, name="config.toml"):
        path = tmp_path / name
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write


@pytest.fixture
def refuse(write):
    """Load a config that is wrong and return what is told, without the path."""

    def refuse(text):
        path = write(text)
        with pytest.raises(ConfigError) as caught:
            load_config(path)
        return [
            str(problem).replace(f"{path}:", "").replace(str(path.parent), "FOLDER")
            for problem in caught.value.problems
        ]

    return refuse
