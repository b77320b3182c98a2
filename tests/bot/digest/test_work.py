"""Who is quoted, what is left to do, what a revision changed, and how it was made."""

import html
from datetime import timedelta

import pytest

from bot.digest import render
from bot.digest.credit import Credit
from bot.digest.page.credits import find_gaps
from bot.quotes import Edition
from storage.states import PostState
from tests.bot.digest.reading import read_format, read_formats


def markdown(model):
    return render(model, "markdown").decode()


async def test_voices_are_told_by_network(stage):
    question = await stage.question()
    await stage.reply(question, "We keep flags.")
    await stage.reply(question, "We keep canaries.", await stage.author("Grace Hopper", "x"))
    nameless = await stage.reply(question, "We keep nothing.", await stage.author("Olga", "discord"))
    await stage.consent(nameless, "granted_anonymously")
    text = markdown(await stage.digest(question, Edition.PUBLIC))
    assert "- Bluesky: Ada Lovelace (ada.example)." in text
    assert "- X: Grace Hopper (grace.example)." in text
    assert "- Discord: 1 without a name." in text


async def test_work_is_for_the_writer_alone(stage, sample):
    assert "## To do" in markdown(await stage.digest(sample))
    assert "## To do" not in markdown(await stage.digest(sample, Edition.PUBLIC))


async def test_who_waits_for_leave_is_linked(stage):
    question = await stage.question()
    await stage.reply(question, "We wait.", await stage.author("grete", "discord"), link="https://discord.example/1")
    text = markdown(await stage.digest(question))
    assert "1 answer waits for its author's leave; ask there: [reply 1](<https://discord.example/1>)" in text


async def test_what_the_rules_were_not_sure_of_is_to_be_read(stage):
    question = await stage.question()
    await stage.reply(question, "Hm.", verdict="maybe")
    await stage.reply(question, "New.", await stage.author("Grace Hopper"), verdict=None)
    assert "Read 2 answers that the rules were not sure of" in markdown(await stage.digest(question))


@pytest.mark.parametrize(("hours", "told"), [(47, True), (49, False), (-1, False)])
async def test_a_question_that_closes_soon_is_told(stage, hours, told):
    question = await stage.question()
    await stage.post(question, state=PostState.PUBLISHED, closes=stage.AS_OF + timedelta(hours=hours))
    assert ("The question closes on" in markdown(await stage.digest(question))) is told


@pytest.mark.parametrize(
    ("credit", "gaps"),
    [
        (Credit("Ada Lovelace, engineer"), ()),
        (Credit("Ada Lovelace", role="engineer"), ()),
        (Credit("Ada Lovelace", organisation="Analytical Engines"), ()),
        (Credit("Ada Lovelace"), ("role",)),
        (Credit("Katherine J., engineer"), ("name",)),
        (Credit("ada.example"), ("name", "role")),
        (Credit(""), ()),
    ],
)
def test_a_credit_has_a_full_name_and_a_role(credit, gaps):
    assert find_gaps(credit, "https://bluesky.example/1") == gaps
    assert find_gaps(credit, "") == (*gaps, *(("link",) if credit.name else ()))


async def test_each_credit_to_complete_has_a_text_to_send_and_one_command_for_the_answer(stage):
    question = await stage.question(outlet="The Pull Quote")
    reply = await stage.reply(question, "We keep flags, because a rollback takes forty minutes.")
    await stage.reply(question, "We keep canaries.", await stage.author("Grace Hopper, admiral"))
    model = await stage.digest(question)
    text = markdown(model)
    assert "- Ask 1 person how to be credited before you print" in text
    assert "- Ada Lovelace (ada.example): no role. [open the reply](<https://bluesky.example/ada.example/1>)" in text
    assert f'`pullquote credit {reply.id} --role "…" --said-by "…"`' in text
    assert "Hello Ada Lovelace, thank you for your answer to “Which of these would you keep" in text
    assert "(“We keep flags, because a rollback takes forty minutes.”)" in text
    assert "The Pull Quote would like to quote it. May we print what you do, and where?" in text
    assert text.count("Hello ") == 1
    for name in ("html", "docx"):
        assert f'pullquote credit {reply.id} --role "…"' in html.unescape(read_format(model, name))


async def test_a_credit_to_complete_is_for_the_writer_alone(stage):
    question = await stage.question()
    await stage.reply(question, "We keep flags.")
    for said in read_formats(await stage.digest(question, Edition.PUBLIC)).values():
        assert "pullquote credit" not in said
        assert "Hello Ada" not in said


async def test_a_hidden_outlet_is_not_told_in_the_text_to_send(stage):
    question = await stage.question(outlet="The Pull Quote", hide_outlet=True)
    await stage.reply(question, "We keep flags.")
    text = markdown(await stage.digest(question))
    assert "We would like to quote it." in text
    assert "The Pull Quote" not in text


async def test_who_answered_twice_is_asked_once(stage):
    question = await stage.question()
    await stage.reply(question, "We keep flags.")
    await stage.reply(question, "And we keep canaries.")
    assert markdown(await stage.digest(question)).count("Hello Ada") == 1


async def test_a_first_revision_has_no_changes(stage, sample):
    model = await stage.digest(sample)
    assert model.changes is None
    assert "Changes since" not in markdown(model)


async def test_a_revision_says_what_changed(stage):
    question = await stage.question(options=["Yes", "No"])
    post = await stage.post(question)
    for number in range(10):
        await stage.reply(question, f"Answer {number}.", await stage.author(f"Author{number}"), score=0.5)
    await stage.digest(question, final=False)
    await stage.reply(question, "A late one.", await stage.author("Late"), score=0.9)
    await stage.tally(post, (3, 1))
    model = await stage.digest(question, as_of=stage.AS_OF + timedelta(days=1))
    text = markdown(model)
    for sentence in (
        "## Changes since revision 1 of 23 November 2026",
        "- 1 quote is new.",
        "- 1 quote is no longer here.",
        "- 11 answers may be quoted; before it were 10.",
        "- 4 votes are counted; before it were 0.",
        "- The question has closed: this is the final digest.",
    ):
        assert sentence in text


async def test_a_revision_of_details_says_so(stage):
    question = await stage.question()
    await stage.digest(question)
    await stage.reply(question, "+1", verdict="aside", rule="plus_one")
    assert "Only details have changed" in markdown(await stage.digest(question))


async def test_every_edition_says_how_it_was_made(stage, sample):
    for edition in Edition:
        text = markdown(await stage.digest(sample, edition))
        assert "## How this was made" in text
        assert "found in the stored text character by character" in text
