"""What `make bench` puts into its one table: what is measured, beside what, and how much is aimed at.

A bench's `main` prints its lines and answers its figures by the names of the measures here. A measure without a figure
stays in the table, with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

MOST_WORDS = 120
"""Characters of a reason in the table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """ours, other: of the limit or the peer, both in the measure's unit."""

    ours: float
    other: float | None = None


Figures: TypeAlias = dict[str, Figure]


class CannotRun(Exception):
    """Something is missing that a bench needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row. other: what ours stands beside. aim: None where there is none.

    by_ratio: the aim is for ours ÷ other, else for ours. at_least: it is for other ÷ ours, from below: how fast we are.
    """

    name: str
    bench: str
    unit: str
    aim: float | None = None
    other: str = ""
    by_ratio: bool = True
    at_least: bool = False

    def find_ratio(self, figure: Figure) -> float | None:
        above, below = (figure.other, figure.ours) if self.at_least else (figure.ours, figure.other)
        return above / below if above is not None and below else None

    def is_reached(self, figure: Figure) -> bool | None:
        """None where it has no aim, or nothing to be compared with."""
        value = self.find_ratio(figure) if self.by_ratio else figure.ours
        if self.aim is None or value is None:
            return None
        return value >= self.aim if self.at_least else value <= self.aim


def measure_alone(bench: str, unit: str, aims: Mapping[str, float | None], other: str = "") -> tuple[Measure, ...]:
    """Measures whose aim is for ours; what stands beside it, as a loop at rest, explains it."""
    return tuple(Measure(name, bench, unit, aim, other, by_ratio=False) for name, aim in aims.items())


def measure_searching(count: str) -> tuple[Measure, ...]:
    """Those of a store of so many replies."""
    bench = "searching"
    grouped = ("status", "questions", "replies")
    return (
        *(Measure(f"{name}, {count} replies, beyond the start", bench, "ms", 10, "grouped count") for name in grouped),
        Measure(f"replies WORD, {count} replies, beyond the start", bench, "ms", 10, "FTS query"),
        *measure_alone(bench, "MB", {f"the most that these hold, {count} replies": 120}),
        *measure_alone(bench, "s", {f"check-draft, 13 quotations, {count} replies": 2}),
        *measure_alone(bench, "MB", {f"check-draft holds, {count} replies": 120}),
    )


AT_REST = "at rest"
MEASURES = (
    Measure("one more reply of 3,000, judged", "judge_new", "ms", 0.01, "all 3,000"),
    Measure("judging before the digest of 10,000 that are judged", "judge_new", "ms", 0.02, "compiling"),
    *measure_searching("100,000"),
    Measure("status with 1,000 questions", "searching", "ms", 1.3, "with 1"),
    Measure("status", "commands", "ms", 1.7, "import sqlalchemy, orm, aiosqlite"),
    Measure("COMMAND --help, the dearest", "commands", "ms", 2, "--help"),
    Measure("idle tick, 1,000 crons", "idle_tick", "ms", 1.2, "1 cron"),
    Measure("idle tick, 100,000 old posts", "idle_tick", "ms", 1.1, "none"),
    *measure_alone("idle_tick", "", {"idle tick, statements": 3}),
    *measure_alone("idle_tick", "ms", {"held by the first tick, 1,000 crons": 50}, AT_REST),
    Measure("assess of 2,000", "filter_peer", "s", 8, "datatrove", at_least=True),
    Measure("copies among 20,000", "copies_peer", "s", 0.5, "rensa with LSH", at_least=True),
    Measure("collect 3,000 from the sandbox", "collect_sandbox", "s", 0.3, "the upsert", at_least=True),
    Measure("upsert 100,000, PostgreSQL, both sides", "upsert_postgresql", "s", 0.6, "COPY and merge", at_least=True),
    Measure("upsert 100,000, SQLite", "upsert_sqlite", "s", None, "executemany", at_least=True),
    *measure_alone("chart", "ms", {"the first chart": 60}),
    *measure_alone("size", "MB", {"base install": 280}, "blocks on disk"),
    *measure_alone("memory", "MiB", {"idle with Bluesky, Discord and X": 120}),
    *measure_alone("review_press", "ms", {f"press in a review, {count} stored": 30 for count in ("5,000", "100,000")}),
    *measure_alone("page", "s", {"open to the first screen": 1.5}),
    *measure_alone("page", "ms", {"the dearest screen, p99": 50}),
    *measure_alone("page", "MiB", {"open beside run": 40}),
    *measure_alone("filter_lag", "ms", {"held p99, 100,000 judged": 50}, AT_REST),
    *measure_alone(
        "loop_lag",
        "ms",
        {f"held at most by {name}, 100,000 answers": 50 for name in ("status", "review", "enough or not", "digest")},
        AT_REST,
    ),
    *measure_alone("discord_lag", "ms", {"Discord is answered, p99, 100,000 judged": None}, AT_REST),
)
LONG = (
    *measure_searching("1,000,000"),
    *(
        Measure(f"growth, {step}", "growth", "s", 12, "at 100,000")
        for step in ("import", "judge", "digest", "search", "check-draft")
    ),
    *measure_alone("copies", "MB", {"outlines of 1,000,000 hold": 1_000}),
    *measure_alone("day", "s", {"a day of 200,000 replies, the longest tick": 5}, "on the wall"),
    *measure_alone("day", "ms", {"a day of 200,000 replies, lag p99": 50}, AT_REST),
)


@dataclass(frozen=True, slots=True)
class Found:
    """figures: of all benches that ran. failures: why a bench gave none, by its name."""

    figures: Mapping[str, Figure]
    failures: Mapping[str, str]

    def explain(self, measure: Measure) -> str:
        """Why there is no figure."""
        return self.failures.get(measure.bench, f"bench {measure.bench} gave no figure")


def show_table(measures: Iterable[Measure], found: Found) -> Iterator[str]:
    """Its lines: measure, limit or peer, ours, ratio, aim, and whether that is reached."""
    rows = [_list_cells(measure, found) for measure in measures]
    heads = ("measure", "limit or peer", "ours", "ratio", "aim", "")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(5)]
    for row in (heads, ["-" * width for width in widths] + [""], *rows):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)) + f"  {row[5]}".rstrip()


def _list_cells(measure: Measure, found: Found) -> tuple[str, str, str, str, str, str]:
    aim = "" if measure.aim is None else f"{'≥' if measure.at_least else '≤'} {measure.aim:g}"
    aim = f"{aim} {measure.unit}".rstrip() if aim and not measure.by_ratio else aim
    figure = found.figures.get(measure.name)
    if figure is None:
        return measure.name, measure.other, "", "", aim, f"not measured: {found.explain(measure)[:MOST_WORDS]}"
    ratio = measure.find_ratio(figure)
    other = "" if figure.other is None else f"{measure.other} {_show(figure.other)} {measure.unit}".strip()
    mark = {None: "–", True: "✓", False: "✗"}[measure.is_reached(figure)]
    ours = f"{_show(figure.ours)} {measure.unit}".rstrip()
    return measure.name, other, ours, "" if ratio is None else f"{ratio:.3g}", aim, mark


def _show(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def list_rows(measures: Iterable[Measure], found: Found) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "measure": measure.name,
            "bench": measure.bench,
            "unit": measure.unit,
            "beside": measure.other,
            "aim": measure.aim,
            "aim_is_for": "ratio" if measure.by_ratio else "ours",
            "at_least": measure.at_least,
            **_list_values(measure, found),
        }
        for measure in measures
    ]


def _list_values(measure: Measure, found: Found) -> dict[str, Any]:
    figure = found.figures.get(measure.name)
    if figure is None:
        return {"ours": None, "other": None, "ratio": None, "reached": None, "not_measured": found.explain(measure)}
    ratio, is_reached = measure.find_ratio(figure), measure.is_reached(figure)
    return {"ours": figure.ours, "other": figure.other, "ratio": ratio, "reached": is_reached, "not_measured": ""}
