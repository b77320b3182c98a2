"""What answers to several questions have in common, without a database."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, judge
from bot.filter.assess import assess
from bot.filter.compare.elsewhere import AskedThread, compare_threads
from bot.filter.compare.printed import REACH
from bot.filter.compare.prints import make_all_prints, make_prints
from bot.filter.rules.text import prepare
from bot.filter.values import Likeness

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CUT = (
    "We cut our onboarding from nine days to three in 2021 by dropping the welcome call, and churn in the first "
    "quarter fell by a fifth because nobody had to wait for a slot in somebody's calendar."
)
NOT_CUT = CUT.replace("fell", "rose")
FRAMED = [
    f"After moving our {what} to {where} in {year}, we stopped printing the weekly report that nobody read, and the "
    "team got half a day back; I would do it again tomorrow."
    for what, where, year in (("Invoices", "Berlin", 2019), ("Archives", "Lisbon", 2022))
]
ROAD = "In 2018 the council closed the road at our school gate, and the number of cars fell by 340 a day within weeks."
QUESTIONS = {name: JudgedQuestion(text) for name, text in (("one", "What did you stop?"), ("two", "Which tool?"))}


def say(identity, text, author=None, at=NOON):
    return Candidate(identity, (text,), author, at)


def compare(**said):
    """What each answer has in common with earlier ones of other questions, by its id."""
    threads = [AskedThread(name, JudgedQuestion("What did you stop?"), answers) for name, answers in said.items()]
    return {each.id: each.elsewhere for answers in compare_threads(threads) for each in answers}


def kinds(found):
    return {identity: [each.kind for each in elsewhere] for identity, elsewhere in found.items() if elsewhere}


LATER = NOON + timedelta(hours=1)


def test_the_later_of_two_that_are_the_same_says_where_the_earlier_stands():
    found = compare(one=[say("a", CUT, "ada")], two=[say("b", CUT, "alan", LATER)])
    assert found["a"] == ()
    (copy,) = found["b"]
    assert (copy.kind, copy.question, copy.reply, copy.own, copy.at) == (Likeness.COPY, "one", "a", False, NOON)


def test_a_copy_of_ones_own_is_told_from_one_of_somebody_else():
    found = compare(one=[say("a", CUT, "ada")], two=[say("b", CUT, "ada", LATER), say("c", CUT, "alan", LATER)])
    assert [found[each][0].own for each in "bc"] == [True, False]


def test_two_unknown_authors_are_two():
    assert not compare(one=[say("a", CUT)], two=[say("b", CUT, None, LATER)])["b"][0].own


@pytest.mark.parametrize(
    ("text", "kind"), [(FRAMED[1], Likeness.FRAME), (CUT, None), (ROAD, None), ("We use Plausible.", None)]
)
def test_what_is_alike_but_for_names_and_numbers_is_no_copy(text, kind):
    found = compare(one=[say("a", FRAMED[0], "ada")], two=[say("b", text, "alan", LATER)])
    assert kinds(found) == ({"b": [kind]} if kind else {})


def test_who_says_it_with_a_word_turned_round_says_something_else():
    affordable = ROAD.replace("closed", "opened").replace("the number of cars fell", "less cars came")
    found = compare(one=[say("a", affordable, "ada")], two=[say("b", affordable.replace("less", "more"), "al", LATER)])
    assert Likeness.COPY not in kinds(found).get("b", [])


def test_runs_of_rare_words_are_found_in_another_text():
    rare = "amphibious excavators dredged contaminated sediment while volunteer hydrologists catalogued invertebrates"
    one = f"Our river was cleaned when {rare}, and then the council paid. It took two summers."
    two = f"No idea about tools, to be honest, but I have seen how {rare} for a good year near us, and it was worth it."
    assert kinds(compare(one=[say("a", one, "ada")], two=[say("b", two, "alan", LATER)])) == {"b": [Likeness.GRAM]}
    crowd = [say(f"a{n}", one, f"author {n}") for n in range(4)]
    assert Likeness.GRAM not in kinds(compare(one=crowd, two=[say("b", two, "alan", LATER)])).get("b", [])


@pytest.mark.parametrize(("days", "found"), [(REACH.days - 1, True), (REACH.days + 1, False)])
def test_a_text_is_remembered_for_ninety_days(days, found):
    later = NOON + timedelta(days=days)
    assert bool(kinds(compare(one=[say("a", CUT, "ada")], two=[say("b", CUT, "alan", later)]))) is found


@pytest.mark.parametrize("kind", [Likeness.COPY, Likeness.FRAME, Likeness.GRAM])
def test_it_lowers_the_rank_and_never_sets_aside(kind):
    from bot.filter.values import Elsewhere

    plain = say("b", ROAD, "alan")
    near = Candidate("b", (ROAD,), "alan", NOON, elsewhere=(Elsewhere(kind, "one", "a", False, NOON),))
    weak = Candidate("b", ("It depends on the weather and on us.",), "alan", NOON, elsewhere=near.elsewhere)
    without, with_it = (judge(QUESTIONS["two"], [each])[0] for each in (plain, near))
    assert with_it.score < without.score
    assert with_it.verdict is not FilterVerdict.ASIDE
    assert judge(QUESTIONS["two"], [weak])[0].verdict is not FilterVerdict.ASIDE
    assert [reason.detail for reason in with_it.reasons if "elsewhere" in reason.rule or "gram" in reason.rule] == [
        "one #a"
    ]


def test_prints_are_the_same_whatever_a_text_is_printed_with():
    texts = [prepare((text,)) for text in (CUT, "+1", ROAD, *FRAMED, "日本語の長い回答です。" * 9, "")]
    assert make_all_prints(texts) == [make_prints(text) for text in texts]


# ---------------------------------------------------------------- any order


answers = st.lists(
    st.tuples(
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from([CUT, NOT_CUT, CUT.replace("nine", "ten"), ROAD, *FRAMED]),
        st.sampled_from([None, "ada", "grace", "alan"]),
        st.sampled_from([None, *(NOON + timedelta(days=days) for days in (0, 1, 50, 95, 200))]),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(answers, st.randoms(use_true_random=False))
def test_no_order_and_no_later_text_changes_what_is_found(said, random):
    rows = [(slug, say(f"r{number}", text, author, at)) for number, (slug, text, author, at) in enumerate(said)]
    found = collect(rows)
    assert collect(random.sample(rows, len(rows))) == found
    dated = [row for row in rows if row[1].at is not None]
    if dated:  # what came by a moment is judged as it was then
        moment = random.choice(dated)[1].at
        early = collect([row for row in dated if row[1].at <= moment])
        assert early == {identity: collect(dated)[identity] for identity in early}


def collect(rows):
    said = {}
    for slug, candidate in rows:
        said.setdefault(slug, []).append(candidate)
    return compare(**said)


def test_many_copies_cost_no_more_than_as_many_texts():
    """Each of them looks at a few of the others, whichever question they are in."""
    import time

    def spend(count):
        crowd = [say(f"r{n:05}", CUT, f"author {n}", NOON + timedelta(seconds=n)) for n in range(count)]
        began = time.process_time()
        compare(one=crowd[::2], two=crowd[1::2])
        return time.process_time() - began

    spend(50)
    assert spend(1_600) < 12 * max(spend(200), 0.02)


# ---------------------------------------------------------------- assess


def test_assess_compares_the_questions_of_one_input():
    lines = [
        json.dumps({"id": number, "question_id": slug, "question": slug, "text": text, "author": who, "at": at})
        for number, (slug, text, who, at) in enumerate(
            [
                ("one", CUT, "ada", "2026-11-16T12:00:00+00:00"),
                ("two", CUT, "alan", "2026-11-16T11:00:00+00:00"),
                ("two", ROAD, "grace", "2026-11-16T13:00:00+00:00"),
            ]
        )
    ]
    judged = {each["id"]: each for each in map(json.loads, assess(lines))}
    evidence = {
        identity: [reason["evidence"] for reason in each["reasons"] if reason["rule"] == "copy_elsewhere"]
        for identity, each in judged.items()
    }
    assert evidence == {0: ["two #1"], 1: [], 2: []}
    again = {each["id"]: each for each in map(json.loads, assess(reversed(lines)))}
    assert again == judged
