"""How good the filter is on labelled replies, beside two baselines, and what each group of its terms adds."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.filter.fitting.labelled import BadData, Labelled, read_labelled
from bot.filter.fitting.measures import area, calibration_error, rejected_at, share_of_best, spearman
from bot.filter.judging import SHIPPED, judge
from bot.filter.rules.proofs import is_proof
from bot.filter.values import Candidate, FilterVerdict, JudgedQuestion, Judgement

QUARTERS = 4
FIRST = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of the filter's scores and of those of the baselines."""

    name: str
    filter: float
    length: float
    words: float


@dataclass(frozen=True, slots=True)
class Ablated:
    """What the area under the curve is without a group of terms. applied: to how many replies."""

    group: str
    applied: int
    area: float


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """How many replies a rule set aside, and how many of those are good."""

    rule: str
    aside: int
    good: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """replies, questions: how many. aside: how many are set aside, and good_aside: how many of those are good."""

    replies: int
    questions: int
    kept: int
    aside: int
    good_aside: int
    proofs: tuple[ProofRecord, ...]
    measures: tuple[Measured, ...]
    ablation: tuple[Ablated, ...]


def evaluate(file: Path, weights: Path = SHIPPED, *, ablation: bool = False) -> Evaluation:
    """Judge labelled replies and measure it; those of one question together, without the asker's own.

    ablation: also without the terms of each group, the other weights as they are. Raises BadData.
    """
    rows = read_labelled([file])
    labels = [row.label for row in rows]
    if not 0 < sum(labels) < len(labels):
        raise BadData(f"{file}: all {len(rows)} replies have the same label: there is nothing to tell apart")
    judged = _judge_all(rows, weights)
    scores = [each.score for each in judged]
    set_aside = [label for label, each in zip(labels, judged, strict=True) if each.verdict is FilterVerdict.ASIDE]
    return Evaluation(
        replies=len(rows),
        questions=len({row.group for row in rows}),
        kept=sum(each.verdict is FilterVerdict.KEEP for each in judged),
        aside=len(set_aside),
        good_aside=sum(set_aside),
        proofs=tuple(_count_proofs(judged, labels)),
        measures=tuple(_measure(rows, scores)),
        ablation=tuple(_ablate(judged, labels)) if ablation else (),
    )


def _judge_all(rows: Sequence[Labelled], weights: Path) -> list[Judgement]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row.group].append(number)
    judged: dict[int, Judgement] = {}
    for numbers in groups.values():
        asked = JudgedQuestion(rows[numbers[0]].question)
        candidates = [Candidate(rows[number].id, (rows[number].text,)) for number in numbers]
        judged.update(zip(numbers, judge(asked, candidates, weights), strict=True))
    return [judged[number] for number in range(len(rows))]


def _count_proofs(judged: Sequence[Judgement], labels: Sequence[int]) -> Iterator[ProofRecord]:
    found: dict[str, list[int]] = defaultdict(list)
    for each, label in zip(judged, labels, strict=True):
        for rule in {reason.rule for reason in each.reasons if is_proof(reason)}:
            found[rule].append(label)
    for rule, given in sorted(found.items()):
        yield ProofRecord(rule, len(given), sum(given))


# ---------------------------------------------------------------- measures


def _measure(rows: Sequence[Labelled], scores: Sequence[float]) -> Iterator[Measured]:
    labels = [row.label for row in rows]
    sizes = [float(len(row.text)) for row in rows]
    columns = (scores, sizes, _match_words(rows))
    yield _compare("area under the curve", [area(each, labels) for each in columns])
    for number in range(QUARTERS):
        quarter = sorted(range(len(rows)), key=lambda place: (sizes[place], place))
        part = quarter[len(rows) * number // QUARTERS : len(rows) * (number + 1) // QUARTERS]
        name = f"the same, quarter {number + 1} by length"
        yield _compare(name, [area([each[i] for i in part], [labels[i] for i in part]) for each in columns])
    yield _compare("good among the best tenth", [share_of_best(each, labels, 0.1) for each in columns])
    for precision in (0.95, 0.90):
        name = f"bad rejected at {precision:.0%}"
        yield _compare(name, [rejected_at(each, labels, precision) for each in columns])
    yield Measured("calibration error", calibration_error(scores, labels), math.nan, math.nan)
    yield _compare("rank correlation with length", [spearman(each, sizes) for each in columns])
    by_question = [_measure_questions(rows, each) for each in columns]
    for place, name in enumerate(("good among the first", f"good among the first {FIRST}", "mean average precision")):
        yield _compare(f"{name}, by question", [each[place] for each in by_question])


def _compare(name: str, values: Sequence[float]) -> Measured:
    return Measured(name, *values)


def _match_words(rows: Sequence[Labelled]) -> list[float]:
    """How alike reply and question are: cosine of their words, each weighed by how rare it is (TF-IDF)."""
    replies = [Counter(_split(row.text)) for row in rows]
    held = Counter(word for reply in replies for word in reply)
    rarity = {word: math.log((1 + len(rows)) / (1 + count)) for word, count in held.items()}
    questions = {row.question: Counter(_split(row.question)) for row in rows}
    return [_find_cosine(reply, questions[row.question], rarity) for row, reply in zip(rows, replies, strict=True)]


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _find_cosine(one: Counter[str], other: Counter[str], rarity: dict[str, float]) -> float:
    shared = math.fsum(count * other[word] * rarity[word] ** 2 for word, count in one.items() if word in other)
    sizes = [math.fsum((count * rarity.get(word, 0.0)) ** 2 for word, count in each.items()) for each in (one, other)]
    return shared / math.sqrt(sizes[0] * sizes[1]) if shared else 0.0


def _measure_questions(rows: Sequence[Labelled], scores: Sequence[float]) -> tuple[float, float, float]:
    """Over questions that have good and bad replies; of equal scores the bad come first."""
    groups: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        groups[row.group].append((-score, row.label))
    ordered = [[label for _, label in sorted(group)] for group in groups.values()]
    mixed = [labels for labels in ordered if 0 < sum(labels) < len(labels)]
    found = [(labels[0], sum(labels[:FIRST]) / min(FIRST, len(labels)), _average(labels)) for labels in mixed]
    first, three, mean = (math.fsum(column) / max(1, len(mixed)) for column in (zip(*found, strict=True) or ((),) * 3))
    return first, three, mean


def _average(labels: Sequence[int]) -> float:
    """Average precision of one question."""
    good = 0
    total = 0.0
    for place, label in enumerate(labels, 1):
        good += label
        total += good / place if label else 0.0
    return total / good


# ---------------------------------------------------------------- what each group adds


def _ablate(judged: Sequence[Judgement], labels: Sequence[int]) -> Iterator[Ablated]:
    """Each score is the sum of its terms, so that a group can be taken out of it."""
    groups = Counter(group for each in judged for group in {name_group(reason.rule) for reason in each.reasons})
    for group, applied in sorted(groups.items()):
        without = [
            math.fsum(reason.weight for reason in each.reasons if name_group(reason.rule) != group) for each in judged
        ]
        yield Ablated(group, applied, area(without, labels))


def name_group(rule: str) -> str:
    """What a reply has and what it has not are one group: `rank_no_source` and `rank_source`."""
    return rule.replace("rank_no_", "rank_", 1)
