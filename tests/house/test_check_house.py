"""Each rule of the house was broken once: a small tree that keeps all of them, and what one change makes of it."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.filter.rules_hash import FOLDERS

ROOT = Path(__file__).parents[2]


def load_script():
    spec = importlib.util.spec_from_file_location("check_house", ROOT / "scripts/check_house.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


house = load_script()

METHODS = (
    "capabilities",
    "__aenter__",
    "__aexit__",
    "identify",
    "prepare",
    "publish",
    "find",
    "collect",
    "tally",
    "refresh",
    "look_up",
)
HOST = ("now", "load", "save", "exclusive", "spend", "settle", "hint")


def protocol(name, methods):
    return f"class {name}:\n" + "".join(f"    def {method}(self): ...\n" for method in methods)


IN_ORDER = {
    "bot/app.py": "from storage.engine import Store\n",
    "bot/cli/ask.py": '"""Asks."""\n',
    "bot/posts/publish.py": "def publish(session):\n    return session.begin()\n",
    "storage/models.py": "class Reply: ...\n",
    "storage/engine.py": "class Store: ...\n",
    "adapters/contract/reading.py": "class Reply: ...\n",
    "adapters/contract/adapter.py": protocol("Host", HOST) + protocol("Adapter", METHODS),
    "tests/bot/test_posts.py": "def test_it_is_sent(): ...\n",
    "Makefile": "test:\n\tpytest $(addprefix tests/,bot)\n",
}


@pytest.fixture
def spoil(tmp_path):
    """Write files into the small tree and answer what the house says of it."""

    def spoil(files):
        for name, text in (IN_ORDER | files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        house.parse.cache_clear()
        house.list_names.cache_clear()
        return [sentence for rule in house.RULES for sentence in rule(tmp_path)]

    return spoil


def test_the_small_tree_is_in_order(spoil):
    assert spoil({}) == []


BROKEN = {
    "a printing command": (
        {"bot/cli/ask.py": "import click\n\ndef ask(name):\n    click.echo(name)\n"},
        "bot/cli/ask.py:4: click.echo writes to the terminal; use show of bot/cli/parts/terminal.py",
    ),
    "a step that prints": (
        {"bot/posts/publish.py": "def publish(name):\n    print(name)\n"},
        "bot/posts/publish.py:2: print writes to the terminal; use show of bot/cli/parts/terminal.py",
    ),
    "an echo by another name": (
        {"bot/posts/publish.py": "from click import secho as tell\n"},
        "bot/posts/publish.py:1: click.secho writes to the terminal; use show of bot/cli/parts/terminal.py",
    ),
    "a stream of its own": (
        {"storage/engine.py": "import sys\n\ndef warn(name):\n    sys.stderr.write(name)\n"},
        "storage/engine.py:4: sys.stderr writes to the terminal; use show of bot/cli/parts/terminal.py",
    ),
    "a folder of sixteen": (
        {f"bot/posts/m{number}.py": "" for number in range(15)},
        "bot/posts:1: 16 modules, at most 15; give a part of them a folder",
    ),
    "a long file": (
        {"storage/engine.py": "class Store: ...\n" + "\n" * 300},
        "storage/engine.py:300: 301 lines, at most 300; take out what has a name of its own",
    ),
    "a class name twice": (
        {"bot/app.py": "class Store: ...\n"},
        "storage/engine.py:1: class Store stands at bot/app.py:1 too; name one of them by what differs",
    ),
    "a value twice beside its row": (
        {"bot/app.py": "class Reply: ...\n"},
        "storage/models.py:1: class Reply stands at adapters/contract/reading.py:1 too; name one of them by what differs",
    ),
    "a statement that is built": (
        {"bot/posts/publish.py": "from sqlalchemy import select\n"},
        "bot/posts/publish.py:1: imports sqlalchemy; ask a function of storage/",
    ),
    "a part of sqlalchemy": (
        {"bot/posts/publish.py": "import sqlalchemy.exc\n"},
        "bot/posts/publish.py:1: imports sqlalchemy; ask a function of storage/",
    ),
    "a statement that is executed": (
        {"bot/posts/publish.py": "async def count(session):\n    return await session.scalar('')\n"},
        "bot/posts/publish.py:2: session.scalar; make it a function of storage/",
    ),
    "a row that is loaded": (
        {"bot/posts/publish.py": "async def load(self):\n    return await self._session.get(None, 1)\n"},
        "bot/posts/publish.py:2: session.get; make it a function of storage/",
    ),
    "a long page of the contract": (
        {"adapters/contract/adapter.py": IN_ORDER["adapters/contract/adapter.py"] + "\n" * 131},
        "adapters/contract/adapter.py:150: 151 lines, at most 150; what few need goes to optional.py",
    ),
    "a long contract": (
        {f"adapters/contract/{name}.py": "\n" * 290 for name in ("forms", "optional")},
        "adapters/contract:1: 601 lines, at most 600; a platform's own matters are its folder's",
    ),
    "a method more": (
        {"adapters/contract/adapter.py": protocol("Host", HOST) + protocol("Adapter", (*METHODS, "like"))},
        "adapters/contract/adapter.py:9: Adapter has 12 methods, not 11; what few can goes to optional.py",
    ),
    "another Host": (
        {"adapters/contract/adapter.py": protocol("Host", (*HOST[1:], "ask")) + protocol("Adapter", METHODS)},
        f"adapters/contract/adapter.py:1: Host is {', '.join(HOST)}, but for ask, now; what forms need is FormHost's",
    ),
    "a loose module": (
        {"bot/errands.py": ""},
        "bot/errands.py:1: stands in the root of bot/; move it to the room it belongs to",
    ),
    "a module in a string": (
        {"bot/app.py": "import importlib\nimportlib.import_module(f'bot.shell.{1}')\n"},
        "bot/app.py:2: bot.shell is not there; write where it stands now",
    ),
    "a name in a docstring": (
        {"bot/app.py": '"""As in\n`storage.engine.Shop`."""\n'},
        "bot/app.py:2: storage.engine.Shop is not there; write where it stands now",
    ),
    "an import in a script": (
        {"tests/bot/test_posts.py": "SCRIPT = 'from storage.engine import Store, Shop'\n"},
        "tests/bot/test_posts.py:1: storage.engine.Shop is not there; write where it stands now",
    ),
    "a path in a comment": (
        {"bot/app.py": "# see bot/errands.py\n"},
        "bot/app.py:1: bot/errands.py is not there; write where it stands now",
    ),
    "a test that has another name": (
        {"README.md": "tests/bot/test_posts.py::test_it_is_lost\n"},
        "README.md:1: tests/bot/test_posts.py::test_it_is_lost is not there; write where it stands now",
    ),
    "a patch of a moved file": (
        {"tests/spoilt.patch": "--- a/bot/send.py\n+++ b/bot/posts/publish.py\n"},
        "tests/spoilt.patch:1: bot/send.py is not there; write where it stands now",
    ),
    "a folder of the Makefile": (
        {"Makefile": "test:\n\tpytest $(addprefix tests/,bot \\\n\t\tmail)\n"},
        "Makefile:2: tests/mail is not there; write where it stands now",
    ),
    "a module of the integration": (
        {".ci/run": "python -m bot.shell\n"},
        ".ci/run:1: bot.shell is not there; write where it stands now",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_that_is_broken_says_where_and_what_to_do(spoil, name):
    files, says = BROKEN[name]
    assert spoil(files) == [says]


ALLOWED = {
    "a command each": {f"bot/cli/c{number}.py": "" for number in range(20)},
    "all tables in one file": {"storage/models.py": IN_ORDER["storage/models.py"] + "\n" * 500},
    "a package and fifteen modules": {"bot/posts/__init__.py": ""}
    | {f"bot/posts/m{number}.py": "" for number in range(14)},
    "a variable that is called bot": {"tests/bot/test_posts.py": "def test_it_is_sent(bot):\n    bot.tick()\n"},
    "statements in storage": {"storage/engine.py": "from sqlalchemy import select\nclass Store: ...\n"},
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_no_fault_is_not_told(spoil, name):
    assert spoil(ALLOWED[name]) == []


def test_the_script_says_how_many_and_fails(spoil, tmp_path):
    spoil({"bot/errands.py": ""})
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts/check_house.py", tmp_path], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[-1] == "pullquote: the house is not in order: 1 to mend"


def test_this_tree_is_in_order():
    assert "\n".join(sentence for rule in house.RULES for sentence in rule(ROOT)) == ""


# ---------------------------------------------------------------- the hash of the rules

CHANGE_EACH = """
import sys
from pathlib import Path
from bot.filter.rules_hash import hash_rules
folder = Path("bot/filter")
before = hash_rules()
heard = Path("bot/quotes/refusals")
new = [folder / "rules" / "new.py", folder / "rules" / "more" / "deep.py"]
for path in sorted([*(p for p in folder.rglob("*.*") if p.suffix != ".pyc"), *new, *heard.glob("*.*")]):
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((kept or b"") + b"# changed\\n")
    if hash_rules() != before:
        print(path.relative_to("bot").as_posix())
    path.unlink() if kept is None else path.write_bytes(kept)
"""


@pytest.fixture(scope="module")
def files_of_the_hash(tmp_path_factory):
    """The files of bot/filter/ and bot/quotes/refusals/ whose change makes another hash, tried in a copy of the tree."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "bot", tree / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    ran = subprocess.run([sys.executable, "-c", CHANGE_EACH], cwd=tree, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_the_hash_covers_the_rules_whole_and_the_judge(files_of_the_hash):
    inside = (ROOT / "bot/filter" / name for name in FOLDERS)
    folders = (*inside, ROOT / "bot/quotes/refusals")
    rules = {path.relative_to(ROOT / "bot").as_posix() for folder in folders for path in folder.rglob("*.*")}
    rules = {path for path in rules if not path.endswith(".pyc")}
    assert {"filter/rules/weights.py", "quotes/refusals/phrases.toml"} < rules
    assert files_of_the_hash == rules | {
        f"filter/{path}" for path in ("judging.py", "rules/new.py", "rules/more/deep.py")
    }
