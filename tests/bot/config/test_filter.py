"""The table `[filter]`, and the decoys of a question."""

import pytest

from bot.config import load_config
from bot.filter.settings import read_settings
from bot.filter.values import FilterSettings, OwnPhrases, Thresholds
from tests.bot.config.test_config import QUESTION


def test_without_a_table_the_filter_judges_as_it_ships():
    assert read_settings(load_config()) == FilterSettings()


def test_weights_thresholds_and_phrases_are_read_and_the_folder_is_the_configs(write, tmp_path):
    path = write("""
        [filter]
        weights = "fitted"
        keep_from = 0.7
        quotable_from = 0.5
        [filter.phrases.sold]
        weight = -1.5
        phrases = ["limited  offer", "limited offer", "book a call"]
        [filter.phrases.lived]
        weight = 1
        phrases = ["my patients"]
    """)
    assert read_settings(load_config(path)) == FilterSettings(
        weights=tmp_path / "fitted",
        thresholds=Thresholds(0.7, 0.5),
        phrases=(
            OwnPhrases("sold", -1.5, ("limited offer", "book a call")),
            OwnPhrases("lived", 1.0, ("my patients",)),
        ),
    )


def test_a_variable_of_the_environment_sets_the_weights(monkeypatch):
    monkeypatch.setenv("PULLQUOTE_FILTER_WEIGHTS", "elsewhere")
    assert load_config().filter.weights == "elsewhere"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("keep_from = 1.5", "2: filter.keep_from: must be less than 1"),
        ("weigths = 'x'", "2: filter.weigths: unknown key; did you mean 'weights'?"),
        ('decoy_command = "llm \'x"', "2: filter.decoy_command: is no command: No closing quotation"),
        ("[filter.phrases.sold]\nweight = -3\nphrases = ['x']", "3: filter.phrases.sold.weight: must be greater than"),
        ("[filter.phrases.sold]\nweight = -1\nphrases = []", "4: filter.phrases.sold.phrases: has 0 phrases; write 1"),
        ("[filter.phrases.sold]\nweight = -1\nphrases = [' ']", "4: filter.phrases.sold.phrases: has a phrase of 1"),
        ("[filter.phrases.sold]\nweight = nan\nphrases = ['x']", "3: filter.phrases.sold.weight: must be a finite"),
        ("[filter.phrases.sold]\nphrases = ['x']", "2: filter.phrases.sold.weight: is missing"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(refuse, keys, told):
    (problem,) = refuse(f"[filter]\n{keys}")
    assert problem.startswith(told)


def test_decoys_of_a_question_are_read_each_once(write):
    path = write(f"{QUESTION}    decoys = ['Drink more of it.', ' Drink more of it. ', 'Ask a doctor.']")
    assert load_config(path).questions["tea"].decoys == ("Drink more of it.", "Ask a doctor.")


@pytest.mark.parametrize(
    ("decoys", "told"),
    [
        ([f"text {number}" for number in range(11)], "there are 11 texts; write at most 10"),
        (["short", "x" * 5001], "text 2 has 5,001 characters; write at most 5,000"),
        (["short", "  "], "text 2 is empty; write what a chat model answers to the question"),
    ],
)
def test_too_many_too_long_or_empty_decoys_are_told_with_line_and_key(refuse, decoys, told):
    (problem,) = refuse(f"{QUESTION}    decoys = {decoys}")
    assert problem == f"12: questions.tea.decoys: {told}"


def test_decoys_make_no_other_content(write):
    without = load_config(write(QUESTION)).questions["tea"]
    with_some = load_config(write(f"{QUESTION}    decoys = ['Drink more of it.']")).questions["tea"]
    assert without.hash == with_some.hash
