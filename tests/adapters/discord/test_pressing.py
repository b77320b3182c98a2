"""What members press and hand in: forms, votes, leave, and editors who save messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.contract.errors import Rejected
from adapters.contract.forms import ConsentRequest
from adapters.contract.sending import Draft, Poll, Reference
from adapters.testing.form_labels import CONSENT_LABELS, FORM_LABELS
from adapters.testing.host import Answered, Consented, Saved, Voted
from bot.words import words
from tests.adapters.discord.conftest import listening, until

RIGHT = {"answer": "We do, every day.", "credit": "Ada Lovelace, Analyst", "leave": "yes"}


@pytest.fixture
async def post(adapter, host, guild, asked):
    """Publish post 7; what stands in the channel then."""

    async def post(**changes):
        draft = replace(Draft("Which habit?", place=guild.general.id), **changes)
        references = []
        for part in await adapter.prepare(draft, "post-7", host.now()):
            references.append(await adapter.publish(part, references))
        return [guild.general.message(reference.remote_id) for reference in references]

    return post


def received(host, kind):
    return [each for each in host.inbox.received.values() if isinstance(each, kind)]


async def open_form(person, question):
    return await person.press(question, question.button("Answer")).modal()


async def hand_in(person, question, **values):
    sent = person.submit(await open_form(person, question), **(RIGHT | values))
    await sent.acknowledged()
    return sent


async def said(interaction):
    return (await interaction.response()).content


async def test_an_answer_by_form_is_kept_private_with_its_leave_and_counted(
    adapter, host, application, guild, ada, post
):
    (question,) = await post()
    async with listening(adapter, application):
        form = await open_form(ada, question)
        assert form.title == FORM_LABELS["title"]
        sent = ada.submit(form, **RIGHT)
        assert await said(sent) == FORM_LABELS["thanks"]
        await until(lambda: question.reload().buttons[0].label == "Answer · 1")
    (answered,) = received(host, Answered)
    reply, leave = answered.reply, answered.leave
    assert (reply.remote_id, reply.post_id, reply.text) == (f"form:7:{ada.id}", 7, "We do, every day.")
    assert (reply.author.remote_id, reply.author.handle, reply.link) == (ada.id, "ada", question.link)
    assert reply.extra == {"guild": guild.id, "channel": guild.general.id}
    assert (leave.granted, leave.anonymous, leave.credit) == (True, False, "Ada Lovelace, Analyst")
    assert leave.wording == "May we quote you? In The Trade Weekly. Yes, with my name"
    assert [message.id for message in guild.general.messages()] == [question.id]
    assert all(message.ephemeral for message in sent.shown())


@pytest.mark.parametrize(("choice", "granted", "anonymous"), [("anonymous", True, True), ("no", False, False)])
async def test_leave_is_what_was_chosen(adapter, host, application, ada, post, choice, granted, anonymous):
    (question,) = await post()
    async with listening(adapter, application):
        await hand_in(ada, question, leave=choice)
        await until(lambda: received(host, Answered))
    leave = received(host, Answered)[0].leave
    assert (leave.granted, leave.anonymous) == (granted, anonymous)
    assert leave.wording.endswith(FORM_LABELS[choice])


async def test_leave_for_what_one_chose_is_asked_where_there_was_a_choice(
    adapter, host, application, ada, grace, post, asked
):
    (question,) = await post()
    async with listening(adapter, application):
        assert "vote" not in {each["value"] for each in (await open_form(ada, question)).fields["leave"]["options"]}
        host.questions[7] = replace(asked, options=("To write", "To read"))
        await hand_in(ada, question, leave="vote")
        await hand_in(grace, question, leave="yes")
        await until(lambda: len(received(host, Answered)) == 2)
    chosen, plain = (each.leave for each in received(host, Answered))
    assert (chosen.granted, chosen.covers_vote, chosen.anonymous) == (True, True, False)
    assert chosen.wording.endswith(FORM_LABELS["vote"])
    assert (plain.granted, plain.covers_vote) == (True, False)


async def test_a_form_that_was_opened_before_a_restart_is_taken(adapter, host, application, ada, post):
    (question,) = await post()
    async with listening(adapter, application):
        form = await open_form(ada, question)
    await until(lambda: application.sessions == 0)
    async with listening(adapter, application):
        host.advance(timedelta(minutes=10))
        ada.submit(form, **RIGHT)
        await until(lambda: received(host, Answered))


async def test_the_button_of_a_message_that_is_weeks_old_works(adapter, host, application, ada, post):
    (question,) = await post()
    host.advance(timedelta(weeks=3))
    async with listening(adapter, application):
        assert (await open_form(ada, question)).title == FORM_LABELS["title"]


async def test_an_answer_that_is_given_already_is_there_to_be_changed(adapter, host, application, ada, post, asked):
    (question,) = await post()
    host.questions[7] = replace(asked, earlier_answer="What I said before.")
    async with listening(adapter, application):
        form = await open_form(ada, question)
    assert "What I said before." in str(form)


async def test_nobody_answers_a_question_that_is_closed_or_gone_or_while_silenced(
    adapter, host, application, guild, ada, post, asked
):
    (question,) = await post()
    async with listening(adapter, application):
        form = await open_form(ada, question)
        host.questions[7] = replace(asked, open=False)
        assert await said(ada.press(question, "pq:answer:7")) == FORM_LABELS["closed"]
        assert await said(ada.submit(form, **RIGHT)) == FORM_LABELS["closed"]
        del host.questions[7]
        assert await said(ada.press(question, "pq:answer:7")) == FORM_LABELS["unknown"]
        host.questions[7] = asked
        host.inbox.refusing = Rejected("its collection is over")
        form = await open_form(ada, question)
        assert await said(ada.submit(form, **RIGHT)) == FORM_LABELS["closed"]
    assert received(host, Answered) == []


async def test_the_same_form_twice_counts_once(adapter, host, application, ada, post):
    (question,) = await post()
    async with listening(adapter, application):
        sent = await hand_in(ada, question)
        await until(lambda: received(host, Answered))
        sent.repeat()
        await hand_in(ada, question, answer="Once more.")
        await until(lambda: len(received(host, Answered)) == 2)
    assert [each.reply.text for each in received(host, Answered)] == ["We do, every day.", "Once more."]


@pytest.mark.parametrize(("counts", "labels"), [(None, ["log", "diary"]), ((0, 3), ["log · 0", "diary · 3"])])
async def test_votes_by_buttons_are_told_to_the_voter_alone(
    adapter, host, application, guild, ada, post, asked, counts, labels
):
    host.questions[7] = replace(asked, options=("log", "diary"))
    host.inbox.counts = counts
    poll = Poll(("log", "diary"), host.now() + timedelta(days=1))
    (question,) = await post(poll=poll, vote_by_buttons=True)
    async with listening(adapter, application):
        pressed = ada.press(question, question.button("diary"))
        assert await said(pressed) == "You chose: diary."
        if counts:
            await until(lambda: question.reload().buttons[1].label == labels[1])
        host.inbox.refusing = Rejected("it is closed")
        assert await said(ada.press(question, question.button("log"))) == FORM_LABELS["closed"]
    assert received(host, Voted) == [Voted(7, ada.id, 1)]
    assert [button.label for button in question.reload().buttons] == [*labels, "Answer"]
    assert all(message.ephemeral for message in pressed.shown())


async def test_an_author_is_asked_once_alone_and_may_change_their_mind(
    adapter, host, application, guild, ada, grace, post
):
    (question,) = await post()
    reply = ada.reply(question, "We do.")
    extra = {"channel": guild.general.id, "guild": guild.id}
    host.requests["leave-1"] = ConsentRequest("May we quote *this*?", CONSENT_LABELS)
    asked_of = Reference(reply.id, reply.link, extra)
    first = await adapter.ask_author(asked_of, "May we quote *this*? @everyone", "leave-1")
    assert await adapter.ask_author(asked_of, "May we quote *this*? @everyone", "leave-1") == first
    host.advance(timedelta(hours=1))
    assert (
        await adapter.ask_author(asked_of, "May we quote *this*? @everyone", "leave-1", host.now() - timedelta(hours=1))
        == first
    )
    request = guild.general.message(first.remote_id)
    assert (request.pings, request.answers) == (frozenset({ada.id}), reply.id)
    assert [button.label for button in request.buttons] == [CONSENT_LABELS[each] for each in ("yes", "anonymous", "no")]
    async with listening(adapter, application):
        for choice in ("yes", "anonymous", "no"):
            shown = await said(ada.press(request, f"pq:leave:leave-1:{choice}"))
            assert shown == CONSENT_LABELS[f"said_{choice}"]
        host.inbox.refusing = Rejected("somebody else pressed")
        assert await said(grace.press(request, "pq:leave:leave-1:yes")) == CONSENT_LABELS["not_yours"]
    decided = received(host, Consented)
    assert [(each.author_remote_id, each.request, each.leave.granted) for each in decided] == [
        (ada.id, "leave-1", True),
        (ada.id, "leave-1", True),
        (ada.id, "leave-1", False),
    ]
    assert decided[0].leave.wording == "May we quote *this*? Yes, with my name"


async def test_an_editor_saves_a_message_under_the_question_they_choose(adapter, host, application, guild, ada, asked):
    role = guild.add_role("editors", "manage_messages")
    editor = guild.add_member("grace", role)
    host.editors.add(role.id)
    message = ada.say(guild.general, "We print the log every Friday.")
    async with listening(adapter, application):
        assert await said(editor.use_on(message, "Save as quote")) == FORM_LABELS["saved"]
        host.questions[8] = replace(asked, post_id=8, question="Who still prints?")
        menu = await editor.use_on(message, "Save as quote").response()
        custom_id = next(each["custom_id"] for each in menu.components() if each["type"] == 3)
        assert await said(editor.select(menu, custom_id, "8")) == FORM_LABELS["saved"]
        host.editors.clear()
        assert await said(editor.use_on(message, "Save as quote")) == FORM_LABELS["save_forbidden"]
    saved = received(host, Saved)
    assert [(each.reply.post_id, each.reply.text, each.reply.remote_id) for each in saved] == [
        (7, "We print the log every Friday.", message.id),
        (8, "We print the log every Friday.", message.id),
    ]
    assert saved[0].by == f"grace (discord:{editor.id})"
    assert saved[0].reply.link == message.link


async def test_a_form_that_was_opened_before_a_time_out_is_not_taken(adapter, host, application, guild, ada, post):
    (question,) = await post()
    async with listening(adapter, application):
        form = await open_form(ada, question)
        guild.owner.time_out(guild, ada, timedelta(minutes=10))
        assert await said(ada.submit(form, **RIGHT)) == FORM_LABELS["timed_out"]
        host.advance(timedelta(minutes=11))
        await hand_in(ada, question)
        await until(lambda: received(host, Answered))
    assert len(received(host, Answered)) == 1


async def test_a_failure_of_ours_is_told_to_whoever_pressed(adapter, host, application, ada, post, asked):
    host.questions[7] = replace(asked, options=("log", "diary"))
    poll = Poll(("log", "diary"), host.now() + timedelta(days=1))
    (question,) = await post(poll=poll, vote_by_buttons=True)
    async with listening(adapter, application):
        host.inbox.refusing = OSError("the disk is full")
        assert await said(ada.press(question, question.button("log"))) == words("en")["form"]["failed"]
    assert received(host, Voted) == []
