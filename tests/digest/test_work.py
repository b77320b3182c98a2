"""Who is quoted, what is left to do, what a revision changed, and how it was made."""

from datetime import timedelta

import pytest

from bot.digest import render
from bot.digest.model import Credit
from bot.digest.work import lacks_credit
from bot.quotes import Edition
from storage.states import PostState


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
    ("name", "lacks"),
    [
        ("Ada Lovelace, engineer", False),
        ("Ada Lovelace", True),
        ("Katherine J., engineer", True),
        ("ada.example", True),
        ("", False),
    ],
)
def test_a_credit_has_a_full_name_and_a_role(name, lacks):
    assert lacks_credit(Credit(name, "ada.example")) is lacks


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
        "- 11 answers can be quoted; before it were 10.",
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
