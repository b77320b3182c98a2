"""Which answers become quotes, which passage of each, and what they argue for."""

import json

import pytest

from bot.digest import render
from bot.quotes import Edition
from storage import models
from storage.states import VoteSource
from tests.bot.digest.reading import read_formats

LONG = (
    "Thanks for asking, great question! We run payments for four hospitals and I have been on call for six years. "
    "In March 2024 we stopped every deploy that had no flag, because a rollback took us 41 minutes and a flag takes 9 "
    "seconds. Happy to chat about it if anybody is interested. You can find my newsletter below, it has more of this. "
    "Have a good week, all of you, and thank you for reading this far down into my reply."
)
BEST = "In March 2024 we stopped every deploy that had no flag"


def markdown(model):
    return render(model, "markdown").decode()


def quotes_of(model):
    return model.selection.blocks[0].quotes


# ---------------------------------------------------------------- passages


async def test_of_a_long_reply_the_best_sentences_are_quoted_and_the_writer_is_told(stage):
    question = await stage.question()
    await stage.reply(question, LONG)
    private, public = await stage.digest(question), await stage.digest(question, Edition.PUBLIC)
    (quote,) = quotes_of(private)
    assert quote.abridged
    (passage,) = quote.passages
    assert BEST in passage.text
    assert passage.text in LONG
    assert "Thanks for asking" not in passage.text
    assert "A passage: the reply says more." in markdown(private)
    assert "the reply says more" not in markdown(public)


async def test_where_posts_are_quoted_whole_a_long_one_is_too(stage):
    question = await stage.question()
    await stage.reply(question, LONG, await stage.author(platform="x"))
    (quote,) = quotes_of(await stage.digest(question))
    assert [passage.text for passage in quote.passages] == [LONG]
    assert not quote.abridged


async def test_a_short_reply_is_quoted_whole(stage):
    question = await stage.question()
    await stage.reply(question, "Good question. We keep flags. Since 2019.")
    (quote,) = quotes_of(await stage.digest(question))
    assert quote.passages[0].text == "Good question. We keep flags. Since 2019."
    assert not quote.abridged


# ---------------------------------------------------------------- stances


async def vote(stage, post, author, option):
    return await stage.add(
        models.Vote(post_id=post.id, voter=author.remote_id, option=option, source=VoteSource.POLL, at=stage.CLOSE)
    )


async def test_quotes_stand_under_the_option_they_argue_for(stage):
    question = await stage.question()
    for name, text in {
        "Ada": "We had it three years in a row.",
        "Grace": "Postmortems. Ours got shorter.",
        "Alan": "Feature flags, because a rollback takes forty minutes.",
    }.items():
        await stage.reply(question, text, await stage.author(name))
    model = await stage.digest(question, Edition.PUBLIC)
    assert [(quote.credit.name, quote.option, quote.basis) for quote in quotes_of(model)] == [
        ("Alan", 0, "stated"),
        ("Grace", 3, "stated"),
        ("Ada", None, ""),
    ]
    text = markdown(model)
    headings = ["### For “Feature flags”", "### For “Postmortems”", "### Without a named option"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    stances = [quote["stance"] for quote in json.loads(render(model, "json"))["questions"][0]["quotes"]]
    assert stances == [
        {"option": "Feature flags", "basis": "stated"},
        {"option": "Postmortems", "basis": "stated"},
        None,
    ]


async def test_without_options_there_are_no_headings(stage):
    question = await stage.question(options=[])
    await stage.reply(question, "Postmortems.")
    assert "Without a named option" not in markdown(await stage.digest(question))


async def test_every_option_that_somebody_argues_for_has_a_quote(stage):
    question = await stage.question()
    for number in range(12):
        await stage.reply(question, f"Postmortems. Story {number}.", await stage.author(f"Author{number}"), score=0.9)
    await stage.reply(question, "Canary releases. Late and short.", await stage.author("Grace"), score=0.6)
    model = await stage.digest(question)
    assert len(quotes_of(model)) == 10
    assert [quote.option for quote in quotes_of(model)] == [2] + [3] * 9
    assert [(each.option, each.count) for each in model.selection.blocks[0].more_for] == [(3, 3)]
    assert "And 3 more for “Postmortems”." in markdown(model)
    assert "3 more answers may be quoted." not in markdown(model)


async def test_the_rest_is_counted_by_stance_behind_the_last_quote_of_each(stage):
    question = await stage.question()
    for number in range(9):
        await stage.reply(question, f"Postmortems. Story {number}.", await stage.author(f"Author{number}"), score=0.9)
    for number in range(6):
        await stage.reply(question, f"We had it, in year {number}.", await stage.author(f"Other{number}"), score=0.8)
    model = await stage.digest(question)
    (described,) = json.loads(render(model, "json"))["questions"]
    assert described["more_by_stance"] == [{"option": None, "count": 5}]
    text = markdown(model)
    assert text.index("Story 8") < text.index("### Without a named option") < text.index("And 5 more without a named")
    assert "more for “Postmortems”" not in text


async def test_a_named_vote_is_a_stance_for_the_writer(stage):
    question = await stage.question()
    post, ada = await stage.post(question), await stage.author()
    await vote(stage, post, ada, 2)
    await stage.reply(question, "It woke me up before the customers did.", ada, post)
    (quote,) = quotes_of(await stage.digest(question))
    assert (quote.option, quote.basis) == (2, "voted")
    assert "Voted for it." in markdown(await stage.digest(question))


@pytest.mark.parametrize(("covers", "option"), [(False, None), (True, 2)])
async def test_a_vote_is_shared_only_where_its_author_agreed(stage, covers, option):
    question = await stage.question()
    post, ada = await stage.post(question), await stage.author()
    await vote(stage, post, ada, 2)
    reply = await stage.reply(question, "It woke me up before the customers did.", ada, post)
    consent = await stage.consent(reply, "granted")
    await stage.change(models.Consent, consent.id, covers_vote=covers)
    (quote,) = quotes_of(await stage.digest(question, Edition.PUBLIC))
    assert quote.option == option


async def test_what_an_answer_says_weighs_more_than_the_vote(stage):
    question = await stage.question()
    post, ada = await stage.post(question), await stage.author()
    await vote(stage, post, ada, 2)
    await stage.reply(question, "Postmortems, after all.", ada, post)
    (quote,) = quotes_of(await stage.digest(question))
    assert (quote.option, quote.basis) == (3, "stated")


async def test_the_vote_of_a_namesake_on_another_network_is_nobodys(stage):
    question = await stage.question()
    post = await stage.post(question, "discord", "Desk")
    ada = await stage.author()
    await vote(stage, post, ada, 2)
    await stage.reply(question, "It woke me up before the customers did.", ada)
    assert quotes_of(await stage.digest(question))[0].option is None


# ---------------------------------------------------------------- who and when


async def test_a_person_whom_nobody_named_is_said_to_be_unknown(stage):
    question = await stage.question()
    author = await stage.author("", platform="form", handle=" ")
    await stage.reply(question, "We keep flags.", author)
    text = markdown(await stage.digest(question))
    assert "**Name unknown**" in text
    assert "Find out who said it: 1 quote has no name." in text
    assert "?" not in text.split("We keep flags.")[1].split("\n\n")[0]


async def test_an_import_without_a_time_is_dated_by_its_import(stage):
    question = await stage.question()
    reply = await stage.reply(question, "We keep flags.", await stage.author("Grace Hopper", "form"))
    await stage.change(models.Reply, reply.id, extra={"undated": "no time was given"})
    model = await stage.digest(question)
    assert "Form, imported 16 November 2026" in markdown(model)
    assert json.loads(render(model, "json"))["questions"][0]["quotes"][0]["posted_at"] is None


# ---------------------------------------------------------------- what is only concluded

PLAIN = "I'd keep our staging, because it caught two faults in May."


async def test_what_is_only_concluded_says_so(stage):
    question = await stage.question()
    await stage.reply(question, PLAIN)
    model = await stage.digest(question, Edition.PUBLIC)
    (quote,) = quotes_of(model)
    assert (quote.option, quote.basis) == (1, "inferred")
    assert "As we read it" in markdown(model)
    assert json.loads(render(model, "json"))["questions"][0]["quotes"][0]["stance"]["basis"] == "inferred"


async def test_of_a_sensitive_question_nothing_is_concluded_but_what_is_said_stands(stage):
    question = await stage.question(sensitive=True)
    await stage.reply(question, PLAIN)
    await stage.reply(question, "Postmortems. Ours got shorter.", await stage.author("Grace"))
    quotes = quotes_of(await stage.digest(question))
    assert [(quote.option, quote.basis) for quote in quotes] == [(3, "stated"), (None, "")]


async def test_where_a_network_forbids_it_nothing_is_concluded(stage):
    question = await stage.question()
    await stage.reply(question, PLAIN, await stage.author(platform="guarded"))
    (quote,) = quotes_of(await stage.digest(question))
    assert (quote.option, quote.basis) == (None, "")


async def test_of_who_voted_otherwise_nothing_is_concluded(stage):
    question = await stage.question()
    post, ada = await stage.post(question), await stage.author()
    await vote(stage, post, ada, 2)
    await stage.reply(question, PLAIN, ada, post)
    (private,) = quotes_of(await stage.digest(question))
    (public,) = quotes_of(await stage.digest(question, Edition.PUBLIC))
    assert (private.option, private.basis) == (2, "voted")
    assert (public.option, public.basis) == (None, "")


# ---------------------------------------------------------------- credit


async def credit(stage, reply, **given):
    values = {"name": "", "role": "", "organisation": "", "link": "", "said_by": "Ada, by mail"} | given
    return await stage.add(models.CreditGiven(reply_id=reply.id, at=stage.CLOSE, **values))


async def test_role_and_organisation_stand_behind_the_name_and_who_told_them_is_for_the_writer(stage):
    question = await stage.question()
    reply = await stage.reply(question, "We keep flags.")
    await credit(stage, reply, role="engineer", organisation="Analytical Engines")
    private, public = markdown(await stage.digest(question)), markdown(await stage.digest(question, Edition.PUBLIC))
    for text in (private, public):
        assert "> — **Ada Lovelace**, engineer, Analytical Engines (ada.example), replying on Bluesky" in text
    assert "> Credit as told by Ada, by mail, 21 November 2026." in private
    for said in read_formats(await stage.digest(question, Edition.PUBLIC)).values():
        assert "by mail" not in said


async def test_evidence_of_who_it_is_stands_with_its_date_in_every_edition(stage):
    question = await stage.question()
    evidence = [["domain", "ada.example"], ["verified", "The Society"], ["verified", ""], ["of a later version", "x"]]
    reply = await stage.reply(question, "We keep flags.", await stage.author(evidence=evidence))
    await credit(stage, reply, link="https://ada.example/about", rel_me=True)
    for edition in Edition:
        text = markdown(await stage.digest(question, edition))
        for sentence in (
            "> The handle is the domain ada.example (seen 16 November 2026).",
            "> Verified by The Society (seen 16 November 2026).",
            "> The network marks the profile as verified (seen 16 November 2026).",
            (
                "> Their page [https&#58;//ada.example/about](<https://ada.example/about>) links back to the profile "
                "(seen 21 November 2026)."
            ),
        ):
            assert sentence in text
        assert "later version" not in text


async def test_who_wants_no_name_has_no_evidence(stage):
    question = await stage.question()
    reply = await stage.reply(question, "We keep flags.", await stage.author(evidence=[["domain", "ada.example"]]))
    await credit(stage, reply, role="engineer", link="https://ada.example/about", rel_me=True)
    await stage.consent(reply, "granted_anonymously")
    for edition in Edition:
        for said in read_formats(await stage.digest(question, edition)).values():
            assert "ada.example" not in said
            assert "engineer" not in said
