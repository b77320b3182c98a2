import tomllib
from importlib.resources import files

import pytest

from bot.filter import Reason
from bot.filter.rank.groups import GROUPS
from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.weights import WEIGHTS
from bot.filter.sentences import RETIRED, describe
from bot.words import words

RULES = sorted(
    {name.split(".")[0] for name in WEIGHTS}
    | PROOFS.keys()
    | {f"rank_{sign}{group.name}" for group in GROUPS for sign in ("", "no_")}
    | {"base", "sale"}
    | RETIRED
)


def test_a_reason_reads_as_a_sentence():
    assert describe(Reason("praise_only", -4, None, "great question")) == "says only “great question”"


def test_braces_in_a_reply_do_no_harm():
    assert "{detail} {0}" in describe(Reason("praise_only", -4, None, "{detail} {0}"))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_sentence_in_every_language(language, rule):
    own = tomllib.loads(files("bot.words").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    assert own["reasons"][rule]
    assert describe(Reason(rule, -1, None, "x"), language)


@pytest.mark.parametrize("language", ["tlh", "../en", "", "en-GB"])
def test_an_unknown_language_speaks_english(language):
    assert describe(Reason("empty", -6, None), language) == "says nothing"


def test_a_regional_language_speaks_its_language():
    assert words("de-AT")["reasons"]["empty"] == "sagt nichts"
