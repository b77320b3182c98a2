"""The digest of a question: what it holds, what it says of what it does not hold, and that it never changes."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from bot.digest import FORMATS, render
from bot.digest.formats.json import load_schema
from bot.quotes import Edition
from storage import models
from storage.states import Origin, PostState, TallySource, VoteSource


def markdown(model):
    return render(model, "markdown").decode()


def is_valid(model):
    Draft202012Validator(load_schema()).validate(json.loads(render(model, "json")))
    return True


# ---------------------------------------------------------------- what it holds


@pytest.mark.parametrize("edition", list(Edition))
async def test_the_json_is_what_its_schema_says(stage, sample, edition):
    assert is_valid(await stage.digest(sample, edition))


async def test_every_answer_is_counted_once(stage, sample):
    for edition in Edition:
        block = (await stage.digest(sample, edition)).selection.blocks[0]
        others = sum(each.count for each in (*block.set_aside, *block.not_quoted))
        assert block.answers == block.usable + others + block.unjudged + block.ranked_out
        assert block.usable == len(block.quotes) + block.more


async def test_an_editors_keeps_come_first_then_keep_then_maybe_by_score(stage):
    question = await stage.question()
    for name, verdict, score in (
        ("low", "keep", 0.7),
        ("maybe", "maybe", 0.9),
        ("high", "keep", 0.9),
        ("ed", "maybe", 0.1),
    ):
        reply = await stage.reply(question, name, await stage.author(name), verdict=verdict, score=score)
    await stage.judge(reply, "keep", 0.1, editor="Mara")
    quotes = (await stage.digest(question)).selection.blocks[0].quotes
    assert [quote.passages[0].text for quote in quotes] == ["ed", "high", "low", "maybe"]


async def test_equals_stand_in_the_order_in_which_they_were_written(stage):
    question = await stage.question()
    for name in ("b", "c", "a"):
        await stage.reply(question, name, await stage.author(name))
    quotes = (await stage.digest(question)).selection.blocks[0].quotes
    assert [quote.passages[0].text for quote in quotes] == ["b", "c", "a"]


async def test_after_ten_quotes_the_others_are_counted(stage):
    question = await stage.question()
    for number in range(13):
        await stage.reply(question, f"Story {number}", await stage.author(f"Author{number}"))
    model = await stage.digest(question)
    assert len(model.selection.blocks[0].quotes) == 10
    assert "## 3 more answers may be quoted\n" in markdown(model)


async def test_the_question_stands_as_posted_with_a_link_to_each_post(stage):
    question = await stage.question()
    await stage.post(question, text="On Bluesky we ask this.")
    await stage.post(question, "discord", "Desk", text="On Discord we ask that.")
    await stage.post(question, "x", "desk", text="On Bluesky we ask this.")
    model = await stage.digest(question)
    text = markdown(model)
    assert text.count("On Bluesky we ask this.") == 1
    for wanted in (
        "On Discord we ask that.",
        "[Bluesky, desk.example, 16 November 2026](<https://bluesky.example/desk/1>)",
        "[Discord, Desk, 16 November 2026](<https://discord.example/desk/2>)",
        "[X, desk, 16 November 2026](<https://x.example/desk/3>)",
    ):
        assert wanted in text


async def test_what_is_wanted_is_said_once(stage):
    question = await stage.question(wanted="Tell us what changed.")
    assert markdown(await stage.digest(question)).count("Tell us what changed.") == 1
    await stage.post(question, text="What changed?\n\nTell us what changed.")
    assert markdown(await stage.digest(question)).count("Tell us what changed.") == 1


async def test_votes_are_told_an_account_with_their_source_and_never_added_up(stage):
    question = await stage.question(options=["Yes", "No"])
    first, second = await stage.post(question, "discord", "Desk"), await stage.post(question, "x", "desk")
    await stage.tally(first, (3, 1))
    for voter in ("ada", "grace"):
        await stage.add(models.Vote(post_id=second.id, voter=voter, option=1, source=VoteSource.BUTTON, at=stage.CLOSE))
    model = await stage.digest(question)
    text = markdown(model)
    assert "| Votes in all | 4 | 2 |" in text
    assert "| No | 1 | 2 |" in text
    assert "they are not added up" in text
    assert [(result.source, result.votes) for result in model.selection.blocks[0].results] == [
        (TallySource.PLATFORM, (3, 1)),
        (TallySource.ROWS, (0, 2)),
    ]
    assert is_valid(model)


async def test_a_gap_between_the_platforms_count_and_ours_is_told(stage):
    question = await stage.question()
    post = await stage.post(question, missing=4)
    await stage.reply(question, "We keep canaries.", post=post)
    assert "1 stored of 5 that the platform counts. 4 missing" in markdown(await stage.digest(question, Edition.PUBLIC))


async def test_what_did_not_go_out_is_told_to_the_writer(stage):
    question = await stage.question()
    await stage.post(question, state=PostState.MISSED, state_reason="the machine slept")
    await stage.post(question, "x", "desk", late=True)
    text = markdown(await stage.digest(question))
    assert "Bluesky, desk.example, 2026-11-16 08:00: missed" in text
    assert "the machine slept" in text
    assert "X, desk, 2026-11-16 08:00: went out late." in text
    assert "the machine slept" not in markdown(await stage.digest(question, Edition.PUBLIC))


async def test_events_are_told_to_the_writer(stage):
    question = await stage.question()
    await stage.add(
        models.Event(at=stage.START, kind="closed", subject="x", question_id=question.id, message="It closed.")
    )
    assert "16 November 2026: It closed." in markdown(await stage.digest(question))
    assert "It closed." not in markdown(await stage.digest(question, Edition.PUBLIC))


async def test_a_hidden_outlet_is_for_the_writer_alone(stage):
    question = await stage.question(asker="Mara", outlet="The Operator", hide_outlet=True)
    assert "The Operator" in markdown(await stage.digest(question))
    assert "The Operator" not in markdown(await stage.digest(question, Edition.PUBLIC))


@pytest.mark.parametrize(
    ("answers", "state", "sentence"),
    [
        (2, PostState.CLOSED, "Enough: 2 may be quoted, 2 were wanted."),
        (1, PostState.CLOSED, "Too few: 1 may be quoted, 2 were wanted, and the question has closed."),
        (1, PostState.PUBLISHED, "Not enough yet: 1 may be quoted, 2 were wanted"),
    ],
)
async def test_enough_or_not_enough_is_said(stage, answers, state, sentence):
    question = await stage.question(enough=2)
    await stage.post(
        question, state=state, closes=stage.CLOSE if state is PostState.CLOSED else stage.AS_OF + timedelta(days=1)
    )
    for number in range(answers):
        await stage.reply(question, f"Answer {number}", await stage.author(f"Author{number}"))
    assert sentence in markdown(await stage.digest(question))


async def test_an_empty_digest_says_where_it_was_asked_what_came_and_what_to_do(stage):
    question = await stage.question()
    post = await stage.post(question)
    text = markdown(await stage.digest(question))
    assert "It was asked on Bluesky." in text
    assert "Nobody has answered." in text
    for command in ("pullquote extend only-one 3d", "pullquote remind only-one"):
        assert f"`{command}`" in text
    public = markdown(await stage.digest(question, Edition.PUBLIC))
    assert "Nobody has answered." in public
    assert "pullquote extend" not in public
    await stage.reply(question, "+1", post=post, verdict="aside", rule="plus_one")
    text = markdown(await stage.digest(question))
    assert "Nothing that came in may be quoted." in text
    assert "Read what was set aside" in text
    assert "`pullquote replies --question only-one --verdict aside`" in text


async def test_a_question_that_never_went_out_and_has_nothing_is_a_digest_too(stage):
    model = await stage.digest(await stage.question())
    assert "It has not been posted yet." in markdown(model)
    assert "pullquote remind" not in markdown(model)
    assert is_valid(model)


async def test_what_was_imported_is_quoted_without_a_post(stage):
    question = await stage.question()
    author = await stage.author("Grace Hopper", "linkedin")
    await stage.reply(question, "We keep flags.", author, link="", origin=Origin.IMPORTED)
    model = await stage.digest(question)
    assert "We keep flags." in markdown(model)
    assert "We keep flags." not in markdown(await stage.digest(question, Edition.PUBLIC))


async def test_a_question_that_is_asked_again_and_again_has_a_digest_a_round(stage):
    question = await stage.question(cron="0 9 * * 1")
    old = await stage.post(question, due=stage.START - timedelta(days=7), closes=stage.CLOSE - timedelta(days=7))
    new = await stage.post(question)
    await stage.reply(question, "The week before.", post=old)
    await stage.reply(question, "This week.", await stage.author("Grace Hopper"), post=new)
    model = await stage.digest(question)
    assert "This week." in markdown(model)
    assert "The week before." not in markdown(model)
    assert model.period == "only-one@2026-11-16T08:00"


async def test_a_german_question_has_a_german_digest(stage):
    question = await stage.question(language="de")
    await stage.post(question)
    await stage.reply(question, "Wir behalten Postmortems.", language="de")
    text = render(await stage.digest(question), "html").decode()
    assert '<html lang="de">' in text
    assert "In 30 Sekunden" in text
    assert "Montag, 23. November 2026, 09:00 Uhr (Europe/Berlin)" in text
    assert '<p dir="auto" lang="de">Wir behalten' in text


async def test_a_question_that_is_not_there_is_an_error(stage):
    question = await stage.question()
    question.id = 99
    with pytest.raises(LookupError, match="99"):
        await stage.compile(question)
    with pytest.raises(LookupError, match="99"):
        await stage.load(99)


# ---------------------------------------------------------------- same row, same bytes


async def test_the_same_row_gives_the_same_bytes(stage, sample):
    digest_id = await stage.compile(sample)
    before = {name: render(await stage.load(digest_id), name) for name in FORMATS}
    for account in (await stage.account("bluesky", "operator.example"),):
        await stage.change(models.Account, account.id, handle="renamed.example")
    author = await stage.author(handle="ada.example")
    await stage.change(models.Author, author.id, display_name="Renamed", handle="renamed.example")
    late = await stage.reply(sample, "A late one.", await stage.author("Late"))
    await stage.judge(late, "keep", 1.0, editor="Mara")
    assert {name: render(await stage.load(digest_id), name) for name in FORMATS} == before


async def test_compiling_again_is_the_same_row_until_something_changed(stage, sample):
    first = await stage.compile(sample)
    assert await stage.compile(sample, as_of=stage.AS_OF + timedelta(days=30)) == first
    await stage.reply(sample, "A late one.", await stage.author("Late"), score=0.99)
    second = await stage.compile(sample, as_of=stage.AS_OF + timedelta(days=30))
    assert second != first
    assert (await stage.load(second)).revision == 2
    assert "A late one." in markdown(await stage.load(second))
    assert "A late one." not in markdown(await stage.load(first))


async def test_a_preview_and_the_final_digest_are_two_revisions(stage, sample):
    preview = await stage.load(await stage.compile(sample, final=False))
    final = await stage.load(await stage.compile(sample, final=True))
    assert (preview.final, preview.revision, final.final, final.revision) == (False, 1, True, 2)
    assert "preview" in markdown(preview)


async def test_a_row_holds_no_words_of_a_reply(stage, sample):
    digest_id = await stage.compile(sample, most_quotes=100)
    async with stage.store.read() as session:
        stored = json.dumps((await session.get(models.Digest, digest_id)).selection, ensure_ascii=False)
    for words in ("certificate expire", "Great question!", "Flags. We moved"):
        assert words not in stored
