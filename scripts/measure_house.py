"""Figures of the house: `python scripts/measure_house.py [REV]` measures this tree, or a commit of it, one line each.

The standard library alone. A commit is read from git, nothing is checked out.
"""

import ast
import io
import math
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "adapters", "storage")
PLATFORMS = ("bluesky", "discord", "sandbox", "x")


def measure(root: Path) -> Iterator[tuple[str, str]]:
    """What is measured, and the figure."""
    files = {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in (root / room).rglob("*.py")
    }
    trees = {path: ast.parse(text) for path, text in files.items()}
    lines = {path: len(text.splitlines()) for path, text in files.items()}
    yield "lines of bot + adapters + storage", f"{sum(lines.values()):,}"
    for room in ROOMS:
        yield f"  {room}", f"{sum(count for path, count in lines.items() if path.parts[0] == room):,}"
    yield "files", str(len(files))
    yield "lines a file, p50 / p90 / max", show_spread(lines.values())
    yield "files over 300 lines", list_over(lines, 300)
    functions = list_functions(tree for path, tree in trees.items() if "migrations" not in path.parts)
    yield "lines a function but migrations, p50/p90/max", show_spread(functions)
    yield from measure_folders(files)
    yield from measure_contract(root, lines)
    for name in PLATFORMS:
        yield (
            f"lines of adapters/{name}",
            str(sum(n for path, n in lines.items() if path.parts[:2] == ("adapters", name))),
        )
    names = Counter(node.name for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    twice = sorted(name for name, count in names.items() if count > 1)
    yield (
        "class names that stand twice or more",
        f"{len(twice)} ({', '.join(twice)})" if len(twice) < 6 else str(len(twice)),
    )
    yield from measure_arrows(trees)


def show_spread(values: Iterable[int]) -> str:
    """Median, ninetieth percentile (nearest rank) and maximum."""
    ordered = sorted(values)
    return " / ".join(str(ordered[math.ceil(len(ordered) * share) - 1]) for share in (0.5, 0.9, 1))


def list_over(lines: dict[Path, int], most: int) -> str:
    over = sorted(f"{path.as_posix()} {count}" for path, count in lines.items() if count > most)
    return f"{len(over)} ({', '.join(over)})" if over else "0"


def list_functions(trees: Iterable[ast.Module]) -> list[int]:
    """The length of each function and method, from `def` to its last line, within others too."""
    functions = (
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions]


def measure_folders(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Modules a folder, without `__init__`."""
    folders = Counter(path.parent.as_posix() for path in files if path.stem != "__init__")
    largest = ", ".join(f"{folder} {count}" for folder, count in folders.most_common(3))
    yield "modules a folder, p50 / p90 / max", f"{show_spread(folders.values())} ({largest})"
    yield "modules in the root of bot", str(folders["bot"])


def measure_contract(root: Path, lines: dict[Path, int]) -> Iterator[tuple[str, str]]:
    """The contract stood in adapters/base.py once."""
    contract = [path for path in lines if path.parts[:2] == ("adapters", "contract")] or [Path("adapters/base.py")]
    yield "lines of the contract", str(sum(lines[path] for path in contract))
    if len(contract) > 1:
        yield "  adapter.py", str(lines[Path("adapters/contract/adapter.py")])
    protocols = {
        node.name: sum(isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) for each in node.body)
        for path in contract
        for node in ast.parse((root / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).startswith("Protocol") for base in node.bases)
    }
    yield (
        "methods of its protocols",
        f"{sum(protocols.values())} ({', '.join(f'{k} {v}' for k, v in protocols.items())})",
    )


# ---------------------------------------------------------------- arrows between the rooms of bot


def measure_arrows(trees: dict[Path, ast.Module]) -> Iterator[tuple[str, str]]:
    """Imports from one room of bot into another, pairs of rooms, and rooms that reach themselves.

    A room is a folder of bot/, or a module in its root.
    """
    modules = {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in trees if path.parts[0] == "bot"
    }
    arrows: Counter[tuple[str, str]] = Counter()
    for path, tree in trees.items():
        if path.parts[0] == "bot":
            here = name_room(".".join(path.with_suffix("").parts))
            there = (name_room(name) for name in list_imports(tree, modules))
            arrows.update((here, room) for room in there if room != here)
    pairs = set(arrows)
    yield "rooms of bot", str(len({room for pair in pairs for room in pair}))
    yield "arrows between rooms of bot: imports, pairs", f"{sum(arrows.values())}, {len(pairs)}"
    circles = find_circles(pairs)
    yield "rooms of bot in circles", f"{len(circles)} ({', '.join(circles)})" if circles else "0"
    back = sum(count for (here, there), count in arrows.items() if here in find_reached(there, pairs))
    yield "imports of bot that run back up", str(back)


def name_room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def list_imports(tree: ast.Module, modules: set[str]) -> set[str]:
    """The modules of bot that a module imports, within functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "bot":
            found |= {f"{node.module}.{each.name}" for each in node.names} | {node.module or ""}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return {name for name in found if name in modules and name != "bot"}


def find_reached(room: str, pairs: set[tuple[str, str]]) -> set[str]:
    """All rooms that arrows lead to from a room."""
    below = defaultdict(set)
    for here, there in pairs:
        below[here].add(there)
    reached: set[str] = set()
    ahead = set(below[room])
    while ahead:
        next_room = ahead.pop()
        if next_room not in reached:
            reached.add(next_room)
            ahead |= below[next_room]
    return reached


def find_circles(pairs: set[tuple[str, str]]) -> list[str]:
    """Rooms from which an arrow leads back to them."""
    return sorted(room for room in {here for here, _ in pairs} if room in find_reached(room, pairs))


# ---------------------------------------------------------------- run


def main(revisions: list[str]) -> None:
    """Measure a commit, or this tree."""
    if not revisions:
        show(ROOT)
        return
    archive = subprocess.run(["git", "archive", revisions[0], *ROOMS], cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S607
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
            tar.extractall(folder, filter="data")
        show(Path(folder))


def show(root: Path) -> None:
    for name, figure in measure(root):
        print(f"{name:44} {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
