"""One folder of weights from files of labelled replies: which file feeds what, and what nobody has to fit."""

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from bot.filter.fitting.rank import fit_rank
from bot.filter.fitting.sale import fit_sale
from bot.filter.fitting.style import fit_style
from bot.filter.judging import SHIPPED

Part = Literal["rank", "style", "sale"]
PARTS: tuple[Part, ...] = ("rank", "style", "sale")


class NoData(ValueError):
    """Files from which nothing can be fitted; the message names the file and what a line has to be."""


def fit(
    files: Sequence[Path], without: Sequence[str], out: Path, only: Sequence[Part] = (), *, sparse: bool = False
) -> tuple[Part, ...]:
    """Fit what the files hold data for (or of it *only* some) into the folder *out*; answers what was fitted.

    What is not fitted is copied from the weights that ship, unless it stands in *out* already: the folder is whole.
    sparse: the rank with weights of words, which are for whoever holds the data.
    Files alone are read, never the store: what people said on a platform trains nothing. Raises NoData.
    """
    kinds = {path: _find_kind(path) for path in files}
    wanted = [part for part in PARTS if part in kinds.values() and part in (only or PARTS)]
    if not wanted:
        missing = ", ".join(only) or "anything"
        raise NoData(f"no file holds replies from which {missing} can be fitted")
    out.mkdir(parents=True, exist_ok=True)
    for part in wanted:
        _fit_part(part, kinds, without, out, sparse=sparse)
    _complete(out)
    return tuple(wanted)


def _fit_part(part: Part, kinds: dict[Path, Part], without: Sequence[str], out: Path, *, sparse: bool) -> None:
    """Style sets machine texts against what people wrote, which labelled replies are."""
    taken = {part, "rank"} if part == "style" else {part}
    files = [path for path, kind in kinds.items() if kind in taken]
    try:
        if part == "rank":
            fit_rank(files, without, out, sparse=sparse)
        elif part == "style":
            fit_style(files, without, out)
        else:
            fit_sale(files, out)
    except KeyError as error:
        raise NoData(f"{', '.join(map(str, files))}: a line lacks {error}, which the {part} is fitted on") from error


def _find_kind(path: Path) -> Part:
    """Told by the first line: who wrote it (`style`), whether it is spam (no question), or how good it is."""
    row = next(iter(_read(path)), None)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise NoData(f"{path}, line 1: no JSON object with a text, and a label, grades or a style")
    if "style" in row:
        return "style"
    if "grades" not in row and "label" not in row:
        raise NoData(f"{path}, line 1: has neither label, grades nor style: nothing can be fitted on it")
    return "rank" if row.get("question") else "sale"


def _read(path: Path) -> Iterable[object]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise NoData(f"{path}, line 1: no JSON: {error}") from None


def _complete(out: Path) -> None:
    for path in sorted(SHIPPED.iterdir()):
        if path.suffix != ".md" and path.is_file() and not (out / path.name).exists():
            shutil.copyfile(path, out / path.name)
