"""Fitting the style weights: the same bytes every time, and only from texts that allow it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.filter.fitting.style import FORUM_HABITS, fit_style
from bot.filter.style.habits import NAMES
from bot.filter.style.weights import load_style

PEOPLE = (
    "i did that last year ; it cost 200 and they sent me home...",
    "No need to ask, just go there early. Bring ur papers!!",
    "my friend says the old office is closed now.. try the new one",
    "Thanks for the info, we went on sunday and it was open",
)
MACHINES = (
    "In most cases, the permit is issued within a week, and the fee is modest.",
    "The office opens early, so arrive before eight, and bring a stamped copy.",
    "A valid passport, a recent photo, and a signed form are usually enough.",
)


def row(text: str, **values: Any) -> dict[str, Any]:
    return {"text": text, "source": "own", "group": "g1", **values}


def rows() -> list[dict[str, Any]]:
    return [
        *(row(text, style="human") for text in PEOPLE),
        *(row(text, style="expert") for text in MACHINES),
        *(row(text, style="gpt-3.5", group="g2") for text in reversed(MACHINES)),
    ]


def write(folder: Path, given: list[dict[str, Any]], name: str = "rows.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{json.dumps(each)}\n" for each in given), encoding="utf-8")
    return path


def fit(folder: Path, given: list[dict[str, Any]], *without: str) -> bytes:
    return fit_style([write(folder, given)], without, folder).read_bytes()


def test_the_same_rows_give_the_same_bytes(tmp_path):
    assert fit(tmp_path, rows()) == fit(tmp_path, rows())


def test_what_is_fitted_can_be_loaded_and_tells_the_two_apart(tmp_path):
    fit(tmp_path, rows())
    weights = load_style(tmp_path)
    assert [family.name for family in weights.families] == ["newer", "older"]


def test_the_older_family_can_be_fitted_alone(tmp_path):
    fit(tmp_path, rows(), "style=expert")
    assert [family.name for family in load_style(tmp_path).families] == ["older"]


@pytest.mark.parametrize(
    "barred",
    [
        {"source": "grid", "style": "human"},
        {"source": "own", "style": "human", "register": "reviews"},
        {"source": "own", "style": "human", "by_asker": 1},
    ],
)
def test_people_whose_texts_are_for_tuning_alone_are_never_fitted_on(tmp_path, barred):
    given = [*rows(), {"text": "Whatever this says, it plays no part.", **barred}]
    assert fit(tmp_path, given) == fit(tmp_path, rows())


@pytest.mark.parametrize("field", ["source", "style", "register", "group"])
def test_rows_can_be_left_out_by_what_they_hold(tmp_path, field):
    more = {**row("This would change the weights, honestly!!", style="human"), field: "unwanted"}
    given = [*rows(), more]
    assert fit(tmp_path, given, f"{field}=unwanted") == fit(tmp_path, rows())


@pytest.mark.parametrize("without", ["style", "style=", "colour=red"])
def test_an_unknown_filter_is_refused(tmp_path, without):
    with pytest.raises(ValueError, match=f"--without {without}"):
        fit(tmp_path, rows(), without)


def test_a_bad_line_is_named_with_its_place(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "fine"}\nnothing\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"rows\.jsonl:2: no JSON object with a text"):
        fit_style([path], (), tmp_path)


def test_texts_of_one_side_alone_are_not_enough(tmp_path):
    with pytest.raises(ValueError, match="people and of machines"):
        fit(tmp_path, rows(), "style=expert", "style=gpt-3.5")


def test_every_habit_that_is_held_down_is_a_feature():
    assert set(NAMES) >= FORUM_HABITS
