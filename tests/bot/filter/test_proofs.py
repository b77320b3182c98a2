"""Each proof with replies that it must set aside and near misses that it must not (`proofs/*.toml`)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, Reason, judge
from bot.filter.judging import SHIPPED, decide
from bot.filter.rank.card import load_card
from bot.filter.rules.proofs import PROOFS, is_proof

FILES = sorted((Path(__file__).parent / "proofs").glob("*.toml"))
FEWEST = 20
CARD = load_card(SHIPPED)
OF_SIBLINGS = {"copy_of_reply", "copy_of_question"}  # tried where replies are compared


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def list_cases(kind: str) -> Iterator[Any]:
    for path in FILES:
        table = read(path)
        for part in (table, *table.get("answers", [])):
            for text in part.get(kind, []):
                yield pytest.param(path.stem, part["question"], text, id=f"{path.stem}: {text!r}")


def find_rules(question: str, text: str) -> tuple[set[str], FilterVerdict]:
    judged = judge(JudgedQuestion(question), [Candidate("r1", (text,), "ada")])[0]
    return {reason.rule for reason in judged.reasons if is_proof(reason)}, judged.verdict


@pytest.mark.parametrize(("rule", "question", "text"), list(list_cases("aside")))
def test_a_proof_sets_aside_what_it_is_for(rule, question, text):
    rules, verdict = find_rules(question, text)
    assert rule in rules
    assert verdict is FilterVerdict.ASIDE


@pytest.mark.parametrize(("rule", "question", "text"), list(list_cases("spared")))
def test_a_proof_spares_what_only_looks_so(rule, question, text):
    rules, _verdict = find_rules(question, text)
    assert rule not in rules


def test_every_proof_has_its_cases():
    assert {path.stem for path in FILES} == PROOFS.keys() - OF_SIBLINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_proof_has_twenty_cases_of_each(path):
    table = read(path)
    assert len(table["aside"]) >= FEWEST
    assert len(table["spared"]) >= FEWEST


@pytest.mark.parametrize("rule", sorted(PROOFS))
def test_a_proof_outweighs_whatever_speaks_for_a_reply(rule):
    reasons = [Reason(rule, PROOFS[rule].weight, None), Reason("own", 9.0, None)]
    assert decide("r1", reasons, reasons, CARD).verdict is FilterVerdict.ASIDE


def test_without_a_proof_nothing_is_set_aside_however_low():
    reasons = [Reason("own", -9.0, None)]
    assert decide("r1", reasons, reasons, CARD).verdict is FilterVerdict.MAYBE
