"""How well scores order replies; labels are 1 for good and 0."""

from collections.abc import Iterator, Sequence


def rank_all(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties shared."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in range(start, end + 1):
            ranks[order[place]] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def area(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Area under the ROC curve, ties counted half; NaN where all labels are the same."""
    good = sum(labels)
    bad = len(labels) - good
    if not good or not bad:
        return float("nan")
    ranks = rank_all(scores)
    return (sum(rank for rank, label in zip(ranks, labels, strict=True) if label) - good * (good + 1) / 2) / (
        good * bad
    )


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Rank correlation."""
    first, second = rank_all(one), rank_all(other)
    middle = (len(first) + 1) / 2
    both = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spread = sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    return float(both / max(1e-12, spread**0.5))


def share_of_best(scores: Sequence[float], labels: Sequence[int], share: float) -> float:
    """How much of the best *share* of all replies is good; of equal scores the bad come first."""
    count = max(1, int(len(scores) * share))
    best = sorted(zip(scores, labels, strict=True), key=lambda pair: (-pair[0], pair[1]))[:count]
    return sum(label for _, label in best) / count


def rejected_at(scores: Sequence[float], labels: Sequence[int], precision: float) -> float:
    """The largest share of the bad that a cut from below takes while *precision* of what it takes is bad."""
    bad = [count - good for count, good in _cut_all(scores, labels) if (count - good) / count >= precision]
    return max(bad, default=0) / max(1, len(labels) - sum(labels))


def _cut_all(scores: Sequence[float], labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (taken, good among them) at every cut from below that does not part equal scores."""
    order = sorted(zip(scores, labels, strict=True))
    good = 0
    for count, (score, label) in enumerate(order, 1):
        good += label
        if count == len(order) or order[count][0] != score:
            yield count, good


def calibration_error(scores: Sequence[float], labels: Sequence[int], bins: int = 10) -> float:
    """How far scores are from the share of good ones, on average over equal bins."""
    off = [0.0] * bins
    for score, label in zip(scores, labels, strict=True):
        off[min(bins - 1, int(score * bins))] += score - label
    return sum(map(abs, off)) / max(1, len(scores))
