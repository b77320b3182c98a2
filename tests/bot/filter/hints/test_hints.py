"""What a careful editor looks at: each hint with what it hits and what it is near to and spares."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.selection.noticed import HINTS
from bot.filter import Candidate, JudgedQuestion, judge
from bot.filter.compare.elsewhere import AskedThread, compare_threads
from bot.filter.hints.claims import find_contradiction
from bot.filter.hints.marks import find_senders
from bot.filter.rules.text import prepare
from bot.filter.values import AuthorProfile

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ASKED = JudgedQuestion("What did you stop doing, and what happened?")
OWN = tuple(each for each in HINTS if each != "machine")
LONG = (
    "We stopped the weekly report in spring because nobody in the shop read it, and the two of us who wrote it got half "
    "a day back each week; since then we write one page a month, which our customers ask for when it is late, and so "
    "we would do it again."
)


def say(identity, text, author=None, minutes=0, **profile):
    moment = NOON + timedelta(minutes=minutes)
    return Candidate(identity, (text,), author or identity, moment, profile=AuthorProfile(**profile))


def hint(*answers, rule=None):
    """(Rule, detail, which other answers) of the hints, by the id of the answer."""
    found = {}
    for judged in judge(ASKED, answers):
        said = [
            (each.rule, each.detail, *(other.answer for other in each.others))
            for each in judged.reasons
            if (each.rule == rule if rule else each.rule.startswith(OWN))
        ]
        if said:
            found[judged.id] = said
    return found


def hint_across(**said):
    """The same of several questions, each other answer by its question and id."""
    threads = [AskedThread(name, ASKED, answers) for name, answers in said.items()]
    found = {}
    for answers in compare_threads(threads):
        for judged in judge(ASKED, answers):
            rules = [(each.rule, each.detail) for each in judged.reasons if each.rule.startswith(OWN)]
            if rules:
                found[judged.id] = rules
    return found


# ---------------------------------------------------------------- senders

AGENCY = [
    f"{text}\n\nBest regards,\n{name}\n{name.split()[0].lower()}@rankly.io"
    for name, text in (
        ("Ada Smith", "We stopped sending the monthly report and lost no client over it."),
        ("Grace Lee", "I gave up the daily call: two hours a week, and nobody asked for it since."),
        ("Alan Kay", "No more printed invoices here; they are paid nine days sooner by mail."),
    )
]


def test_three_answers_of_one_agency_name_each_other():
    found = hint(
        *(say(name, text, minutes=minute) for minute, (name, text) in enumerate(zip("abc", AGENCY, strict=True)))
    )
    assert found == {
        "a": [("sender_group", "2", "b", "c")],
        "b": [("sender_group", "2", "a", "c")],
        "c": [("sender_group", "2", "a", "b")],
    }


def test_the_words_that_are_shared_are_shown_in_both():
    first, second = say("a", AGENCY[0]), say("b", AGENCY[1], minutes=1)
    reason = next(each for each in judge(ASKED, [first, second])[0].reasons if each.rule == "sender_group")
    there = reason.others[0].span
    assert first.texts[0][reason.span.start : reason.span.end] == "ada@rankly.io"
    assert second.texts[0][there.start : there.end] == "grace@rankly.io"


def test_regulars_of_one_company_are_told_and_lose_nothing():
    texts = [
        "As an engineer at Deutsche Bahn I stopped writing minutes.",
        "I work for Deutsche Bahn. We gave up the pager.",
    ]
    both = [say("a", texts[0]), say("b", texts[1], minutes=1)]
    assert hint(*both) == {"a": [("sender_group", "1", "b")], "b": [("sender_group", "1", "a")]}
    alone = [judge(ASKED, [each])[0] for each in both]
    assert [each.own for each in judge(ASKED, both)] == [each.own for each in alone]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We stopped it.\n\nBest,\nAda Smith", "It was late.\n\nBest,\nGrace Smith"),  # one surname
        ("We stopped it.\n\nRegards,\nAda Smith, Berlin", "It was late.\n\nRegards,\nJo Doe, Berlin"),  # one town
        ("Write to ada@gmail.com, we stopped it.", "Write to grace@gmail.com, it was late."),  # one provider
        ("We stopped it.\nThanks\nSent from my iPhone 15", "It was late.\nThanks\nSent from my iPhone 15"),
        ("The owner of the shop stopped it.", "The owner of the farm gave it up."),  # no name
        ("See https://example.org/a for why we stopped.", "The survey is on https://example.org/b too."),  # a source
        ("I am a manager at Lidl.", "We buy at Lidl, and the manager is nice."),
    ],
)
def test_who_only_seems_to_belong_together_is_no_group(one, other):
    assert hint(say("a", one), say("b", other, minutes=1), rule="sender_group") == {}


def test_one_person_who_answers_twice_is_no_group():
    assert hint(say("a", AGENCY[0], "ada"), say("b", AGENCY[1], "ada", 1), rule="sender_group") == {}


def test_who_answered_another_question_for_the_same_sender_is_named():
    found = hint_across(one=[say("a", AGENCY[0])], two=[say("b", AGENCY[1], minutes=1)])
    assert found == {"b": [("sender_group", "1")]}  # of two the earlier stays as it is


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Ask jane@mail.rankly.co.uk about it", ["domain:rankly.co.uk"]),
        ("I'm Jane, founder of Rankly GmbH. We stopped", ["name:rankly"]),
        ("Ich bin Leiterin Kommunikation bei Rankly und habe", ["name:rankly"]),
        ("Nein.\n\nViele Grüße\nJo\nRankly | Agentur Berlin", ["line:rankly | agentur berlin"]),
        ("Nein.\n\nViele Grüße\nJo\nTel. 030 123456 78", ["line:tel. 030 123456 78"]),
        ("we work at Night", ["name:night"]),  # where it fails
    ],
)
def test_a_sender_is_read_from_addresses_roles_and_signatures(text, keys):
    assert [mark.key for mark in find_senders(prepare((text,)))] == keys


# ---------------------------------------------------------------- what somebody said before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We cut our newsletter list by 30 percent.", "I cut the newsletter list by 3 %"),
        ("We printed the weekly report in the shop.", "We never printed the weekly report in the shop."),
        ("Clicks rose after the redesign launched.", "Clicks fell after the redesign launched."),
        ("Wir drucken den Wochenbericht im Laden.", "Wir drucken den Wochenbericht im Laden nicht."),
        ("The council closed the school road in 2018.", "The council didn't closed the school road in 2018."),
    ],
)
def test_the_same_statement_with_another_number_or_turned_round_is_a_contradiction(one, other):
    assert find_contradiction(prepare((one,)), prepare((other,)))
    assert find_contradiction(prepare((other,)), prepare((one,)))
    assert find_contradiction(prepare((one,)), prepare((one,))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We sold 30 ripe apples a day.", "We sold 3 ripe pears a day."),  # of different things
        ("In 2019 we cut our newsletter list by 30 percent.", "In 2021 we cut our newsletter list by 3 percent."),
        ("We cut our newsletter list by 30 percent.", "We cut our newsletter list to 30 percent."),
        ("We print the weekly report.", "We no longer print the weekly report."),
        ("The ticket price was 30 euros.", "The ticket price is 40 euros."),
        ("I am 30 years old.", "I am 31 years old."),  # everybody's frame
        ("More people drink coffee than tea.", "Fewer people drink tea than coffee."),
        ("Churn fell from 30 to 20 percent after onboarding.", "Churn fell from 20 to 30 percent after onboarding."),
        ("We keep three shop cats.", "We keep 3 shop cats."),
        ("Do we print the weekly report?", "We do not print the weekly report."),
        ("The parcel weighs 1,000 grams here.", "The parcel weighs 1000 grams here."),
    ],
)
def test_numbers_of_different_things_and_times_are_no_contradiction(one, other):
    assert find_contradiction(prepare((one,)), prepare((other,))) is None


SAID = "It was hard. We cut our newsletter list by 30 percent! Nobody minded."
UNSAID = "I cut the newsletter list by 3 %, and that was that."


def test_both_passages_are_shown_and_only_the_later_answer_says_so():
    answers = [say("b", "Again. I cut the newsletter list by 3 %.", "ada", 1), say("a", SAID, "ada")]
    later, earlier = judge(ASKED, answers)
    (reason,) = (each for each in later.reasons if each.rule == "contradicts_itself")
    (other,) = reason.others
    assert (reason.weight, other.answer, SAID[other.span.start : other.span.end]) == (
        0.0,
        "a",
        "We cut our newsletter list by 30 percent",
    )
    assert not any(each.rule.startswith("contradicts") for each in earlier.reasons)


def test_somebody_else_may_say_otherwise():
    assert hint(say("a", "We cut our newsletter list by 30 percent.", "ada"), say("b", UNSAID, "grace", 1)) == {}


def test_what_was_said_to_another_question_is_found():
    text = "We cut our newsletter list by 3 percent. That was that."
    found = hint_across(one=[say("a", SAID, "ada")], two=[say("b", text, "ada", 1), say("c", text, "grace", 2)])
    assert found == {"b": [("contradicts_elsewhere", "one #a")]}


# ---------------------------------------------------------------- profiles and times


@pytest.mark.parametrize(("days", "found"), [(0, "0"), (3, "3"), (13, "13"), (14, None), (4000, None), (-1, None)])
def test_a_profile_made_just_before_its_answer_is_told_with_its_age(days, found):
    answer = say("a", LONG, made_at=NOON - timedelta(days=days))
    assert hint(answer) == ({"a": [("new_profile", found)]} if found else {})


@pytest.mark.parametrize(
    ("minutes", "imported", "text", "found"),
    [
        (3, True, LONG, True),
        (10, True, LONG, True),
        (11, True, LONG, False),
        (-5, True, LONG, False),
        (3, False, LONG, False),  # on a server, regulars do that
        (3, True, "We stopped the weekly report.", False),  # typed at once
    ],
)
def test_a_long_answer_that_was_sent_in_within_minutes_is_told(minutes, imported, text, found):
    answer = say("a", text, imported=imported, asked_at=NOON - timedelta(minutes=minutes))
    assert hint(answer) == ({"a": [("quick_answer", str(minutes))]} if found else {})


def answer_all(slugs, *, imported):
    texts = [
        LONG,
        "The council closed our school road in 2018.",
        "Nitrogen made the leaves burn, so I use compost now.",
    ]
    return {
        slug.replace("-", "_"): [say(slug, f"{texts[n % 3]} {slug} {n}", "ada", n, imported=imported)]
        for n, slug in enumerate(slugs)
    }


def test_who_is_brought_in_on_many_subjects_is_told_with_which():
    found = hint_across(**answer_all(["tomatoes", "invoices", "roads", "links"], imported=True))
    assert found["links"] == [("many_subjects", "invoices, roads, tomatoes")]
    assert list(found) == ["links"]


def test_regulars_of_a_server_answer_everything():
    assert hint_across(**answer_all(["tomatoes", "invoices", "roads", "links"], imported=False)) == {}


def test_many_questions_on_one_subject_are_one():
    slugs = ["tomato-splitting", "tomatoes-blight", "tomato-seed", "links"]
    assert hint_across(**answer_all(slugs, imported=True)) == {}


# ---------------------------------------------------------------- two networks


def test_one_text_under_one_name_on_two_networks_is_one_voice_and_told():
    answers = [
        say("a", LONG, "1", platform="bluesky", name="Ada  Lovelace"),
        say("b", LONG, "2", 1, platform="x", name="ada lovelace"),
    ]
    assert hint(*answers, rule="copied_networks") == {"a": [("copied_networks", "x")]}
    assert hint(*answers, rule="copied_by_others") == {}
    third = say("c", LONG, "3", 2, platform="x", name="Grace")
    assert hint(*answers, third, rule="copied_by_others") == {"a": [("copied_by_others", "1")]}


@pytest.mark.parametrize(
    ("platform", "name"), [("bluesky", "Ada"), ("x", "Grace"), ("x", "")]
)  # two profiles of one network, two names, no name
def test_others_who_say_the_same_are_others(platform, name):
    answers = [
        say("a", LONG, "1", platform="bluesky", name="Ada"),
        say("b", LONG, "2", 1, platform=platform, name=name),
    ]
    assert hint(*answers, rule="copied_networks") == {}
    assert hint(*answers, rule="copied_by_others") == {"a": [("copied_by_others", "1")]}


def test_one_name_with_other_words_is_two_answers():
    other = "The council closed the road at our school gate, and the number of cars fell by 340 a day within weeks."
    answers = [say("a", LONG, "1", platform="bluesky", name="Ada"), say("b", other, "2", 1, platform="x", name="Ada")]
    assert hint(*answers, rule="copied_networks") == {}


# ---------------------------------------------------------------- any order

texts = [*AGENCY, SAID, UNSAID, LONG, "We cut our newsletter list by 3 percent."]
told = st.lists(
    st.tuples(st.sampled_from(texts), st.sampled_from("abc"), st.integers(0, 3), st.sampled_from(["x", "bluesky"])),
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(told, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_and_nothing_weighs(said, random):
    answers = [
        say(str(number), text, who, minute, platform=network, name=who, made_at=NOON - timedelta(days=minute))
        for number, (text, who, minute, network) in enumerate(said)
    ]
    once = {each.id: each for each in judge(ASKED, answers)}
    random.shuffle(answers)
    assert {each.id: each for each in judge(ASKED, answers)} == once
    hinted = (reason for each in once.values() for reason in each.reasons if reason.rule.startswith(OWN))
    assert all(reason.weight == 0 for reason in hinted)
