"""Weights of words: fitted by whoever holds the data, beside the named features and never instead of them."""

import math
import random
import shutil

import pytest

from bot.filter import Candidate, JudgedQuestion, Judgement, judge
from bot.filter.fitting.fit import fit
from bot.filter.rank.card import BadWeights, load_card
from bot.filter.rank.wording import WordingWeights, hash_blocks, load_wording, write_wording
from tests.bot.filter.test_fitting import make_rows, write_rows

ASKED = JudgedQuestion("Where did you get it, and what did it cost?")
GOOD, BAD = "You can find it near the mall, it costs 7 dollars.", "anyone know? pm me, same question here"


def fit_words(tmp_path, name="weights"):
    rows = make_rows()
    random.Random(name).shuffle(rows)
    out = tmp_path / name
    fit([write_rows(tmp_path / f"{name}.jsonl", rows)], [], out, sparse=True)
    return out


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A folder with `weights` and the replies that they were fitted on."""
    folder = tmp_path_factory.mktemp("fitted")
    fit_words(folder)
    return folder


@pytest.fixture
def weights(fitted, tmp_path):
    """The same, to be spoilt."""
    shutil.copytree(fitted, tmp_path, dirs_exist_ok=True)
    return tmp_path / "weights"


def judge_one(text: str, weights) -> Judgement:
    load_card.cache_clear()
    load_wording.cache_clear()
    return judge(ASKED, [Candidate("r1", (text,))], weights)[0]


def find_rules(judgement: Judgement) -> set[str]:
    return {reason.rule for reason in judgement.reasons}


def test_a_fit_with_words_is_the_same_bytes_on_every_run(weights, tmp_path):
    one, other = weights, fit_words(tmp_path, "other")
    for name in ("rank.json", "rank.bin"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_the_wording_is_a_term_of_its_own_that_adds_up(weights):
    for text, rule in ((GOOD, "rank_wording"), (BAD, "rank_no_wording")):
        judgement = judge_one(text, weights)
        assert rule in find_rules(judgement)
        whole = math.fsum(reason.weight for reason in judgement.reasons)
        assert math.log(judgement.score / (1 - judgement.score)) == pytest.approx(whole, abs=1e-6)


def test_what_is_not_english_has_no_wording(weights):
    told = judge_one("Ich habe es in der Nähe des Marktes gefunden, und es war nicht teuer.", weights)
    assert not find_rules(told) & {"rank_wording", "rank_no_wording"}


def test_without_its_file_the_named_features_rank_alone(weights, tmp_path):
    named = tmp_path / "named"
    fit([tmp_path / "weights.jsonl"], [], named)
    (weights / "rank.bin").unlink()
    alone = judge_one(GOOD, weights)
    assert "rank_wording" not in find_rules(alone)
    assert alone.score == judge_one(GOOD, named).score


@pytest.mark.parametrize("place", [0, 7, 100, -1])
def test_a_flipped_byte_is_refused_with_the_name_of_the_file(weights, place):
    path = weights / "rank.bin"
    written = bytearray(path.read_bytes())
    written[place] ^= 1
    path.write_bytes(written)
    with pytest.raises(BadWeights, match=r"rank\.bin is damaged: fit it anew"):
        judge_one(GOOD, path.parent)


def test_words_of_another_card_are_refused(weights):
    card = weights / "rank.json"
    card.write_text(card.read_text() + "\n")
    with pytest.raises(BadWeights, match=r"rank\.bin was fitted with another rank\.json"):
        judge_one(GOOD, weights)


def test_a_file_cut_short_is_refused(weights):
    path = weights / "rank.bin"
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(BadWeights, match=r"rank\.bin"):
        judge_one(GOOD, path.parent)


def test_what_was_written_is_read_again(weights):
    load_wording.cache_clear()
    read = load_wording(weights)
    assert isinstance(read, WordingWeights)
    assert write_wording(read, (weights / "rank.json").read_bytes()) == (weights / "rank.bin").read_bytes()


def test_a_fit_without_words_leaves_none_of_an_earlier_one(weights, tmp_path):
    fit([tmp_path / "weights.jsonl"], [], weights)
    assert not (weights / "rank.bin").exists()


def test_figures_count_by_how_many_digits_they_have():
    assert hash_blocks(["pay", "20"])[0][0].tolist() == hash_blocks(["pay", "75"])[0][0].tolist()
    assert hash_blocks([])[1][0].size <= 1
