"""The model of sales, fitted on a few made comments."""

import json

import pytest

from bot.filter.judging import SHIPPED
from bot.filter.rules.sales.model import FILE, load_sale, score_sale
from bot.filter.rules.sales.traces import find_traces
from bot.filter.rules.text import prepare

np = pytest.importorskip("numpy")

from bot.filter.fitting.sale import fit_sale  # noqa: E402

SOLD = [
    "Subscribe to my channel {n}",
    "Check out my new song at http://a{n}.example",
    "Get free gift cards, {n} left",
    "Please visit my page {n}",
]
SAID = [
    "The chorus at {n} is the best part",
    "I heard it {n} times in one day",
    "My brother is {n} and hates it",
    "Nobody sings like this in {n}",
]


@pytest.fixture
def comments(tmp_path):
    path = tmp_path / "comments.jsonl"
    rows = [
        {"id": f"{group}{n}{label}", "group": group, "text": text.format(n=n), "label": label}
        for group in ("a", "b", "c")
        for n in range(6)
        for label, texts in ((1, SOLD), (0, SAID))
        for text in texts
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_same_comments_give_the_same_bytes(comments, tmp_path):
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        fit_sale([comments], tmp_path / name)
        written.append((tmp_path / name / FILE).read_bytes())
    assert written[0] == written[1]


def test_what_was_fitted_tells_a_sale_from_talk(comments, tmp_path):
    fit_sale([comments], tmp_path)
    weights = load_sale(tmp_path)
    sold, said = (prepare((text,)) for text in ("Subscribe to my channel 9", "Nobody sings the chorus like this in 9"))
    assert score_sale(sold, find_traces(sold), weights) > 1
    assert score_sale(said, find_traces(said), weights) < -1


def test_a_damaged_file_is_refused(tmp_path):
    row = json.loads((SHIPPED / FILE).read_text(encoding="utf-8"))
    row["words_check"] += 1
    (tmp_path / FILE).write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ValueError, match="words is damaged"):
        load_sale(tmp_path)


def test_a_folder_without_the_file_is_told_by_the_name_of_the_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"sale\.json"):
        load_sale(tmp_path)
