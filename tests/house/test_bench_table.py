"""The one table of `make bench`."""

import pytest

from bench.__main__ import BENCHES, LONG_BENCHES, make_table
from bench.table import LONG, MEASURES, Figure, Found, Measure, list_rows, show_table

RATIO = Measure("one more reply", "judge_new", "ms", 0.01, "all")
SPEED = Measure("collect", "collect_sandbox", "s", 0.3, "the upsert", at_least=True)
ALONE = Measure("held", "filter_lag", "ms", 50, "at rest", by_ratio=False)
UNAIMED = Measure("upsert", "upsert_sqlite", "s", None, "executemany", at_least=True)


def show(measure: Measure, figure: Figure) -> str:
    """The one row."""
    return list(show_table([measure], Found({measure.name: figure}, {})))[-1]


@pytest.mark.parametrize(
    ("measure", "figure", "cells"),
    [
        (RATIO, Figure(18, 2_000), ["one more reply", "all 2,000 ms", "18 ms", "0.009", "≤ 0.01", "✓"]),
        (RATIO, Figure(30, 2_000), ["one more reply", "all 2,000 ms", "30 ms", "0.015", "≤ 0.01", "✗"]),
        (SPEED, Figure(2, 1), ["collect", "the upsert 1 s", "2 s", "0.5", "≥ 0.3", "✓"]),
        (SPEED, Figure(8, 1), ["collect", "the upsert 1 s", "8 s", "0.125", "≥ 0.3", "✗"]),
        (ALONE, Figure(49, 7), ["held", "at rest 7 ms", "49 ms", "7", "≤ 50 ms", "✓"]),
        (ALONE, Figure(51, 7), ["held", "at rest 7 ms", "51 ms", "7.29", "≤ 50 ms", "✗"]),
        (UNAIMED, Figure(2, 1), ["upsert", "executemany 1 s", "2 s", "0.5", "–"]),
    ],
)
def test_a_row_says_whether_its_aim_is_reached(measure: Measure, figure: Figure, cells: list[str]) -> None:
    assert [cell.strip() for cell in show(measure, figure).split("  ") if cell.strip()] == cells


def test_a_bench_that_breaks_leaves_its_row_with_its_aim_and_the_reason() -> None:
    broken = Measure("a tick", "no_such_bench", "ms", 1.2, "one cron")
    found = make_table((("no_such_bench", ()),))
    row = list(show_table([broken, RATIO], found))[2]
    assert "≤ 1.2" in row
    assert "not measured: it broke: ModuleNotFoundError" in row
    assert list_rows([broken], found)[0]["not_measured"].startswith("it broke")


def test_programs_are_told_the_same() -> None:
    (row,) = list_rows([SPEED], Found({"collect": Figure(2, 1)}, {}))
    assert {name: row[name] for name in ("measure", "ours", "other", "ratio", "aim", "reached")} == {
        "measure": "collect", "ours": 2, "other": 1, "ratio": 0.5, "aim": 0.3, "reached": True,
    }  # fmt: skip


def test_every_measure_is_of_a_bench_that_runs_and_has_a_name_of_its_own() -> None:
    usual, long = ({name for name, _ in benches} for benches in (BENCHES, LONG_BENCHES))
    assert {measure.bench for measure in MEASURES} <= usual
    assert {measure.bench for measure in LONG} <= long
    names = [measure.name for measure in MEASURES + LONG]
    assert len(names) == len(set(names))
