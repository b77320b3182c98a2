"""The weekly digest: no question is cut in two, and nothing usable falls between two weeks."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator

from bot.digest import render
from bot.digest.formats.json import load_schema
from bot.quotes import Edition
from storage import models
from storage.states import PostState

WEEK = timedelta(days=7)


def titles(model):
    return [(block.slug, block.since_close) for block in model.selection.blocks]


async def ask(stage, slug, closes, *, state=PostState.CLOSED, text="", **content):
    """A question with a post that closes at `closes` and an answer."""
    question = await stage.question(slug, text=text or f"What about {slug}?", options=[], **content)
    due = min(stage.START, closes - timedelta(days=2)) if closes else stage.START
    question.post = await stage.post(question, state=state, due=due, closes=closes)
    await stage.reply(question, f"An answer about {slug}.", await stage.author(f"Author of {slug}"), question.post)
    return question


async def test_what_closed_in_the_week_is_in_it_in_full_and_what_is_open_is_a_line(stage):
    await ask(stage, "closed", stage.CLOSE)
    await ask(stage, "open", stage.AS_OF + WEEK, state=PostState.PUBLISHED)
    await ask(stage, "endless", None, state=PostState.PUBLISHED)
    model = await stage.week()
    assert titles(model) == [("closed", False)]
    assert [line.slug for line in model.selection.open] == ["open", "endless"]
    text = render(model, "markdown").decode()
    assert "# Week of 16 to 22 November 2026" in text
    assert "An answer about closed." in text
    assert "An answer about open." not in text
    assert "- What about open? · 1 answer so far, 1 may be quoted, 5 wanted; closes 30 November 2026" in text
    assert model.final
    Draft202012Validator(load_schema()).validate(json.loads(render(model, "json")))


@pytest.mark.parametrize(
    ("closes", "week"),
    [
        (datetime(2026, 11, 15, 22, 59, tzinfo=UTC), -1),  # Sunday 23:59 in Berlin
        (datetime(2026, 11, 15, 23, 0, tzinfo=UTC), 0),
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), 1),
    ],
)
async def test_a_question_is_in_full_in_exactly_one_week_of_the_zone(stage, closes, week):
    await ask(stage, "edge", closes)
    full = [
        number
        for number in (-1, 0, 1)
        if ("edge", False) in titles(await stage.week(stage.MONDAY + number * WEEK, as_of=stage.AS_OF + 2 * WEEK))
    ]
    assert full == [week]


async def test_a_consent_that_came_late_comes_in_the_next_week(stage):
    question = await ask(stage, "closed", stage.CLOSE)
    waiting = await stage.reply(question, "A late yes.", await stage.author("grete", "discord"), question.post)
    assert "A late yes." not in render(await stage.week(), "markdown").decode()
    await stage.consent(waiting, "granted")
    model = await stage.week(stage.MONDAY + WEEK, as_of=stage.AS_OF + WEEK)
    assert titles(model) == [("closed", True)]
    text = render(model, "markdown").decode()
    assert "A late yes." in text
    assert "An answer about closed." not in text
    later = await stage.week(stage.MONDAY + 2 * WEEK, as_of=stage.AS_OF + 2 * WEEK)
    assert titles(later) == []


async def test_the_answers_beyond_the_tenth_were_known_and_do_not_come_again(stage):
    question = await ask(stage, "closed", stage.CLOSE)
    for number in range(12):
        await stage.reply(question, f"Answer {number}.", await stage.author(f"Author{number}"), question.post)
    await stage.week()
    assert titles(await stage.week(stage.MONDAY + WEEK, as_of=stage.AS_OF + WEEK)) == []


async def test_a_week_that_nobody_compiled_is_made_up_for(stage):
    await stage.week(stage.MONDAY - WEEK, as_of=stage.AS_OF - WEEK)
    await ask(stage, "slept", stage.CLOSE)
    assert titles(await stage.week(stage.MONDAY + WEEK, as_of=stage.AS_OF + WEEK)) == [("slept", True)]


async def test_what_closed_before_the_first_weekly_digest_is_history(stage):
    await ask(stage, "old", stage.CLOSE - 3 * WEEK)
    assert titles(await stage.week()) == []
    assert titles(await stage.week(stage.MONDAY + WEEK, as_of=stage.AS_OF + WEEK)) == []


async def test_a_question_of_two_accounts_closes_with_the_later_one(stage):
    question = await ask(stage, "two", stage.CLOSE)
    await stage.post(question, "discord", "Desk", closes=stage.CLOSE + WEEK)
    assert titles(await stage.week()) == []
    assert titles(await stage.week(stage.MONDAY + WEEK, as_of=stage.AS_OF + 2 * WEEK)) == [("two", False)]


@pytest.mark.parametrize("late", [timedelta(days=3), -timedelta(days=3)])
async def test_an_early_close_counts_and_a_late_tick_does_not(stage, late):
    question = await stage.question("edge", options=[])
    planned = stage.AS_OF - timedelta(days=1 if late > timedelta() else -1)  # Sunday, Tuesday
    await stage.post(question, closes=planned, closed=planned + late)
    assert titles(await stage.week(as_of=stage.AS_OF + WEEK)) == [("edge", False)]


async def test_a_cron_question_closes_round_by_round(stage):
    question = await stage.question("weekly", cron="0 9 * * 1", options=[])
    for number in (-1, 0):
        due = stage.START + number * WEEK
        post = await stage.post(question, due=due, closes=due + timedelta(days=3))
        await stage.reply(question, f"Round {number}.", await stage.author(f"Author{number}"), post)
    await stage.post(question, due=stage.START + WEEK, state=PostState.DUE)
    model = await stage.week(as_of=stage.AS_OF - timedelta(hours=1))
    assert titles(model) == [("weekly", False)]
    assert "Round 0." in render(model, "markdown").decode()
    assert "Round -1." not in render(model, "markdown").decode()
    assert model.selection.open == ()


async def test_a_question_that_was_missed_is_told_to_the_writer_alone(stage):
    question = await stage.question("missed")
    await stage.post(question, state=PostState.MISSED, state_reason="the machine slept")
    assert "the machine slept" in render(await stage.week(), "markdown").decode()
    assert titles(await stage.week(edition=Edition.PUBLIC)) == []


async def test_a_week_before_its_end_is_a_preview(stage):
    await ask(stage, "closed", stage.CLOSE)
    await ask(stage, "later", stage.CLOSE + timedelta(days=1), state=PostState.PUBLISHED)
    model = await stage.week(as_of=stage.CLOSE + timedelta(hours=1))
    assert not model.final
    assert titles(model) == [("closed", False)]
    assert [line.slug for line in model.selection.open] == ["later"]


async def test_a_week_without_anything_says_so(stage):
    assert "No question closed in this week, and none is open." in render(await stage.week(), "markdown").decode()


async def test_a_week_begins_on_a_monday(stage):
    with pytest.raises(ValueError, match="no Monday"):
        await stage.week(stage.MONDAY + timedelta(days=1))


async def test_other_workspaces_stay_out(stage):
    question = await ask(stage, "elsewhere", stage.CLOSE)
    await stage.change(models.Question, question.id, workspace="guild-1")
    assert titles(await stage.week()) == []


async def test_the_same_week_again_is_the_same_row_until_something_changed(stage):
    question = await ask(stage, "closed", stage.CLOSE)
    first = await stage.week()
    assert (await stage.week(as_of=stage.AS_OF + WEEK)).as_of == first.as_of
    await stage.reply(question, "A late reply.", await stage.author("Late"), question.post)
    assert (await stage.week(as_of=stage.AS_OF + WEEK)).revision == 2
