"""What an installation adds: phrases, rules of other packages, thresholds; and the hash that binds a verdict to them."""

import json
import sys
from datetime import UTC, datetime
from importlib.metadata import EntryPoint

import pytest

from bot.filter import RULES_HASH, Candidate, JudgedQuestion, hash_asked, hash_settings, judge
from bot.filter.own import plug_ins
from bot.filter.own.phrases import find_own_phrases
from bot.filter.own.plug_ins import run_plug_ins
from bot.filter.sentences import describe
from bot.filter.values import FilterSettings, OwnPhrases, Reason, Thresholds, Wording
from bot.filter.worker import FilterWorker

QUESTION = JudgedQuestion("What did you give up?")
ANSWER = "We gave up Excel in 2019, since nobody could merge two files."
PACKAGE = """
def shout(reply, question):
    yield (-1.0 if reply.isupper() else 0.5), "Excel"
def ask(reply, question):
    return [(1, question)]
def fail(reply, question):
    yield 1.0, "kept by nobody"
    raise ValueError(reply)
def heavy(reply, question):
    return [(99.0, "")]
def words(reply, question):
    return "words"
def single(reply, question):
    return [1.0]
def endless(reply, question):
    while True:
        yield float("nan"), ""
number = 7
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Rules of a package that is installed, each under its own name; `missing` names none."""
    (tmp_path / "newsroom_rules.py").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    names = ("shout", "ask", "fail", "heavy", "words", "single", "endless", "number", "missing", "plus_one", "rank_x")
    points = {name: EntryPoint(name, f"newsroom_rules:{name}", plug_ins.GROUP) for name in names}
    monkeypatch.setattr(plug_ins, "_offered", lambda: points)
    plug_ins._load.cache_clear()
    yield tmp_path / "newsroom_rules.py"
    plug_ins._load.cache_clear()
    sys.modules.pop("newsroom_rules", None)


# ---------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("limited offer", "A Limited\nOffer for you", "Limited\nOffer"),
        ("offer", "He coffered it", None),
        ("don't buy", "I DON’T buy", "DON’T buy"),
        ("c++ (old)", "I wrote C++ (old) once", "C++ (old)"),
        ("値段", "この値段は高い", "値段"),
        (".*", "anything", None),
        ("größe", "Die GRÖSSE zählt, die GRÖßE auch", "GRÖßE"),
    ],
)
def test_a_phrase_is_found_as_text_and_as_whole_words(phrase, text, found):
    reasons = list(find_own_phrases((text,), [OwnPhrases("own", -1.0, (phrase,))]))
    assert [text[each.span.start : each.span.end] for each in reasons if each.span] == ([found] if found else [])


def test_a_kind_counts_once_and_each_kind_has_its_weight():
    own = [OwnPhrases("sold", -1.5, ("buy", "offer")), OwnPhrases("lived", 0.5, ("my shop",))]
    found = list(find_own_phrases(("An offer: buy!", "Not in my shop. Buy!"), own))
    assert [(each.rule, each.weight, each.detail) for each in found] == [
        ("own_phrase", -1.5, "offer"),
        ("own_phrase", 0.5, "my shop"),
    ]
    assert [each.span.part for each in found if each.span] == [0, 1]


def test_an_own_phrase_moves_the_score_and_the_reasons_add_up():
    (plain,) = judge(QUESTION, [Candidate("1", (ANSWER,))])
    reason = Reason("own_phrase", -1.5, None, "Excel")
    (lowered,) = judge(QUESTION, [Candidate("1", (ANSWER,), own=(reason,))])
    assert reason in lowered.reasons
    assert lowered.score < plain.score - 0.1


def test_own_thresholds_take_the_place_of_the_cards():
    candidate = Candidate("1", (ANSWER,))
    (lax,) = judge(QUESTION, [candidate], thresholds=Thresholds(0.001, 0.001))
    (strict,) = judge(QUESTION, [candidate], thresholds=Thresholds(0.999, 0.999))
    assert (lax.verdict, lax.quotable) == ("keep", True)
    assert (strict.verdict, strict.quotable, strict.score) == ("maybe", False, lax.score)


# ---------------------------------------------------------------- rules of other packages


def test_a_rule_of_another_package_ranks_under_its_own_name(package):
    reasons, faults = run_plug_ins(["shout", "ask"], (ANSWER,), QUESTION.text)
    assert faults == []
    assert [(each.rule, each.weight, each.detail) for each in reasons] == [
        ("shout", 0.5, "Excel"),
        ("ask", 1.0, QUESTION.text),
    ]
    assert ANSWER[reasons[0].span.start : reasons[0].span.end] == "Excel"
    assert reasons[1].span is None
    assert "shout" in describe(reasons[0])


def test_what_goes_wrong_in_a_rule_is_told_without_words_of_the_reply_and_the_others_are_heard(package):
    reasons, faults = run_plug_ins(["fail", "shout"], ("A secret word",), "Why?")
    assert [each.rule for each in reasons] == ["shout"]
    assert faults == ["fail: it raised ValueError"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("words", "it answers str, not pairs of weight and evidence"),
        ("single", "it answers something else than pairs of weight and evidence"),
        ("endless", "it answers a weight that is no finite number"),
        ("number", "its entry point 'newsroom_rules:number' is nothing that can be called"),
        ("missing", "it raised AttributeError"),
        ("plus_one", "a rule of pullquote has this name"),
        ("rank_x", "a rule of pullquote has this name"),
        ("gone", "it is not installed any more"),
    ],
)
def test_what_is_no_rule_is_told(package, name, fault):
    reasons, (told,) = run_plug_ins([name], (ANSWER,), QUESTION.text)
    assert reasons == []
    assert told.startswith(f"{name}: {fault}")


def test_no_rule_weighs_more_than_three(package):
    ((reason,), _) = run_plug_ins(["heavy"], (ANSWER,), QUESTION.text)
    assert reason.weight == 3.0


# ---------------------------------------------------------------- the hash


def test_without_own_settings_the_hash_is_that_of_the_rules():
    assert hash_settings(RULES_HASH, FilterSettings()) == RULES_HASH


def test_each_setting_and_each_byte_of_weights_and_rules_makes_another_hash(package, tmp_path):
    weights = tmp_path / "weights"
    weights.mkdir()
    (weights / "rank.json").write_text("{}", encoding="utf-8")
    settings = [
        FilterSettings(),
        FilterSettings(weights=weights),
        FilterSettings(thresholds=Thresholds(0.5)),
        FilterSettings(thresholds=Thresholds(None, 0.5)),
        FilterSettings(phrases=(OwnPhrases("sold", -1.0, ("buy",)),)),
        FilterSettings(phrases=(OwnPhrases("sold", -1.1, ("buy",)),)),
        FilterSettings(plug_ins=("shout",)),
    ]
    before = [hash_settings(RULES_HASH, each) for each in settings]
    assert before == [hash_settings(RULES_HASH, each) for each in settings]
    (weights / "rank.json").write_text("{ }", encoding="utf-8")
    package.write_text(f"{PACKAGE}# changed\n", encoding="utf-8")
    after = [hash_settings(RULES_HASH, settings[1]), hash_settings(RULES_HASH, settings[6])]
    assert len({*before, *after}) == len(settings) + 2
    assert all(len(each) == 12 for each in before)


def test_a_question_is_named_by_its_words_options_language_and_decoys():
    asked = [
        JudgedQuestion("Why?"),
        JudgedQuestion("Why!"),
        JudgedQuestion("Why?", ("a", "b")),
        JudgedQuestion("Why?", language="de"),
        JudgedQuestion("Why?", decoys=("a",)),
    ]
    assert len({hash_asked(each) for each in asked}) == len(asked)


# ---------------------------------------------------------------- in the worker


async def test_a_rule_of_an_installed_package_is_found_and_heard_in_the_workers_process(tmp_path, monkeypatch):
    (tmp_path / "newsroom_rules.py").write_text(PACKAGE, encoding="utf-8")
    installed = tmp_path / "newsroom_rules-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: newsroom-rules\nVersion: 1.0\n", encoding="utf-8")
    points = "[pullquote.rules]\nnewsroom_shout = newsroom_rules:shout\nnewsroom_fail = newsroom_rules:fail\n"
    (installed / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert plug_ins.installed() == ("newsroom_fail", "newsroom_shout")
    settings = FilterSettings(plug_ins=plug_ins.installed(), phrases=(OwnPhrases("own", -0.5, ("nobody could",)),))

    async def read():
        yield [Wording(1, "square", "1", None, 1, datetime(2026, 11, 16, tzinfo=UTC), ANSWER)]

    async with FilterWorker(settings) as worker:
        ((judged,),) = [batch async for batch in worker.judge(QUESTION, read)]
    rules = {reason["rule"]: reason["weight"] for reason in json.loads(judged.reasons)}
    assert (rules["newsroom_shout"], rules["own_phrase"]) == (0.5, -0.5)
    assert judged.faults == ("newsroom_fail: it raised ValueError",)
