"""The pages do not rot: what they link to, and what they name of the tree, is there."""

import ast
import inspect
import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import click
import pytest

from bot.cli.main import cli
from storage.models import Base
from tests.docs.pages import ABOUT_THE_TREE, PAGES, ROOT, list_anchors, list_code, list_links, name_page

TOP = r"(?:bot|adapters|storage|tests|docs|scripts|bench|requirements)"
PATH = re.compile(rf"(?<![\w./-])(?:{TOP}/|\.ci/)(?:[\w.*-]+/?)*(?:::[\w.]+)?")
ROOT_FILE = re.compile(
    r"(?<![\w./-])(?:[A-Z]+\.md|Makefile|Containerfile|pyproject\.toml|zensical\.toml|\.\w[\w.-]+ya?ml)(?![\w/])"
)
DOTTED = re.compile(r"(?<![\w./-])(?:bot|adapters|storage|tests)(?:\.\w+)+(?![\w/-])")
COMMAND = re.compile(r"^ *pullquote((?: --verbose)?(?: [a-z][a-z-]+)+)((?: [^|;#>\n]+)?)", re.MULTILINE)
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)")

every_page = pytest.mark.parametrize("page", PAGES, ids=name_page)
every_page_about_the_tree = pytest.mark.parametrize("page", ABOUT_THE_TREE, ids=name_page)


# ---------------------------------------------------------------- links


@every_page
def test_every_link_leads_to_a_page_that_is_there(page):
    missing = []
    for link in list_links(page):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in list_anchors(path)):
            missing.append(link)
    assert missing == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent != ROOT], ids=name_page)
def test_a_page_of_the_site_links_to_no_file_outside_of_it(page):
    outside = [
        link
        for link in list_links(page)
        if not re.match(r"[a-z]+:|#", link) and ROOT / "docs" not in (page.parent / link).resolve().parents
    ]
    assert outside == []


def test_every_page_is_reached_from_the_first():
    reached, ahead = set(), [ROOT / "docs/index.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        links = [link.partition("#")[0] for link in list_links(page) if not re.match(r"[a-z]+:|#", link)]
        ahead += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    assert {name_page(page) for page in (ROOT / "docs").rglob("*.md")} - {name_page(page) for page in reached} == set()


# ---------------------------------------------------------------- names


def pieces(page):
    """Code in sentences, and blocks but for programs, which are run or speak of their own things."""
    inline, blocks = list_code(page)
    return [*inline, *(text for language, text in blocks if language not in {"python", "toml"})]


@every_page_about_the_tree
def test_every_path_is_there(page):
    named = {match[0] for text in pieces(page) for match in PATH.finditer(text)}
    named |= {match[0] for text in pieces(page) for match in ROOT_FILE.finditer(text)}
    assert sorted(path for path in named if not path_exists(path)) == []


def path_exists(named):
    """A path, perhaps with `*`, perhaps with `::` and what a file defines."""
    path, _, name = named.rstrip(".").partition("::")
    if path in {"tests/…", "docs/reference"} or path.startswith("build/"):
        return True
    found = list(ROOT.glob(path.rstrip("/"))) if "*" in path else [ROOT / path]
    if not found or not all(each.exists() for each in found):
        return False
    return not name or name.split(".")[0] == "NAME" or name in list_definitions(found[0])


@cache
def list_definitions(path):
    """Functions, classes, methods (`Class.method`) and constants of a module."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.ClassDef):
            below = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
            found |= {f"{node.name}.{each.name}" for each in below}
    return found


@every_page_about_the_tree
def test_every_dotted_name_is_there(page):
    named = {match[0] for text in pieces(page) for match in DOTTED.finditer(text)}
    assert sorted(name for name in named if not name_exists(name)) == []


def name_exists(dotted):
    """A module, or what a module holds."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        try:
            if find_spec(module) is None:
                continue
        except ModuleNotFoundError:
            continue
        held = import_module(module) if length < len(parts) else None
        for name in parts[length:]:
            annotated = inspect.get_annotations(held) if isinstance(held, type) else {}
            if name in annotated:
                return True
            if not hasattr(held, name):
                return False
            held = getattr(held, name)
        return True
    return False


# ---------------------------------------------------------------- commands


@every_page_about_the_tree
def test_every_command_and_option_is_there(page):
    unknown = []
    for text in pieces(page):
        for match in COMMAND.finditer(text):
            words = [word for word in match[1].split() if word != "--verbose"]
            command, context = find_command(words)
            if command is None:
                unknown.append(match[0])
                continue
            known = {option for parameter in command.get_params(context) for option in parameter.opts}
            given = re.findall(r"(?<!\S)--[a-z-]+", match[2])
            unknown += [f"{words[0]} {option}" for option in given if option not in known]
    assert unknown == []


def find_command(words):
    """The command that these words name, as far down as groups go."""
    context, command = click.Context(cli), cli
    while isinstance(command, click.Group) and words:
        command, words = command.get_command(context, words[0]), words[1:]
        if command is None:
            return None, context
        context = click.Context(command, parent=context)
    return command, context


@every_page_about_the_tree
def test_every_target_of_make_is_there(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {match[1] for text in pieces(page) for match in TARGET.finditer(text)} - targets == set()


# ---------------------------------------------------------------- what a page promises to hold


def test_the_architecture_fits_a_page_and_draws_every_table():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert [name for name in Base.metadata.tables if not re.search(rf"\b{name}\b", text)] == []


def test_the_readme_stays_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_every_decision_is_listed_with_its_number():
    folder = ROOT / "docs/decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    listed = [link for link in list_links(folder / "index.md") if re.match(r"\d", link)]
    assert listed == records
    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for name in records:
        assert (folder / name).read_text(encoding="utf-8").startswith(f"# {name[:4]} ")
