"""The card of the rank's weights: what they were fitted on, what they reach, where they fail."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.filter.fitting.labelled import Labelled
from bot.filter.fitting.measures import area, calibration_error, share_of_best, spearman
from bot.filter.rank.card import RankCard

TEXT = """# The weights of the rank

{count} terms on named features of a reply, fitted on {replies} replies to {questions} questions; {wording}
`rank.json` has SHA-256 `{digest}`.

## Made with

`pullquote filter fit {files}{without}{options} --out DIR` writes the files, the same bytes on every run.

## Sets

Fitted on {files}. What ships is fitted on

- the training files of SemEval-2015 task 3 and SemEval-2016 task 3 (Qatar Living), without the asker's own replies,
  free for research: P. Nakov, L. Màrquez, A. Moschitti, W. Magdy, H. Mubarak, A. A. Freihat, J. Glass and B. Randeree,
  "SemEval-2016 Task 3: Community Question Answering", Proceedings of SemEval-2016;
- replies to seven open questions of Polis, texts CC BY 4.0 (The Computational Democracy Project), graded by two readers
  for this project.

## Figures

Each reply scored by weights that were fitted without its question (five folds by question).

| measure | value |
|---|---|
{figures}

Kept from a score of {keep_from}, can be quoted from {quotable_from}.

## Where it fails

- Fitted on one forum in Qatar and on opinions from North America and New Zealand: a trade with a language of its own
  is judged by its form.
- What is not English is judged by length, marks, figures and overlap with the question alone.
- An invented answer that names a place, a fee and a date stands where a true one would.
- Short expert answers without a figure stand too low: two sentences that a reader in the trade would quote.
- Whom editors choose among many replies is fitted on seven questions: elsewhere it is right less often, and long
  replies come first.
- Agreement of readers is the limit: two crowds agree in 81 to 89 %.

## Groups

| group | terms | spread of its log-odds |
|---|---|---|
{groups}
"""

NAMED = "no word of a text has\na weight, and no text comes back out of them."
SPARSE = """one of them is the wording,
which has weights of words, of pairs of words and of pieces of letters in `rank.bin`. These are close to the texts:
where a set is free for research only, the file stays with whoever holds the set, unless its owner permits more.
In the figures the wording of a reply is weighed without its question; what it is compared with saw it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the card tells of. unseen: the scores of *rows* by weights fitted without their question."""

    card: RankCard
    rows: Sequence[Labelled]
    unseen: Sequence[float]
    files: Sequence[str]
    without: Sequence[str]
    digest: str
    sparse: bool = False


def write_notes(fit: Fit) -> str:
    """Return the card, Markdown."""
    spreads: dict[str, list[float]] = defaultdict(list)
    for term in fit.card.terms:
        spreads[term.group].append(term.weight)
    groups = "\n".join(
        f"| {name} | {len(weights)} | {sum(weight**2 for weight in weights) ** 0.5:.2f} |"
        for name, weights in spreads.items()
    )
    return TEXT.format(
        count=len(fit.card.terms), replies=len(fit.rows), questions=len({row.group for row in fit.rows}),
        digest=fit.digest, files=" ".join(fit.files), without="".join(f" --without {each}" for each in fit.without),
        wording=SPARSE if fit.sparse else NAMED, options=" --sparse" if fit.sparse else "",
        figures="\n".join(f"| {name} | {value} |" for name, value in _measure(fit)),
        keep_from=fit.card.keep_from, quotable_from=fit.card.quotable_from, groups=groups,
    )  # fmt: skip


def _measure(fit: Fit) -> list[tuple[str, str]]:
    pairs = [(score, row) for score, row in zip(fit.unseen, fit.rows, strict=True) if row.grade is None]
    scores, labels = [score for score, _ in pairs], [row.label for _, row in pairs]
    figures = [
        ("area under the curve", f"{area(scores, labels):.3f}"),
        ("good among the best tenth", f"{share_of_best(scores, labels, 0.1):.3f}"),
        ("calibration error", f"{calibration_error(scores, labels):.3f}"),
        ("rank correlation with length", f"{spearman(scores, [float(len(row.text)) for _, row in pairs]):.3f}"),
    ]
    graded = [(score, row.grade) for score, row in zip(fit.unseen, fit.rows, strict=True) if row.grade is not None]
    if graded:
        correlation = spearman([score for score, _ in graded], [grade for _, grade in graded])
        noise = [score for score, grade in graded if grade <= 0.5]
        best = [score for score, grade in graded if grade == 3]
        figures += [
            ("rank correlation with editors' grades", f"{correlation:.3f}"),
            ("noise that is kept", f"{_share(noise, fit.card.keep_from):.3f}"),
            ("noise that can be quoted", f"{_share(noise, fit.card.quotable_from):.3f}"),
            ("quotable that is kept", f"{_share(best, fit.card.keep_from):.3f}"),
            ("quotable that can be quoted", f"{_share(best, fit.card.quotable_from):.3f}"),
        ]
    return figures


def _share(scores: Sequence[float], cut: float) -> float:
    return sum(score >= cut for score in scores) / max(1, len(scores))
