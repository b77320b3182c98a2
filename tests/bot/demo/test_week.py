"""The content of the demo is complete, and its people always do the same."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.sandbox.network import Ballot, Change, SandboxNetwork
from adapters.sandbox.settings import count_graphemes
from bot.demo.people import Cast
from bot.demo.week import load_week
from bot.filter import Candidate, JudgedQuestion, judge
from bot.questions.content import Content

KINDS_OF_THE_ISSUE = {
    "excellent", "short", "chained", "vague", "praise", "plus_one", "promotion", "link", "copied_pitch", "machine",
    "pitch", "other_language", "no_quote", "edited", "deleted", "html", "markdown", "formula",
}  # fmt: skip


@pytest.fixture(scope="module")
def week():
    return load_week()


def ask(network, week):
    """Post each question as the bot would; the moment of the last one."""
    for question in week.questions:
        at = datetime.fromisoformat(question.at).replace(tzinfo=ZoneInfo(week.zone))
        ballot = Ballot(question.options, at + question.closes_after) if question.options else None
        network.post("pullquote", f"{question.text}\n\nReplies may be quoted.", at, ballot=ballot)
    return at


def play_at_once(week):
    network = SandboxNetwork()
    cast = Cast(week, network)
    cast.play(ask(network, week) + timedelta(days=7))
    return network


def test_it_is_a_week_from_monday_to_sunday(week):
    assert (week.begins, week.ends) == (date(2026, 11, 16), date(2026, 11, 22))
    for question in week.questions:
        opened = datetime.fromisoformat(question.at)
        assert week.begins <= opened.date() <= (opened + question.closes_after).date() <= week.ends


def test_the_questions_are_ones_that_the_config_would_take(week):
    for question in week.questions:
        known = question.model_dump(include=Content.model_fields.keys() & type(question).model_fields.keys())
        assert Content(**known, zone=week.zone).text == question.text
    assert [bool(question.options) for question in week.questions] == [True, False]


def test_there_are_replies_of_all_kinds(week):
    replies = [reply for question in week.questions for reply in question.replies]
    assert 145 <= len(replies) <= 160
    assert {reply.kind for reply in replies} >= KINDS_OF_THE_ISSUE


def test_everybody_who_replies_has_a_profile_and_the_other_way_round(week):
    authors = {reply.author for question in week.questions for reply in question.replies}
    assert authors == {profile.handle for profile in week.profiles}


def test_every_text_would_fit_a_post(week):
    replies = [reply for question in week.questions for reply in question.replies]
    assert [reply.author for reply in replies if count_graphemes(reply.text) > 300] == []
    assert [reply.author for reply in replies if count_graphemes(reply.edit_to) > 300] == []


def test_nobody_answers_before_the_question_is_posted(week):
    network = SandboxNetwork()
    assert Cast(week, network).play(datetime(2027, 1, 1, tzinfo=ZoneInfo(week.zone))) == 0
    assert network.posts == {}


def test_a_week_in_small_steps_is_the_week_at_once(week):
    network = SandboxNetwork()
    cast, moment = Cast(week, network), ask(network, week)
    end = moment + timedelta(days=7)
    while moment < end:
        moment += timedelta(minutes=17)
        cast.play(moment)
    assert network.events == play_at_once(week).events
    assert cast.play(end + timedelta(days=30)) == 0


def test_all_that_is_written_comes_to_pass(week):
    network = play_at_once(week)
    replies = [reply for question in week.questions for reply in question.replies]
    counts = {change: [event.change for event in network.events].count(change) for change in Change}
    assert counts[Change.POSTED] == len(replies) + len(week.questions)
    assert counts[Change.EDITED] == sum(bool(reply.edit_to) for reply in replies) > 0
    assert counts[Change.DELETED] == sum(bool(reply.delete_after) for reply in replies) > 0
    assert counts[Change.HIDDEN] == sum(bool(reply.hide_after) for reply in replies) > 0


def test_every_vote_is_counted(week):
    network = play_at_once(week)
    (poll,) = [post.ballot for post in network.posts.values() if post.ballot]
    (question,) = [question for question in week.questions if question.options]
    explained = [reply.vote for reply in question.replies if reply.vote]
    assert poll.count() == tuple(
        silent + explained.count(number) for number, silent in enumerate(question.silent_votes, start=1)
    )


def test_a_chain_hangs_together(week):
    network = play_at_once(week)
    chained = [post for post in network.posts.values() if post.author.handle == "ferdi-krol"]
    assert [post.parent for post in chained[1:]] == [post.id for post in chained[:-1]]
    assert len(chained) == 3


def test_no_planted_text_of_a_machine_ranks_among_the_ten(week):
    for question in week.questions:
        asked = JudgedQuestion(question.text, tuple(question.options), decoys=tuple(question.decoys))
        candidates = [Candidate(f"{place:03}", (reply.text,)) for place, reply in enumerate(question.replies)]
        judged = sorted(judge(asked, candidates), key=lambda each: -each.score)
        kinds = [question.replies[int(each.id)].kind for each in judged]
        assert not {"machine", "pitch"} & set(kinds[:10])
        assert {"machine", "pitch"} & set(kinds)
