"""Of what replies say again, one always stays; and what is no copy."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter import Candidate, JudgedQuestion, judge
from bot.filter.compare.repeats import compare_replies
from bot.filter.compare.thread import Thread, form_thread
from bot.filter.judging import SHIPPED

QUESTION = JudgedQuestion("Which tool did you give up this year?")
PITCH = (
    "We gave up three expensive rank trackers and now {name} shows every keyword on one page, nothing else comes close."
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def reply(number: int, text: str, author: str | None, minutes: int | None = None) -> Candidate:
    at = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Candidate(f"r{number}", (text,), author, at)


def rules_by_id(*candidates: Candidate) -> dict[str, set[str]]:
    return {judgement.id: {reason.rule for reason in judgement.reasons} for judgement in judge(QUESTION, candidates)}


def said_by(judged):
    """How many others repeat each reply."""
    return {
        judgement.id: int(reason.detail)
        for judgement in judged
        for reason in judgement.reasons
        if reason.rule == "copied_by_others"
    }


def test_what_many_say_in_the_same_few_words_stays_and_is_said_by_many():
    opinion = [reply(n, "Housing should be a right", author, n) for n, author in enumerate(("ada", "grace", "alan"))]
    judged = judge(QUESTION, opinion)
    assert not any(reason.rule == "copy_of_reply" for judgement in judged for reason in judgement.reasons)
    assert said_by(judged) == {"r0": 2}
    assert judged[0].score > judged[1].score == judged[2].score > judged[0].score - 0.05


def test_the_same_few_words_again_by_the_same_author_are_a_copy():
    found = rules_by_id(
        reply(1, "Housing should be a right", "ada", 0), reply(2, "housing should be a right!", "ada", 1)
    )
    assert "copy_of_reply" in found["r2"]
    assert "copied_by_others" not in found["r1"]


BODY = (
    "Hi there, {name} here from {firm}. We gave up the old tracker in {year} and it saved our team about {n} hours a week."
    " {firm} now sends one plain report to every client and nobody has asked for the old one since."
)
NAMES = [
    "Ada",
    "Grace",
    "Alan",
    "Mary",
    "Edith",
    "Rosa",
    "Emmy",
    "Lise",
    "Hedy",
    "Joan",
    "Jean",
    "Sofia",
    "Maria",
    "Irene",
]


def template(number: int) -> Candidate:
    text = BODY.format(name=NAMES[number], firm=f"{NAMES[-number]}works", year=2010 + number, n=3 + number)
    return reply(number, text, NAMES[number], number)


def test_of_fourteen_replies_with_one_body_the_first_stays_and_the_others_go_down():
    flood = [template(n) for n in range(14)]
    judged = judge(QUESTION, flood)
    alone = judge(QUESTION, flood[:1])[0]
    assert (judged[0].own, judged[0].verdict) == (alone.own, alone.verdict)
    assert said_by(judged) == {"r0": 13}
    frames = [[r for r in judgement.reasons if r.rule == "alike_frame"] for judgement in judged]
    assert frames[0] == []
    assert all(each[0].weight == -1.5 and each[0].detail == "r0" for each in frames[2:])


def test_who_comes_later_with_the_same_frame_lowers_nobody_before():
    before = judge(QUESTION, [template(n) for n in range(2)])
    after = judge(QUESTION, [template(n) for n in range(5)])
    assert [judgement.own for judgement in after[:2]] == [judgement.own for judgement in before]


def test_one_author_with_many_numbers_in_one_frame_shares_it_with_nobody():
    found = rules_by_id(*(replace(template(n), author="ada") for n in range(4)))
    assert not any("alike_frame" in rules for rules in found.values())


OTHER_SUBJECTS = [
    ("Our clients would gladly pay more for weekly reports.", "Our clients would gladly pay more for faster servers."),
    ("Noise rules should be enforced in the county as in the city.", "Parking fees should be enforced in the county as in the city."),
    ("The council must put more money into local food production before anything else is built here.", "The council must put more money into forest and river restoration before anything else is built here."),
    ("We gave up cable.", "We gave up print."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHER_SUBJECTS)
def test_a_frame_with_another_subject_is_no_copy(one, other):
    found = rules_by_id(reply(1, one, "ada", 0), reply(2, other, "grace", 1))
    assert not found["r2"] & {"copy_of_reply", "alike_frame"}


def test_two_answers_above_one_signature_are_two_answers():
    signature = "\n--\nWhatever you vividly imagine, ardently desire and enthusiastically act upon must come to pass."
    found = rules_by_id(
        reply(1, f"Ahrefs, in May.{signature}", "ada", 0),
        reply(2, f"And the newsletter went too.{signature}", "ada", 1),
    )
    assert "copy_of_reply" not in found["r2"]


def test_much_of_the_same_in_other_words_is_shown_beside_it_and_not_set_aside():
    one = "We gave up the weekly ranking report in March because none of our clients had opened it for half a year."
    other = "Because none of our clients had opened the thing for ages, the weekly ranking report is what we dropped."
    judged = judge(QUESTION, [reply(1, one, "ada", 0), reply(2, other, "grace", 1)])
    assert [(reason.weight, reason.detail) for reason in judged[1].reasons if reason.rule == "alike_words"] == [
        (-0.2, "r1")
    ]
    assert not any(reason.rule.startswith(("alike_", "copy")) for reason in judged[0].reasons)


def test_a_copy_of_a_copy_names_the_first():
    texts = [PITCH.format(name="Rankly"), PITCH.format(name="Rankle"), PITCH.format(name="Rinkle")]
    judged = judge(QUESTION, [reply(n, text, f"a{n}", n) for n, text in enumerate(texts)])
    details = [reason.detail for judgement in judged for reason in judgement.reasons if reason.rule == "copy_of_reply"]
    assert details == ["r0", "r0"]
    assert said_by(judged) == {"r0": 2}


QUESTION_PARTS = [
    "Which tool did you give up this year? Which tool did you give up this year?",
    "did you give up this year, did you give up this year, did you give up this year",
    "WHICH TOOL DID YOU GIVE UP THIS YEAR",
]


@pytest.mark.parametrize("text", QUESTION_PARTS)
def test_the_question_or_a_part_of_it_several_times_is_a_copy_of_it(text):
    assert "copy_of_question" in rules_by_id(reply(1, text, "ada"))["r1"]


def test_an_option_said_again_is_a_copy_of_the_question_and_with_a_reason_it_is_none():
    option = "Only the tools that cost more than they bring"
    asked = JudgedQuestion("What would you give up?", ("All of them", option))
    copied, told = judge(
        asked,
        [reply(1, option, "ada"), reply(2, f"{option}, since our budget was halved in March by the owner.", "alan")],
    )
    assert "copy_of_question" in {reason.rule for reason in copied.reasons}
    assert "copy_of_question" not in {reason.rule for reason in told.reasons}


def change_words(text: str, share: float, dice: random.Random) -> str:
    words = text.split()
    for place in dice.sample(range(len(words)), round(share * len(words))):
        words[place] = dice.choice(VOCABULARY)
    return " ".join(words)


VOCABULARY = """
    garden river window ladder copper bridge winter pencil basket harbour candle meadow engine ribbon marble saddle
    carry paint follow gather borrow polish measure scatter wander listen deliver mention repair discover whisper
    quiet narrow gentle bitter yellow hollow distant clever stubborn ancient frozen hidden local steady careful
""".split()  # noqa: SIM905  # a list of so many words is no easier to read


@pytest.mark.parametrize(("share", "goal"), [(0.03, 0.99), (0.08, 0.97)])
def test_copies_with_a_few_other_words_are_found_and_nothing_else_is(share, goal):
    dice = random.Random(12)
    originals = [reply(n, " ".join(dice.choices(VOCABULARY, k=dice.randint(12, 60))), f"a{n}", n) for n in range(200)]
    copies = [
        replace(each, id=f"c{each.id}", texts=(change_words(each.texts[0], share, dice),), author=f"b{each.id}", at=NOON + timedelta(days=1))
        for each in originals
    ]  # fmt: skip
    found = rules_by_id(*originals, *copies)
    assert sum("copy_of_reply" in found[each.id] for each in copies) >= goal * len(copies)
    assert not any("copy_of_reply" in found[each.id] for each in originals)


SENTENCES = [
    "We dropped the weekly ranking report in May because nobody in the team had read it for months.",
    "We dropped the weekly ranking report in May because nobody in our team had read it for years.",
    "We did not drop the weekly ranking report in May because nobody in the team had read it for months.",
    "We dropped the 12 ranking reports in May because nobody in the team had read them for 3 months.",
    "We dropped the 40 ranking reports in June because nobody in the team had read them for 9 months.",
    "As a founder with over 9 years of experience in helping shops, I gave up Excel.",
    "As a lead with over 8 years of experience in helping banks, we left Word.",
    "Housing should be a right",
    "What did you give up? What did you give up?",
]
answers = st.lists(
    st.builds(
        Candidate,
        st.sampled_from([f"r{n}" for n in range(9)]),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2).map(tuple),
        st.sampled_from([None, "ada", "grace", "alan"]),
        st.one_of(
            st.none(),
            st.datetimes(
                min_value=NOON.replace(tzinfo=None),
                max_value=NOON.replace(tzinfo=None, hour=13),
                timezones=st.just(UTC),
            ),
        ),
    ),
    max_size=9,
    unique_by=lambda candidate: candidate.id,
)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(given_in_order, random):
    shuffled = random.sample(given_in_order, len(given_in_order))
    assert {each.id: each for each in judge(QUESTION, shuffled)} == {
        each.id: each for each in judge(QUESTION, given_in_order)
    }


@given(answers, st.sampled_from(SENTENCES))
def test_who_comes_last_changes_nothing_before(before, text):
    last = Candidate("last", (text,), "eve", NOON + timedelta(days=400))
    timed = [each for each in before if each.at]
    alone, beside = judge(QUESTION, timed), judge(QUESTION, [*timed, last])
    for one, other in zip(alone, beside[:-1], strict=True):
        assert (one.verdict, one.own) == (other.verdict, other.own)


@given(answers)
def test_of_replies_that_say_the_same_the_earliest_is_never_lowered_for_it(given_in_order):
    for judgement in judge(QUESTION, given_in_order):
        rules = {reason.rule for reason in judgement.reasons}
        if "copied_by_others" in rules:
            assert not rules & {"copy_of_reply"}


def test_replies_of_ten_thousand_characters_are_compared_in_the_twinkling_of_an_eye():
    dice = random.Random(3)
    long = [" ".join(dice.choices(VOCABULARY, k=1_500)) for _ in range(4)]
    hostile = [
        "a " * 5_000 + "b",
        "a " * 5_000 + "c",
        "ab. " * 2_500,
        "ab. " * 2_499 + "Ab1",
        "日本" * 5_000,
        "日本" * 4_999 + "語",
    ]
    texts = [*long, *(text.replace("river", "stream") for text in long), *hostile]
    thread = form_thread(QUESTION, [reply(n, text, f"a{n}", n) for n, text in enumerate(texts)], SHIPPED)
    compare_replies(thread)  # loads what is loaded once
    assert min(_time_comparing(thread) for _attempt in range(3)) < 0.02 * len(texts)


def _time_comparing(thread: Thread) -> float:
    """CPU seconds."""
    started = time.process_time()
    compare_replies(thread)
    return time.process_time() - started
