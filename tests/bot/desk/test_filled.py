"""A question that is being written: what it would become is shown, and it becomes that once."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.desk import DeskError, ask_filled, keep_form, list_choices, list_forms, load_form, preview, understand
from bot.questions.clock import nominal_now
from bot.questions.moments import suggest_closes
from storage.models import Post, Question

BERLIN = "Europe/Berlin"
FILLED = {"text": "What did you stop doing?", "accounts": ["square"], "closes": "2h", "enough": "3"}


@pytest.fixture
async def two(open_bot):
    """One account with polls of four options, and one that takes only short texts."""
    return await open_bot(accounts={"square": {}, "forum": {"text_limit": 120, "threads": False}}, questions={})


async def read(bot, **changes):
    return await understand(bot.context, FILLED | changes, BERLIN)


async def test_the_form_becomes_what_each_network_will_show(two):
    found = await read(two, accounts=["square", "forum"], wanted="editors")
    assert [each.account for each in found.previews] == ["square", "forum"]
    assert "What did you stop doing?" in found.previews[0].texts[0]
    assert two.visible() == []


async def test_it_closes_by_the_clock_and_says_so(two):
    found = await read(two, closes="2026-11-16T17:30")
    assert found.can_be_sent
    assert "16 Nov 2026, 17:30 (Europe/Berlin)" in "".join(found.previews[0].texts)
    assert found.previews[0].closes_at == datetime(2026, 11, 16, 16, 30, tzinfo=UTC)


async def test_two_hours_begin_when_it_goes_out(two):
    found = await read(two, at="2026-11-17T09:00")
    assert nominal_now(found.previews[0].closes_at, BERLIN) == "2026-11-17T11:00"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"closes": "2026-11-16T08:59"}, "closes", "This moment is over"),
        ({"closes": "other", "closes_at": ""}, "closes", "Write a day and a time"),
        ({"at": "2026-11-15T09:00"}, "at", "This moment is over"),
        ({"at": "2026-11-17T09:00", "closes": "2026-11-16T17:30"}, "closes", "This moment is over"),
        ({"when": "at", "at": ""}, "at", "Write a day and a time"),
        ({"options": "yes"}, "", "one option is no poll"),
        ({"enough": "none"}, "enough", "must be a whole number"),
        ({"accounts": []}, "accounts", "Choose where to ask"),
        ({"text": "  "}, "text", ""),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_is_not_sent(two, changes, field, message):
    found = await read(two, **changes)
    assert message in found.faults[field]
    assert not found.can_be_sent
    draft = await keep_form(two.context, "config", "ada", FILLED | changes)
    with pytest.raises(DeskError):
        await ask_filled(two.context, "config", "ada", draft, BERLIN)
    assert (await load_form(two.context, "config", "ada", draft))["text"] == (FILLED | changes)["text"]
    assert await two.rows(Question) == []


async def test_what_is_over_is_shown_with_how_much(two):
    found = await read(two, text="x" * 200, accounts=["forum"])
    shown = found.previews[0]
    assert shown.texts[0].startswith("x" * 200)
    assert shown.lengths[0][0].used > shown.lengths[0][0].maximum == 120
    assert shown.problems
    assert not found.can_be_sent


async def test_the_form_becomes_one_question_however_often_it_is_sent(two):
    draft = await keep_form(two.context, "config", "ada", FILLED)
    sent = [ask_filled(two.context, "config", "ada", draft, BERLIN) for _ in range(3)]
    done = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(each, DeskError) for each in done) == 2
    assert (len(await two.rows(Question)), len(await two.rows(Post))) == (1, 1)
    assert await list_forms(two.context, "config", "ada") == []


async def test_what_is_sent_is_what_was_shown(two):
    found = await read(two)
    draft = await keep_form(two.context, "config", "ada", FILLED)
    question, goes_out_now = await ask_filled(two.context, "config", "ada", draft, BERLIN)
    await two.tick()
    assert goes_out_now
    assert two.visible() == list(found.previews[0].texts)
    assert question.slug == "what-did-you-stop-doing"


async def test_forms_are_kept_for_who_fills_them_the_newest_first(two):
    for number in range(2):
        await keep_form(two.context, "config", "ada", FILLED | {"text": f"draft {number}"})
        two.clock.advance(minutes=1)
    await keep_form(two.context, "config", "grace", FILLED)
    assert [each.filled["text"] for each in await list_forms(two.context, "config", "ada")] == ["draft 1", "draft 0"]
    assert await list_forms(two.context, "elsewhere", "ada") == []


async def test_the_moments_that_are_offered_lie_ahead(two):
    for hour in range(24 * 8):
        now = two.clock()
        assert all(each > now for each in suggest_closes(now, BERLIN)), hour
        two.clock.advance(hours=1)
    values = [each.value for each in list_choices(two.context, BERLIN)]
    assert values[0] == "2h"
    for value in values:
        assert (await read(two, closes=value)).can_be_sent, value


def test_a_deadline_is_offered_as_people_have_one():
    monday = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
    offered = [nominal_now(each, BERLIN) for each in suggest_closes(monday, BERLIN)]
    assert offered == ["2026-11-16T17:30", "2026-11-17T12:00", "2026-11-20T12:00", "2026-11-23T17:30"]


async def test_a_preview_of_a_question_that_fits_is_as_before(two):
    content = (await read(two)).content
    assert (await preview(two.context, content, two.app.account_ids, two.clock()))[0].problems == ()
