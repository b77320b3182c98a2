"""Rules of other packages, found through entry points as platforms are.

A rule is a callable `rule(reply, question)` of two texts that answers `(weight, evidence)` pairs: weight in log-odds,
below zero it counts against the reply; evidence is text, best words of the reply. It ranks and never sets aside. What
goes wrong in it loses no reply: it is told once, and the reply is judged without it.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from bot.filter.values import CandidateSpan, Reason
from bot.words import words
from bot.words.cleaning import clean

GROUP = "pullquote.rules"
HEAVIEST = 3.0
"""Log-odds: a rule that says more is held to it."""
MOST_TERMS = 10
"""Of one rule on one reply."""
MOST_EVIDENCE = 200
"""Characters."""
OURS = ("alike", "base", "copy", "decoy", "machine", "rank", "style")
"""What names of our own rules begin with, beside those that have a sentence."""

PlugIn = Callable[[str, str], Iterable[tuple[float, str]]]


def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def installed() -> tuple[str, ...]:
    """Names of all rules that are installed; none is imported."""
    return tuple(sorted(_offered()))


def run_plug_ins(names: Sequence[str], texts: Sequence[str], question: str) -> tuple[list[Reason], list[str]]:
    """What these rules say of an answer, and what went wrong in them: `NAME: what`, without words of the reply."""
    reasons: list[Reason] = []
    faults: list[str] = []
    for name in names:
        try:
            reasons += list(_run(name, texts, question))
        except Exception as error:  # noqa: BLE001  # not our code: whatever it raises loses no reply
            said = str(error) if isinstance(error, BadPlugIn) else f"it raised {type(error).__name__}"
            faults.append(f"{name}: {said}")
    return reasons, faults


class BadPlugIn(Exception):
    """What a rule is or answers is not what a rule has to be; the text repeats nothing of a reply."""


def _run(name: str, texts: Sequence[str], question: str) -> Iterator[Reason]:
    found = _load(name)("\n\n".join(texts), question)
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise BadPlugIn(f"it answers {type(found).__name__}, not pairs of weight and evidence")
    for term in islice(found, MOST_TERMS):
        yield _read_term(name, texts, term)


def _read_term(name: str, texts: Sequence[str], term: Any) -> Reason:
    if not isinstance(term, tuple | list) or len(term) != 2:
        raise BadPlugIn("it answers something else than pairs of weight and evidence")
    weight, evidence = term
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not math.isfinite(weight):
        raise BadPlugIn("it answers a weight that is no finite number")
    if not isinstance(evidence, str):
        raise BadPlugIn("it answers evidence that is no text")
    held = max(-HEAVIEST, min(HEAVIEST, float(weight)))
    return Reason(name, held, _find_span(texts, evidence), clean(evidence[:MOST_EVIDENCE]))


def _find_span(texts: Sequence[str], evidence: str) -> CandidateSpan | None:
    starts = ((part, text.find(evidence)) for part, text in enumerate(texts)) if evidence else ()
    return next((CandidateSpan(part, start, start + len(evidence)) for part, start in starts if start >= 0), None)


@cache
def _load(name: str) -> PlugIn:
    if name in words("en")["reasons"] or name.startswith(OURS):
        raise BadPlugIn("a rule of pullquote has this name, or one that begins so: give the entry point another")
    point = _offered().get(name)
    if point is None:
        raise BadPlugIn("it is not installed any more")
    rule = point.load()
    if not callable(rule):
        raise BadPlugIn(f"its entry point {point.value!r} is nothing that can be called")
    found: PlugIn = rule
    return found


def describe_plug_in(name: str) -> str:
    """A name for exactly this rule: its package's version, and the bytes of its package. Nothing is imported."""
    point = _offered().get(name)
    if point is None:
        return name
    digest = hashlib.sha256()
    for path in _list_sources(point.module.partition(".")[0]):
        digest.update(path.read_bytes())
    version = point.dist.version if point.dist else ""
    return f"{name}={point.value} {version} {digest.hexdigest()}"


def _list_sources(package: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None:
        return []
    if spec.submodule_search_locations:
        return sorted(path for folder in spec.submodule_search_locations for path in Path(folder).rglob("*.py"))
    return [Path(spec.origin)] if spec.origin and Path(spec.origin).is_file() else []
