"""Promises 3 and 4: what a digest quotes was said, and may be quoted, in every edition and format."""

import pytest
from sqlalchemy import select

from bot.digest import render
from bot.quotes import Edition
from storage import models
from storage.replies import replies
from storage.states import ReplyState
from tests.bot.digest.reading import read_formats

WORDS = "We keep postmortems: the same certificate expired three years in a row."
EDITIONS = list(Edition)


def assert_unsaid(model, *secrets):
    for name, text in read_formats(model).items():
        for secret in secrets:
            assert secret not in text, f"{secret!r} stands in the {name} file"


@pytest.fixture
async def question(stage):
    question = await stage.question()
    question.post = await stage.post(question)
    return question


@pytest.mark.parametrize("edition", EDITIONS)
async def test_a_quote_is_the_whole_reply_with_name_handle_date_and_link(stage, question, edition):
    await stage.reply(question, WORDS, post=question.post)
    for text in read_formats(await stage.digest(question, edition)).values():
        for wanted in (WORDS, "Ada Lovelace", "ada.example", "2026", "https://bluesky.example/ada.example/1"):
            assert wanted in text


async def test_only_what_is_kept_or_maybe_is_quoted(stage, question):
    for verdict in ("keep", "maybe", "aside", None):
        await stage.reply(question, f"I am {verdict}.", await stage.author(f"Author {verdict}"), verdict=verdict)
    block = (await stage.digest(question, Edition.PUBLIC)).selection.blocks[0]
    assert [quote.passages[0].text for quote in block.quotes] == ["I am keep.", "I am maybe."]
    assert (block.usable, block.unjudged, sum(each.count for each in block.set_aside)) == (2, 1, 1)


@pytest.mark.parametrize("edition", EDITIONS)
async def test_a_deleted_reply_is_never_quoted(stage, question, edition):
    reply = await stage.reply(question, WORDS)
    async with stage.store.write() as session:
        await replies.empty_replies(session, [reply.id], stage.at)
    model = await stage.digest(question, edition)
    assert_unsaid(model, WORDS, "Ada Lovelace")
    assert "1 was deleted by its author" in render(model, "markdown").decode()


@pytest.mark.parametrize("edition", EDITIONS)
async def test_a_deletion_reaches_a_digest_that_was_already_compiled(stage, question, edition):
    gone = await stage.reply(question, WORDS)
    await stage.reply(question, "We keep canaries.", await stage.author("Grace Hopper"))
    digest_id = await stage.compile(question, edition)
    assert WORDS in render(await stage.load(digest_id), "html").decode()
    async with stage.store.write() as session:
        await replies.empty_replies(session, [gone.id], stage.at)
    model = await stage.load(digest_id)
    assert_unsaid(model, WORDS, "Ada Lovelace", "ada.example")
    assert "One quote that stood here was withdrawn" in render(model, "markdown").decode()
    assert "We keep canaries." in render(model, "json").decode()


@pytest.mark.parametrize("change", [{"opted_out": True}, {"do_not_quote": True}])
@pytest.mark.parametrize("edition", EDITIONS)
async def test_an_authors_no_reaches_a_digest_that_was_already_compiled(stage, question, edition, change):
    author = await stage.author()
    await stage.reply(question, WORDS, author)
    digest_id = await stage.compile(question, edition)
    await stage.change(models.Author, author.id, **change)
    assert_unsaid(await stage.load(digest_id), WORDS, "Ada Lovelace")
    assert_unsaid(await stage.digest(question, edition), WORDS, "Ada Lovelace")


@pytest.mark.parametrize("edition", EDITIONS)
async def test_a_late_no_quote_takes_out_all_that_its_author_said(stage, question, edition):
    first = await stage.reply(question, WORDS)
    digest_id = await stage.compile(question, edition)
    other = await stage.reply(question, "no quote", verdict="aside")
    assert_unsaid(await stage.load(digest_id), WORDS)
    assert_unsaid(await stage.digest(question, edition), WORDS)
    assert first.id != other.id


async def test_a_no_quote_counts_after_its_words_were_deleted(stage, question):
    await stage.reply(question, WORDS)
    asked = await stage.reply(question, "no quote", verdict="aside")
    await stage.consent(asked, "refused")
    async with stage.store.write() as session:
        await replies.empty_replies(session, [asked.id], stage.at)
    assert_unsaid(await stage.digest(question), WORDS)


@pytest.mark.parametrize("state", [ReplyState.HIDDEN, ReplyState.BLOCKED, ReplyState.UNREADABLE])
@pytest.mark.parametrize("edition", EDITIONS)
async def test_what_is_hidden_or_unreadable_is_counted_and_not_quoted(stage, question, edition, state):
    await stage.reply(question, WORDS, state=state)
    model = await stage.digest(question, edition)
    assert_unsaid(model, WORDS)
    assert model.selection.blocks[0].not_quoted[0].barrier == state


@pytest.mark.parametrize("edition", EDITIONS)
async def test_what_the_last_look_did_not_reach_is_counted_and_not_quoted(stage, question, edition):
    reply = await stage.reply(question, WORDS)
    async with stage.store.write() as session:
        await replies.mark_unknown(session, [reply.id], stage.at)
    model = await stage.digest(question, edition)
    assert_unsaid(model, WORDS)
    assert model.selection.blocks[0].not_quoted[0].count == 1


async def test_words_of_a_consent_first_network_wait_for_leave_and_are_linked(stage, question):
    await stage.reply(question, WORDS, await stage.author("grete", "discord"), link="https://discord.example/1")
    private, public = await stage.digest(question), await stage.digest(question, Edition.PUBLIC)
    assert_unsaid(private, WORDS, "grete")
    assert_unsaid(public, WORDS, "grete", "https://discord.example/1")
    assert "https://discord.example/1" in render(private, "html").decode()
    for model in (private, public):
        assert "1 is waiting for its author's leave" in render(model, "markdown").decode()


async def test_set_aside_words_of_a_consent_first_network_are_counted_and_not_shown(stage, question):
    author = await stage.author("grete", "discord")
    await stage.reply(question, "great question!!", author, verdict="aside", rule="praise_only")
    model = await stage.digest(question)
    assert_unsaid(model, "great question!!")
    assert model.selection.blocks[0].set_aside[0].count == 1


async def test_a_late_consent_opens_the_next_digest_and_a_withdrawal_closes_every_one(stage, question):
    reply = await stage.reply(question, WORDS, await stage.author("grete", "discord"))
    assert_unsaid(await stage.digest(question), WORDS)
    await stage.consent(reply, "granted", credit="Grete Hermann, billing engineer")
    digest_id = await stage.compile(question, Edition.PUBLIC)
    assert "Grete Hermann, billing engineer" in render(await stage.load(digest_id), "html").decode()
    await stage.consent(reply, "withdrawn")
    assert_unsaid(await stage.load(digest_id), WORDS, "Grete Hermann")


async def test_leave_is_for_the_words_it_was_given_to(stage, question):
    reply = await stage.reply(question, WORDS, await stage.author("grete", "discord"))
    await stage.consent(reply, "granted")
    await stage.revise(reply, "Something else entirely.", number=2)
    await stage.judge(reply, "keep")
    assert_unsaid(await stage.digest(question), WORDS, "Something else entirely.")


@pytest.mark.parametrize("edition", EDITIONS)
async def test_who_wants_no_name_has_none_and_no_link_either(stage, question, edition):
    reply = await stage.reply(
        question, WORDS, await stage.author("olga", "discord"), link="https://discord.example/olga"
    )
    await stage.consent(reply, "granted_anonymously")
    model = await stage.digest(question, edition)
    assert_unsaid(model, "olga", "08:01")
    assert WORDS in render(model, "json").decode()


async def test_a_labelled_author_is_shown_to_the_writer_with_a_warning_and_to_nobody_else(stage, question):
    await stage.reply(question, WORDS, await stage.author(labels=["!no-unauthenticated"]))
    assert_unsaid(await stage.digest(question, Edition.PUBLIC), WORDS, "Ada Lovelace")
    text = render(await stage.digest(question), "markdown").decode()
    assert WORDS in text
    assert "Not in the edition to share" in text


async def test_a_chained_answer_is_one_quote_with_a_link_for_each_part(stage, question):
    first = await stage.reply(question, "I ran a hospital system.")
    await stage.reply(question, "You cannot canary a patient.", parent=first)
    model = await stage.digest(question, Edition.PUBLIC)
    (quote,) = model.selection.blocks[0].quotes
    assert [passage.text for passage in quote.passages] == ["I ran a hospital system.", "You cannot canary a patient."]
    text = render(model, "html").decode()
    assert text.index("part 1</a>") < text.index("part 2</a>")


async def test_a_deleted_part_leaves_its_answer(stage, question):
    first = await stage.reply(question, "I ran a hospital system.")
    second = await stage.reply(question, "You cannot canary a patient.", parent=first)
    async with stage.store.write() as session:
        await replies.empty_replies(session, [first.id], stage.at)
    (quote,) = (await stage.digest(question)).selection.blocks[0].quotes
    assert [passage.reply_id for passage in quote.passages] == [second.id]


async def test_what_an_author_quotes_of_others_is_not_put_into_their_mouth(stage, question):
    await stage.reply(question, "> never, said my boss\nWe kept it.", foreign=[(0, 21)])
    assert_unsaid(await stage.digest(question), "said my boss")
    assert "We kept it." in render(await stage.digest(question), "json").decode()


async def test_an_edit_is_quoted_as_it_reads_now(stage, question):
    reply = await stage.reply(question, WORDS)
    await stage.revise(reply, "We kept it, and it was four years.", number=2)
    await stage.judge(reply, "keep")
    model = await stage.digest(question)
    assert_unsaid(model, WORDS)
    assert "it was four years" in render(model, "markdown").decode()


async def test_an_editors_verdict_stands_over_a_later_one_by_the_rules(stage, question):
    reply = await stage.reply(question, WORDS, verdict="aside", rule="vague")
    await stage.judge(reply, "keep", 0.3, editor="Mara")
    await stage.judge(reply, "aside", 0.1)
    (quote,) = (await stage.digest(question)).selection.blocks[0].quotes
    assert quote.editor == "Mara"


async def test_an_editors_aside_takes_a_quote_out(stage, question):
    reply = await stage.reply(question, WORDS)
    await stage.judge(reply, "aside", 0.9, editor="Mara", note="off the point")
    model = await stage.digest(question, Edition.PUBLIC)
    assert_unsaid(model, WORDS)
    assert model.selection.blocks[0].set_aside[0].rule == "editor"


async def test_the_public_edition_carries_no_flags_and_no_set_aside_texts(stage, sample):
    public = await stage.digest(sample, Edition.PUBLIC)
    assert_unsaid(
        public, "Great question!", "Book a demo", "Kept by", "Mara.", "Margaret H.", "“maybe”", '"score"', '"spans"',
        "not to be passed on", '"replies": [',
    )  # fmt: skip
    assert "6 only praise the question" in render(public, "markdown").decode()


async def test_every_text_in_a_digest_is_what_somebody_wrote(stage, sample):
    model = await stage.digest(sample, most_quotes=100)
    async with stage.store.read() as session:
        said = {revision.id: revision.text for revision in await session.scalars(select(models.Revision))}
    passages = [passage for quote in model.selection.blocks[0].quotes for passage in quote.passages]
    assert len(passages) > 20
    assert all(said[passage.revision_id].strip() == passage.text for passage in passages)
