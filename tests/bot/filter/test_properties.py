"""What holds for every input."""

import pickle
import time
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter import RULES_HASH, Candidate, FilterVerdict, JudgedQuestion, judge
from bot.filter.judging import RULES, SHIPPED, decide
from bot.filter.rank.card import load_card
from bot.filter.rules.text import MAX_CHARACTERS, Prepared, prepare
from bot.filter.rules.weights import WEIGHTS
from bot.filter.values import Reason

TEXTS = [
    "We dropped three rank trackers in May because the numbers never matched the console.",
    "We dropped three rank trackers in June because the numbers never matched the console!",
    "As a strategist with over 9 years of experience in helping shops, I gave up Excel.",
    "As a founder with over 8 years of experience in helping banks, we gave up Word.",
    "Great question!",
    "+1",
    "DM me",
]
texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=60))
candidates = st.builds(
    Candidate,
    st.sampled_from([f"r{n}" for n in range(8)]),
    st.lists(texts, max_size=3).map(tuple),
    st.sampled_from([None, "ada", "grace", "alan"]),
    st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
)
QUESTION = JudgedQuestion("What did you give up?", ("Excel", "Word"))
CARD = load_card(SHIPPED)


@given(st.lists(candidates, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_judgement(answers, random):
    shuffled = random.sample(answers, len(answers))
    assert dict(zip(shuffled, judge(QUESTION, shuffled), strict=True)) == dict(
        zip(answers, judge(QUESTION, answers), strict=True)
    )


@given(st.lists(candidates, max_size=6))
def test_judgements_come_in_the_order_of_the_input_with_scores_from_0_to_1(answers):
    judged = judge(QUESTION, answers)
    assert [judgement.id for judgement in judged] == [candidate.id for candidate in answers]
    assert all(0 <= judgement.score <= 1 for judgement in judged)
    assert all(judgement.reasons for judgement in judged)


@given(st.lists(texts, max_size=4).map(tuple))
def test_every_span_lies_inside_its_part(parts):
    for reason in judge(QUESTION, [Candidate("r1", parts)])[0].reasons:
        if reason.span:
            assert 0 <= reason.span.start <= reason.span.end <= len(parts[reason.span.part])


def test_values_survive_pickling():
    judged = judge(QUESTION, [Candidate("r1", ("We gave up Excel",), "ada")])
    assert pickle.loads(pickle.dumps(judged)) == judged


@given(
    st.lists(
        st.sampled_from([name for name, weight in WEIGHTS.items() if weight > -2 and "." not in name]), unique=True
    )
)
def test_a_hint_never_turns_maybe_into_aside(rules):
    reasons = [Reason(rule, WEIGHTS[rule], None) for rule in rules]
    hinted = [*reasons, Reason("machine_phrasing", -0.8, None)]
    if decide("r1", reasons, reasons, CARD).verdict is not FilterVerdict.ASIDE:
        assert decide("r1", hinted, hinted, CARD).verdict is not FilterVerdict.ASIDE


def test_what_follows_the_cap_is_not_read():
    parts = ("a" * MAX_CHARACTERS, "DM me")
    assert "self_promotion" not in {reason.rule for reason in judge(QUESTION, [Candidate("r1", parts)])[0].reasons}


def test_combining_marks_are_capped_and_normalising_never_lengthens():
    assert len(prepare(("e" + "\u0301" * 5_000,)).text) < 10
    assert len(prepare(("\ufdfa" * 4_000,)).text) == 4_000


def test_the_hash_of_the_rules_is_the_same_in_every_run():
    assert len(RULES_HASH) == 12
    assert int(RULES_HASH, 16) >= 0


HOSTILE = ["a", "a-", "a.", "I ", "i'm ", "? ", "@", "@a", ":a", "http://", "www.", "my a ", "1", "1,", "A ", " A", "earn a ",
           "\n", " ", ". ", "hi ", "hi,", "'", "a'", "in today's a ", "get a free ", "+1", "^", "maybe ", "one of ", "<a:", "-_",
           "<a", "if ", "no ", "how a ", "free a ", "does anybody ", "onload", "we built a ", "5 ", "5 years ", "not ", "stopped "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(piece):
    assert any(_measure_growth(piece) <= 2.5 for _attempt in range(5)), f"{piece!r} grows faster than its length"


def _measure_growth(piece: str) -> float:
    return _measure(piece, 24_000) / _measure(piece, 12_000)


def _measure(piece: str, length: int) -> float:
    """CPU seconds of all rules over *length* characters, uncapped; the best of three."""
    text = (piece * length)[:length]
    return min(_run(text) for _ in range(3))


def _run(text: str) -> float:
    started = time.process_time()
    reply = Prepared(text, (0,), (None,))
    for rule in RULES:
        list(rule(reply, QUESTION))
    return time.process_time() - started
