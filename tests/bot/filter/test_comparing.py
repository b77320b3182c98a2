"""What the replies of one question say about each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, judge

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


def test_a_copied_pitch_from_another_account_is_set_aside_and_the_original_is_not():
    original, copy = reply(1, PITCH.format(name="Rankly"), "ada", 0), reply(2, PITCH.format(name="Rankle"), "grace", 5)
    judged = {judgement.id: judgement for judgement in judge(QUESTION, [copy, original])}
    assert judged["r2"].verdict is FilterVerdict.ASIDE
    assert "copy_of_reply" not in {reason.rule for reason in judged["r1"].reasons}


def test_a_copy_names_its_original():
    judged = judge(QUESTION, [reply(1, PITCH, "ada", 0), reply(2, PITCH, "grace", 5)])
    assert judged[1].reasons[0].detail == "r1"


def test_a_reply_without_a_time_is_never_the_original_of_one_with():
    found = rules_by_id(reply(1, PITCH, "ada"), reply(2, PITCH, "grace", 5))
    assert "copy_of_reply" in found["r1"]
    assert "copy_of_reply" not in found["r2"]


def test_repeating_oneself_weighs_less_than_copying_another():
    first, again, other = reply(1, PITCH, "ada", 0), reply(2, PITCH, "ada", 1), reply(3, PITCH, "alan", 2)
    weights = {judgement.id: judgement.reasons[0].weight for judgement in judge(QUESTION, [first, again, other])[1:]}
    assert weights["r3"] < weights["r2"] < 0


def test_independent_answers_with_the_same_opinion_are_no_copies():
    found = rules_by_id(
        reply(
            1,
            "I gave up the rank tracker in May because the numbers never matched what Search Console showed us.",
            "ada",
            0,
        ),
        reply(
            2,
            "Our rank tracker went in May as well. Search Console is free and its numbers were closer to the truth.",
            "alan",
            1,
        ),
    )
    assert not any("copy_of_reply" in rules for rules in found.values())


def test_the_same_short_answer_twice_is_no_copy():
    found = rules_by_id(reply(1, "Google Analytics", "ada", 0), reply(2, "Google Analytics", "alan", 1))
    assert not any("copy_of_reply" in rules for rules in found.values())


def test_a_copy_in_other_case_and_punctuation_is_still_one():
    found = rules_by_id(reply(1, PITCH, "ada", 0), reply(2, PITCH.upper().replace(" ", "  ") + "!!!", "alan", 1))
    assert "copy_of_reply" in found["r2"]


INTRODUCTION = "As a marketing strategist with over {n} years of experience in helping {whom} grow, I gave up {tool}."


def test_an_introduction_alone_is_welcome():
    found = rules_by_id(reply(1, INTRODUCTION.format(n=10, whom="shops", tool="Excel"), "ada"))
    assert "alike_frame" not in found["r1"]


def test_an_introduction_whose_skeleton_others_share_counts_against_each():
    found = rules_by_id(
        reply(
            1, "As a marketing strategist with over 10 years of experience in helping shops, I gave up Excel.", "ada"
        ),
        reply(
            2,
            "As a growth lead with over 15 years of experience in helping startups, we left Notion for text files.",
            "grace",
        ),
        reply(
            3,
            "As a consultant with over 7 years of experience in helping banks, the answer is surely Jira this time.",
            "alan",
        ),
    )
    assert {identity for identity, rules in found.items() if "alike_frame" in rules} == {"r2", "r3"}


HOLLOW = (
    "I'm {who}, founder of {what}, with over {n} years of experience helping {whom} thrive. Relevance truly matters."
)
HOLLOW_FLOOD = [
    reply(1, HOLLOW.format(who="Ada Byron", what="SiteBloom", n=10, whom="florists"), "ada"),
    reply(2, HOLLOW.format(who="Grace Hop", what="RankTide", n=8, whom="dentists"), "grace"),
    reply(3, HOLLOW.format(who="Alan Tur", what="LinkFold", n=12, whom="hotels"), "alan"),
]


def test_a_flood_of_introductions_with_nothing_after_them_is_set_aside():
    judged = judge(QUESTION, HOLLOW_FLOOD)
    weights = [
        sum(reason.weight for reason in judgement.reasons if reason.rule == "alike_frame") for judgement in judged
    ]
    assert weights[0] == 0 > weights[1] > weights[2] <= -1


def test_who_tells_something_after_a_shared_introduction_is_not_set_aside():
    told = (
        "I'm Mary Kay, founder of TagWorks, with over 9 years of experience helping shops thrive. We gave up the Ahrefs tool"
        " in May because 3 of 4 numbers were wrong, and nobody in the team has missed it since."
    )
    judged = judge(QUESTION, [*HOLLOW_FLOOD, reply(4, told, "mary")])
    assert judged[3].verdict is not FilterVerdict.ASIDE
    assert {reason.detail for reason in judged[3].reasons if reason.rule == "alike_frame"} == {"r1"}


def test_one_author_introducing_herself_thrice_shares_with_nobody():
    same = reply(1, INTRODUCTION.format(n=10, whom="shops", tool="Excel"), "ada")
    found = rules_by_id(same, replace(same, id="r2"), replace(same, id="r3"))
    assert not any("alike_frame" in rules for rules in found.values())


def test_saying_who_one_is_in_plain_words_is_never_a_shared_skeleton():
    found = rules_by_id(
        *(
            reply(n, f"I'm {name}, editor at {place}.", name)
            for n, (name, place) in enumerate([("Ada", "Wired"), ("Grace", "Stern"), ("Alan", "Nature")])
        )
    )
    assert not any("alike_frame" in rules for rules in found.values())


def test_a_flood_that_copies_what_somebody_did_leaves_only_the_first():
    flood = [reply(n, PITCH.format(name=f"Rank{n}"), f"account{n}", n) for n in range(2_000)]
    judged = judge(QUESTION, flood)
    assert [judgement.id for judgement in judged if judgement.verdict is not FilterVerdict.ASIDE] == ["r0"]


ALIKE_BUT_FOR = [
    ("Our agency earned between $50,000 and $100,000 with links last year.", "Our agency earned between $100,000 and $150,000 with links last year."),
    ("For small shops a decent rank tracker will stay affordable for years.", "For small shops a decent rank tracker will stay unaffordable for years."),
    ("A newsletter should be sent every week of the year, I am sure of it.", "A newsletter should not be sent every week of the year, I am sure of it."),
    ("We have stopped the reports and our biggest clients did notice it.", "We have stopped the reports and our biggest clients didn't notice it."),
    ("After the move to the new server the site loaded in two seconds.", "After the move to the new server the site loaded in nine seconds."),
    ("Since we dropped the old tool our editors write more every single day.", "Since we dropped the old tool our editors write less every single day."),
    ("The reports that the tool sent us each Monday were useful to our team.", "The reports that the tool sent us each Monday were useless to our team."),
    ("Clicks went from 200 to 900 in the week after we had left the tool.", "Clicks went from 900 to 200 in the week after we had left the tool."),
    ("Die Berichte am Montag haben uns in der Redaktion sehr geholfen, immer.", "Die Berichte am Montag haben uns in der Redaktion nicht sehr geholfen, immer."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE_BUT_FOR)
def test_alike_but_for_a_number_a_negation_or_an_opposite_is_a_statement_of_its_own(one, other):
    found = rules_by_id(reply(1, one, "ada", 0), reply(2, other, "grace", 1))
    assert "copy_of_reply" not in found["r2"]


@pytest.mark.parametrize("text", [text for pair in ALIKE_BUT_FOR for text in pair])
def test_the_same_statement_again_is_a_copy_even_when_its_contrary_came_between(text):
    contraries = [other for pair in ALIKE_BUT_FOR for other in pair if text in pair and other != text]
    first, contrary, again = reply(1, text, "ada", 0), reply(2, contraries[0], "grace", 1), reply(3, text, "alan", 2)
    judged = {judgement.id: judgement for judgement in judge(QUESTION, [first, contrary, again])}
    assert "r1" in {reason.detail for reason in judged["r3"].reasons if reason.rule == "copy_of_reply"}


def test_alike_but_for_the_option_is_a_statement_of_its_own():
    asked = JudgedQuestion("Which indentation?", ("Tabs", "Spaces"))
    reason = "because everybody in the office has used them since the first day of the project."
    tabs, spaces = (
        reply(1, f"I vote for tabs, {reason}", "ada", 0),
        reply(2, f"I vote for spaces, {reason}", "grace", 1),
    )
    assert not any(r.rule == "copy_of_reply" for judgement in judge(asked, [tabs, spaces]) for r in judgement.reasons)


SLOTS = "With {years} years in the industry, {name} is what I tell every brand to try first, see https://{site}.example/p?id={years}"


def test_other_names_links_and_years_in_the_trade_leave_a_copy_a_copy():
    first = reply(1, SLOTS.format(years=12, name="Rankly", site="ada"), "ada", 0)
    second = reply(2, SLOTS.format(years=15, name="Rankle", site="grace"), "grace", 1)
    assert "copy_of_reply" in rules_by_id(first, second)["r2"]


EMPTY_PITCH = (
    "A healthy link profile is the foundation of lasting growth, and regular audits protect the whole brand from risk."
)


def said_by(judged):
    """How many others repeat each reply."""
    return {
        judgement.id: int(reason.detail)
        for judgement in judged
        for reason in judgement.reasons
        if reason.rule == "copied_by_others"
    }


def test_a_pitch_of_three_accounts_is_a_pitch_from_the_first_on():
    alone = judge(QUESTION, [reply(0, EMPTY_PITCH, "ada", 0)])
    judged = judge(QUESTION, [reply(n, EMPTY_PITCH, author, n) for n, author in enumerate(("ada", "grace", "alan"))])
    assert [judgement.verdict for judgement in judged[1:]] == [FilterVerdict.ASIDE] * 2
    assert (judged[0].verdict, judged[0].own) == (alone[0].verdict, alone[0].own)
    assert said_by(judged) == {"r0": 2}


def test_a_pitch_of_two_accounts_may_have_been_taken_from_the_first():
    judged = judge(
        QUESTION,
        [reply(1, EMPTY_PITCH, "ada", 0), reply(2, EMPTY_PITCH, "grace", 1), reply(3, EMPTY_PITCH, "grace", 2)],
    )
    assert said_by(judged) == {"r1": 1}
    assert {reason.weight for reason in judged[0].reasons if reason.rule == "copied_by_others"} == {0}


def test_two_accounts_with_the_same_general_talk_have_both_nothing_to_say():
    talk = "Lasting brands are built on trust, consistency and value, and every strategy that puts people first will win in the end."
    alone = judge(QUESTION, [reply(1, talk, "ada", 0)])
    judged = judge(QUESTION, [reply(1, talk, "ada", 0), reply(2, talk, "grace", 1)])
    assert judged[0].verdict is alone[0].verdict
    assert judged[1].verdict is FilterVerdict.ASIDE
