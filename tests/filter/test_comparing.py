"""What the replies of one question say about each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.filter import Asked, Candidate, Verdict, judge

QUESTION = Asked("Which tool did you give up this year?")
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
    assert judged["r2"].verdict is Verdict.ASIDE
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
    assert "shared_introduction" not in found["r1"]


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
    assert all("shared_introduction" in rules for rules in found.values())


def test_one_author_introducing_herself_thrice_shares_with_nobody():
    same = reply(1, INTRODUCTION.format(n=10, whom="shops", tool="Excel"), "ada")
    found = rules_by_id(same, replace(same, id="r2"), replace(same, id="r3"))
    assert not any("shared_introduction" in rules for rules in found.values())


def test_saying_who_one_is_in_plain_words_is_never_a_shared_skeleton():
    found = rules_by_id(
        *(
            reply(n, f"I'm {name}, editor at {place}.", name)
            for n, (name, place) in enumerate([("Ada", "Wired"), ("Grace", "Stern"), ("Alan", "Nature")])
        )
    )
    assert not any("shared_introduction" in rules for rules in found.values())


def test_a_flood_of_copies_from_many_accounts_leaves_only_the_first():
    flood = [reply(n, PITCH.format(name=f"Rank{n}"), f"account{n}", n) for n in range(2_000)]
    judged = judge(QUESTION, flood)
    assert [judgement.id for judgement in judged if judgement.verdict is not Verdict.ASIDE] == ["r0"]
