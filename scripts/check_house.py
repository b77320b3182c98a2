"""Hold the house: `python scripts/check_house.py [ROOT]` prints what breaks a rule of the tree, and exits with 1 then.

What ruff, mypy and import-linter cannot see. Each rule is a function from the root of a tree to sentences
"file:line: what is wrong; what to do". The standard library alone: nothing of ours is imported.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOMS = ("bot", "adapters", "storage")
OURS = (*ROOMS, "tests", "bench", "scripts", "docs", "requirements")

MODULES_A_FOLDER = 15
ONE_A_COMMAND = ("bot/cli", "bot/commands")
"""Folders that may hold more modules: one for each command."""

LINES_A_FILE = 300
LONGER = ("storage/models.py", "storage/migrations")
"""All tables can be read in one place, and a migration is never touched again."""

SAME_THING = {
    "Reply": "the row, and what an adapter gives for it",
    "Author": "the row, and what an adapter gives for it",
    "Tally": "the row, and what an adapter gives for it",
    "Account": "the row, and what a command shows of it",
}
"""Class names that may stand twice, once as a row, and why."""

AT_THE_DOOR = ("__init__", "__main__", "app", "context", "lazy", "run", "steps", "log")
"""All that stands in the root of bot/."""

ASKS_THE_DATABASE = {"add", "add_all", "delete", "execute", "flush", "get", "get_one", "merge", "refresh", "scalar"}
ASKS_THE_DATABASE |= {"scalars", "stream", "stream_scalars"}
"""What only storage/ calls on a session."""

WRITES = {
    "bot/cli/parts/terminal.py": "cleans whatever is shown",
    "bot/log/__init__.py": "the stream of the logs, whose lines it cleans",
    "bot/filter/assess.py": "JSON lines for programs, escaped",
    "adapters/sandbox/serve.py": "its own address, for the process that started it",
}
"""Who may write to a terminal, and what: names, links and answers of strangers could steer it."""

TO_A_TERMINAL = {
    "click": {"echo", "secho", "echo_via_pager", "prompt", "confirm", "style", "progressbar", "pause", "clear", "edit"},
    "sys": {"stdout", "stderr", "__stdout__", "__stderr__"},
    "os": {"write"},
    "builtins": {"print"},
    "traceback": {"print_exc", "print_exception", "print_stack", "print_tb"},
    "pprint": {"pprint", "pp"},
}
"""By module, what writes there."""

ADAPTER_LINES, CONTRACT_LINES = 150, 600
ADAPTER_METHODS = 11
HOST_METHODS = ("now", "load", "save", "exclusive", "spend", "settle", "hint")

Told = Iterator[str]


# ---------------------------------------------------------------- reading the tree


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def list_modules(root: Path, *folders: str) -> list[Path]:
    """All Python files of these folders."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def name_file(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def stands_in(name: str, places: tuple[str, ...]) -> bool:
    """Whether a file is one of `places` or within one."""
    return any(name == place or name.startswith(f"{place}/") for place in places)


# ---------------------------------------------------------------- the rules


def check_folders(root: Path) -> Told:
    """A folder holds few modules."""
    folders = defaultdict(list)
    for path in list_modules(root, *ROOMS):
        if path.stem != "__init__":
            folders[name_file(root, path.parent)].append(path)
    for folder, modules in folders.items():
        if len(modules) > MODULES_A_FOLDER and folder not in ONE_A_COMMAND:
            yield f"{folder}:1: {len(modules)} modules, at most {MODULES_A_FOLDER}; give a part of them a folder"


def check_lengths(root: Path) -> Told:
    """A file is short."""
    for path in list_modules(root, *ROOMS):
        name, lines = name_file(root, path), count_lines(path)
        if lines > LINES_A_FILE and not stands_in(name, LONGER):
            yield f"{name}:{LINES_A_FILE}: {lines} lines, at most {LINES_A_FILE}; take out what has a name of its own"


def check_class_names(root: Path) -> Told:
    """A class name stands once, or for the row and the value of one thing."""
    found = defaultdict(list)
    for path in list_modules(root, *ROOMS):
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(f"{name_file(root, path)}:{node.lineno}")
    for name, places in found.items():
        rows = [place for place in places if place.startswith("storage/models.py:")]
        if len(places) > 1 and not (name in SAME_THING and len(places) == 2 and len(rows) == 1):
            first, *others = places
            yield f"{others[-1]}: class {name} stands at {first} too; name one of them by what differs"


def check_statements(root: Path) -> Told:
    """Statements are built and executed in storage/ alone."""
    for path in list_modules(root, "bot"):
        name = name_file(root, path)
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Import | ast.ImportFrom) and _imports_sqlalchemy(node):
                yield f"{name}:{node.lineno}: imports sqlalchemy; ask a function of storage/"
            elif isinstance(node, ast.Attribute) and node.attr in ASKS_THE_DATABASE and _is_session(node.value):
                yield f"{name}:{node.lineno}: session.{node.attr}; make it a function of storage/"


def _imports_sqlalchemy(node: ast.Import | ast.ImportFrom) -> bool:
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
    return any(module.split(".")[0] == "sqlalchemy" for module in modules)


def _is_session(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ("session", "_session")


def check_terminal(root: Path) -> Told:
    """One function writes to the terminal, so that nothing of a stranger reaches it as it came."""
    for path in list_modules(root, *ROOMS):
        name = name_file(root, path)
        for node in ast.walk(parse(path)) if name not in WRITES else ():
            for found in _find_writing(node):
                yield f"{name}:{node.lineno}: {found} writes to the terminal; use show of bot/cli/parts/terminal.py"


def _find_writing(node: ast.AST) -> Iterator[str]:
    """What a node names or imports of `TO_A_TERMINAL`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.attr in TO_A_TERMINAL.get(node.value.id, ()):
            yield f"{node.value.id}.{node.attr}"
    elif isinstance(node, ast.ImportFrom):
        of = TO_A_TERMINAL.get(node.module or "", ())
        yield from (f"{node.module}.{each.name}" for each in node.names if each.name in of)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        yield "print"


def check_contract(root: Path) -> Told:
    """The contract of a platform fits a page."""
    folder = root / "adapters/contract"
    file = folder / "adapter.py"
    name, lines = name_file(root, file), count_lines(file)
    if lines > ADAPTER_LINES:
        yield f"{name}:{ADAPTER_LINES}: {lines} lines, at most {ADAPTER_LINES}; what few need goes to optional.py"
    total = sum(count_lines(path) for path in folder.rglob("*.py"))
    if total > CONTRACT_LINES:
        yield f"adapters/contract:1: {total} lines, at most {CONTRACT_LINES}; a platform's own matters are its folder's"
    for node in parse(file).body:
        if isinstance(node, ast.ClassDef) and node.name in ("Adapter", "Host"):
            yield from _check_protocol(name, node)


def _check_protocol(name: str, protocol: ast.ClassDef) -> Told:
    methods = [node.name for node in protocol.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    where = f"{name}:{protocol.lineno}:"
    if protocol.name == "Adapter" and len(methods) != ADAPTER_METHODS:
        yield f"{where} Adapter has {len(methods)} methods, not {ADAPTER_METHODS}; what few can goes to optional.py"
    if protocol.name == "Host" and sorted(methods) != sorted(HOST_METHODS):
        differs = sorted(set(methods) ^ set(HOST_METHODS))
        yield f"{where} Host is {', '.join(HOST_METHODS)}, but for {', '.join(differs)}; what forms need is FormHost's"


def check_door(root: Path) -> Told:
    """What is not the door, the wiring or the process has a room."""
    for path in sorted((root / "bot").glob("*.py")):
        if path.stem not in AT_THE_DOOR:
            yield f"bot/{path.name}:1: stands in the root of bot/; move it to the room it belongs to"


# ---------------------------------------------------------------- names of modules and files in strings

_ROOTS = "|".join(OURS)
_DOTTED = re.compile(r"(?<![\w./-])(?:bot|adapters|storage|tests|bench)(?:\.[A-Za-z_]\w*)+(?![\w/-])")
_IMPORT = re.compile(rf"from ((?:{_ROOTS})(?:\.\w+)*) import ([\w, ]+)")
_PATH = re.compile(rf"(?<![\w./-])(?:[ab]/)?((?:{_ROOTS})/[\w./-]*\w)(?:::(\w+))?")
_PREFIXED = re.compile(r"\$\(addprefix (\S+),([^)]+)\)")

TEXTS = (".md", ".toml", ".patch", ".mako", ".yml", ".yaml", "")
MADE_LATER = ("tests/servers/bluesky/devnet/node_modules", "tests/bot/digest/browser/node_modules",
              "bot/words/pl.toml", "bot/words/fr.toml")  # fmt: skip
"""What an installation makes, or a test in a copy of the tree."""

MADE_UP = "tests/house"
"""Where names are wrong on purpose: the tests of these rules."""

OTHERS = {
    "bench.example": "a host of the benches",
    "bot.publish": "a logger's name in a test",
    "bot.reply": "the fixture `bot`",
    "bot.tick": "the fixture `bot`",
}
"""Strings that look like names of ours and are none, and what they are."""


def check_names_in_strings(root: Path) -> Told:
    """What strings, comments, docs, the Makefile and patches call by name is there."""
    for path in list_texts(root):
        if stands_in(name_file(root, path), (MADE_UP,)):
            continue
        name, whole = name_file(root, path), path.read_text(encoding="utf-8")
        if not find_missing(root, whole):
            continue  # to look at strings alone takes ten times as long
        for begins, text in read_strings(path) if path.suffix == ".py" else [(1, whole)]:
            for start, missing in find_missing(root, text):
                line = begins + text.count("\n", 0, start)
                yield f"{name}:{line}: {missing} is not there; write where it stands now"


def list_texts(root: Path) -> Iterator[Path]:
    """All files in which something of ours may be named."""
    for top in sorted(root.iterdir()):
        for path in sorted(top.rglob("*")) if top.name in (*OURS, ".ci") else (top,):
            seen = path.is_file() and not {"node_modules", "__pycache__"} & set(path.parts)
            if seen and path.suffix in (".py", *TEXTS) and path.name not in (".git", "package-lock.json"):
                yield path


def read_strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings and comments of a module, each with its line number."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if "#" in line:
            yield number, line.partition("#")[2]


def find_missing(root: Path, text: str) -> list[tuple[int, str]]:
    """Dotted names, imports and paths of ours in a text that lead nowhere, each with its offset."""
    dotted = [(found.start(), found[0]) for found in _DOTTED.finditer(text)]
    for found in _IMPORT.finditer(text):
        dotted += [(found.start(), f"{found[1]}.{name.split()[0]}") for name in found[2].split(",") if name.strip()]
    missing = [(at, name) for at, name in dotted if name not in OTHERS and not leads_somewhere(root, name)]
    for found in _PATH.finditer(text):
        path, test = found.groups()
        if not (root / path).exists() and not stands_in(path, MADE_LATER):
            missing.append((found.start(), path))
        elif test not in (None, "NAME") and test not in list_names(root / path):
            missing.append((found.start(), f"{path}::{test}"))
    for found in _PREFIXED.finditer(text):
        paths = [found[1] + name for name in found[2].replace("\\", " ").split()]
        missing += [(found.start(), path) for path in paths if not (root / path).exists()]
    return missing


def leads_somewhere(root: Path, dotted: str) -> bool:
    """Whether a dotted name is a module, a folder, or a name that a module has."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        place = root.joinpath(*parts[:count])
        file = place.with_suffix(".py") if place.with_suffix(".py").is_file() else place / "__init__.py"
        if count == len(parts) and (file.is_file() or place.is_dir() or (root / dotted).exists()):
            return True
        if file.is_file():
            return parts[count].startswith("__") or parts[count] in list_names(file)
    return False


@cache
def list_names(path: Path) -> frozenset[str]:
    """All names that a module defines or imports."""
    names = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
    return frozenset(names)


RULES: tuple[Callable[[Path], Told], ...] = (
    check_folders,
    check_lengths,
    check_class_names,
    check_statements,
    check_terminal,
    check_contract,
    check_door,
    check_names_in_strings,
)


def main(root: Path) -> int:
    """Print what breaks a rule; answer how many did."""
    told = [sentence for rule in RULES for sentence in rule(root)]
    for sentence in told:
        print(sentence)
    print(f"pullquote: the house is {'in order' if not told else f'not in order: {len(told)} to mend'}")
    return len(told)


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve())))
