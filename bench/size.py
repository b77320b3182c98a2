"""What the base install takes: the packages that pullquote needs without an extra, as they are installed here.

By the bytes of their files, each module with its bytecode, and by the blocks that these take where one has 4 KiB.
pullquote itself, pip and Python are no part of it.
"""

import importlib.metadata
import importlib.util
import marshal
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.table import Figure, Figures

BLOCK = 4_096
MB = 1_000_000
SHOWN = 8
HEAD = 16
"""Bytes of a file of bytecode before the code."""


def list_needed(name: str, extras: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """The packages that one asks for itself, and the extras of each."""
    for line in importlib.metadata.requires(name) or ():
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras or ("",)):
            yield canonicalize_name(needed.name), frozenset(needed.extras)


def find_packages() -> set[str]:
    """Their names, with those that others bring."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [*list_needed("pullquote")]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += list_needed(*each)
    return {name for name, _ in found}


def list_sizes(name: str) -> Iterator[int]:
    """Bytes of each file of a package; bytecode that is not written yet is compiled."""
    for file in importlib.metadata.files(name) or ():
        path = Path(str(file.locate()))
        if path.suffix == ".pyc" or not path.is_file():
            continue
        yield path.stat().st_size
        if path.suffix == ".py":
            yield _measure_bytecode(path)


def _measure_bytecode(path: Path) -> int:
    written = Path(importlib.util.cache_from_source(str(path)))
    if written.is_file():
        return written.stat().st_size
    try:
        return len(marshal.dumps(compile(path.read_bytes(), path, "exec", dont_inherit=True))) + HEAD
    except (SyntaxError, ValueError):  # a template, or a module for another version of Python
        return 0


def main() -> Figures:
    """Print two lines."""
    sizes = {name: list(list_sizes(name)) for name in find_packages()}
    bytes_ = {name: sum(each) for name, each in sizes.items()}
    blocks = sum(-(-size // BLOCK) * BLOCK for each in sizes.values() for size in each)
    total = sum(bytes_.values())
    print(f"base install: {total / MB:.0f} MB, {blocks / MB:.0f} as blocks on disk, {len(sizes)} packages; aim: 280")
    largest = sorted(bytes_, key=lambda name: -bytes_[name])[:SHOWN]
    print(f"  the largest: {', '.join(f'{name} {bytes_[name] / MB:.1f}' for name in largest)}")
    return {"base install": Figure(total / MB, blocks / MB)}


if __name__ == "__main__":
    main()
