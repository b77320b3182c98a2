"""What holds of the rank, whatever its weights are."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, Judgement, judge
from bot.filter.compare.thread import form_thread
from bot.filter.judging import SHIPPED
from bot.filter.rank.card import BadWeights, load_card
from bot.filter.rank.estimate import explain_rank
from bot.filter.rank.groups import GROUPS, PLAIN

QUESTION = JudgedQuestion("What did you stop doing in SEO, and what happened to your traffic after that?")
ANSWERS = [
    "We stopped buying links in 2021 because nobody clicked them, and lost 3 percent of our visits for a month.",
    "I would drop the rank tracker first. You can see the same numbers in the console.",
    "Titles",
    "Not sure, maybe the meta keywords? Nobody reads them anyway",
    "lol we all did that, thanks for the thread",
    "Wir haben 2020 aufgehört, Links zu kaufen, und nach drei Monaten war alles wie vorher.",
]  # fmt: skip
LARGEST_CHANGE = 0.05


def judge_one(text: str, asked: JudgedQuestion = QUESTION) -> Judgement:
    return judge(asked, [Candidate("r1", (text,), "ada")])[0]


def score(text: str, asked: JudgedQuestion = QUESTION) -> float:
    return judge_one(text, asked).score


def rank(text: str, asked: JudgedQuestion = QUESTION) -> float:
    """The log-odds of the rank alone: a proof beside it lowers more than is measured here."""
    thread = form_thread(asked, [Candidate("r1", (text,), "ada")], SHIPPED)
    return math.fsum(reason.weight for reason in explain_rank(thread)[0])


@given(st.lists(st.one_of(st.sampled_from(ANSWERS), st.text(max_size=80)), min_size=1, max_size=5))
@settings(max_examples=60)
def test_the_reasons_of_a_score_add_up_to_it(texts):
    for judgement in judge(QUESTION, [Candidate(f"r{n}", (text,)) for n, text in enumerate(texts)]):
        log_odds = math.log(judgement.score / (1 - judgement.score))
        assert log_odds == pytest.approx(math.fsum(reason.weight for reason in judgement.reasons), abs=1e-6)
        assert "base" in {reason.rule for reason in judgement.reasons}


@pytest.mark.parametrize("text", ANSWERS)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: "  " + text.replace(" ", "   ") + " \n",
        lambda text: f"“{text}”",
        lambda text: f'"{text}"',
        str.lower,
        str.upper,
        lambda text: text + " 😀🔥",
        lambda text: "🎉 " + text,
    ],
    ids=["spaces", "typographic quotes", "quotes", "lower", "upper", "emoji after", "emoji before"],
)
def test_spaces_quotes_case_and_emoji_hardly_change_a_score(text, change):
    assert abs(score(change(text)) - score(text)) <= LARGEST_CHANGE


@pytest.mark.parametrize("text", ANSWERS)
@pytest.mark.parametrize("between", [" ", "\n", ". ", " - "])
@pytest.mark.parametrize(
    "appended",
    [
        QUESTION.text,
        "traffic SEO stop happened your what doing",
        " ".join([QUESTION.text] * 14),
        "SEO " * 200,
    ],
    ids=["the question", "its words", "200 words of it", "one word of it"],
)
def test_appending_the_question_or_its_words_never_raises_a_rank(text, between, appended):
    assert rank(text + between + appended) <= rank(text) + 1e-9


@pytest.mark.parametrize("text", ANSWERS)
@pytest.mark.parametrize("between", [" ", "\n", ". "])
@pytest.mark.parametrize("times", [2, 5, 30])
def test_a_repetition_never_raises_a_rank(text, between, times):
    assert rank(between.join([text] * times)) <= rank(text) + 1e-9


@pytest.mark.parametrize("text", ANSWERS[:2])
def test_repeating_the_last_words_never_raises_a_rank(text):
    assert rank(f"{text} {' '.join(text.split()[-6:])}") <= rank(text) + 1e-9


HOSTILE = ["", "a" * 9_000, "links " * 1_500, "?!" * 300, "We stopped buying links because nobody clicked them"]


@pytest.mark.parametrize("hostile", [*HOSTILE, " ".join(ANSWERS)])
@pytest.mark.parametrize("size", [1, 2, 4, 6])
def test_a_hostile_sibling_moves_no_score_and_no_verdict(hostile, size):
    """Of the verdicts that of its copy may change."""
    thread = [Candidate(f"r{n}", (text,), f"a{n}") for n, text in enumerate(ANSWERS[:size])]
    before = judge(QUESTION, thread)
    after = judge(QUESTION, [*thread, Candidate("zz", (hostile,), "mallory")])
    for one, other in zip(before, after[:-1], strict=True):
        assert abs(one.score - other.score) <= LARGEST_CHANGE
        assert one.verdict is other.verdict


FULL = {
    "danke": "Wir haben 2020 aufgehört, Links zu kaufen, weil niemand darauf geklickt hat. Nach drei Monaten war der Umsatz"
    " wieder auf dem alten Stand, und wir haben im Jahr 4.000 Euro gespart.",
    "gracias": "Dejamos de comprar enlaces hace tres años porque nadie hacía clic en ellos. El tráfico bajó un 5 por ciento"
    " durante un mes y después volvió a su nivel de siempre.",
    "merci": "Nous avons cessé d'acheter des liens il y a trois ans, parce que personne ne cliquait dessus. Le trafic a baissé"
    " de 5 pour cent pendant un mois, puis il est revenu.",
    "いいね": "三年前にリンクの購入をやめました。誰もクリックしていなかったからです。一か月だけアクセスが五パーセント減りましたが、その後は元に戻りました。",
}  # fmt: skip


@pytest.mark.parametrize(("little", "full"), FULL.items())
def test_a_full_answer_of_another_language_outranks_a_word_of_thanks(little, full):
    assert rank(full) > rank(little)
    assert judge_one(full).verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize("full", FULL.values())
def test_words_of_english_judge_no_other_language(full):
    features = {group.name for group in GROUPS if PLAIN.isdisjoint(group.features)}
    rules = {reason.rule.removeprefix("rank_").removeprefix("no_") for reason in judge_one(full).reasons}
    assert not features & rules


@pytest.mark.parametrize(
    "piece", ["a ", "我", "ab? ", "क", "🔥", "1 ", "you can ", "[a|", "<a ", "ก", "x" * 50 + " ", "العربية "]
)
def test_ten_thousand_characters_of_any_script_are_ranked_at_once(piece):
    text = (piece * 10_000)[:10_000]
    took = []
    for _attempt in range(5):
        thread = form_thread(QUESTION, [Candidate("r1", (text,))], SHIPPED)
        started = time.process_time()
        explain_rank(thread)
        took.append(time.process_time() - started)
    assert min(took) < 0.020


@pytest.mark.parametrize("text", ["443343", "7", "3.5 %", "12/11/2021", "٤٢"])
def test_figures_alone_are_not_written_in_whole_words(text):
    assert "rank_writing" not in {reason.rule for reason in judge_one(text).reasons}


def test_one_figure_is_not_kept():
    assert judge_one("443343").verdict is FilterVerdict.MAYBE


def test_weights_that_are_missing_or_broken_are_named(tmp_path):
    with pytest.raises(BadWeights, match=r"rank\.json cannot be read.*filter fit"):
        load_card(tmp_path)
    (tmp_path / "rank.json").write_text('{"base": 1}')
    with pytest.raises(BadWeights, match="is no file of weights"):
        load_card(tmp_path)


def test_a_span_shows_the_word_that_speaks_for_a_reply():
    text = "Nobody liked it. We stopped in 2021."
    reason = next(reason for reason in judge_one(text).reasons if reason.rule == "rank_experience")
    assert text[reason.span.start : reason.span.end] == "stopped"


def find_weights(judgement):
    return {reason.rule.replace("no_", ""): reason.weight for reason in judgement.reasons}


def test_what_a_question_asks_for_speaks_only_where_it_asks():
    asks = JudgedQuestion("Where can I buy one?")
    assert find_weights(judge_one("Try the shop next to the bank.", asks))["rank_wanted"] > 0
    assert find_weights(judge_one("They are blue as a rule.", asks))["rank_wanted"] < 0
    assert "rank_wanted" not in find_weights(
        judge_one("They are blue as a rule.", JudgedQuestion("Housing in Wellington"))
    )


def test_details_count_beside_others_only_where_some_have_to_be_left_out():
    told = Candidate("a", ("The party had 19 percent of the vote, but only 11 percent of the seats.",), "a")
    others = [
        Candidate(f"r{n}", (f"We should change the number {'abcdefghijklmnop'[n]} law.",), f"x{n}") for n in range(16)
    ]
    assert "rank_beside_detail" not in find_weights(judge(QUESTION, [told, *others[:9]])[0])
    many = judge(QUESTION, [told, *others])
    assert find_weights(many[0])["rank_beside_detail"] > 0 > find_weights(many[-1])["rank_beside_detail"]
    assert many[0].own == judge(QUESTION, [told, *others[:9]])[0].own


def test_a_name_speaks_for_a_reply_unless_the_question_has_it():
    named = rank("You can ask at the office in Owensboro about it.")
    assert rank("You can ask at the office in owensboro about it.") < named
    asked = JudgedQuestion("What is there to see in Owensboro?")
    assert rank("You can ask at the office in Owensboro about it.", asked) == rank(
        "You can ask at the office in owensboro about it.", asked
    )
