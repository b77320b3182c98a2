"""Native polls: public voters, a result that is final only at the end, and the message that tells it."""

import pytest

from tests.servers.discord.network import Refused


def poll(*answers, hours=24, question="Which?", **more):
    told = {"question": {"text": question}, "answers": [{"poll_media": {"text": text}} for text in answers]}
    return {"poll": told | {"duration": hours} | more}


async def open_poll(api, guild, *answers, **more):
    made = await api.post(f"channels/{guild.general.id}/messages", json=poll(*(answers or ("this", "that")), **more))
    assert made.status_code == 200, made.text
    return guild.general.messages()[-1]


async def read_voters(api, message, number, **query):
    url = f"channels/{message.channel_id}/polls/{message.id}/answers/{number}"
    return [user["id"] for user in (await api.get(url, params=query)).json()["users"]]


async def test_a_vote_replaces_the_one_before(api, guild, ada):
    question = await open_poll(api, guild)
    ada.vote(question, 0)
    ada.vote(question, 1)
    assert question.reload().ballot.votes == (0, 1)
    assert await read_voters(api, question, 2) == [ada.id]
    assert await read_voters(api, question, 1) == []
    ada.unvote(question)
    assert question.reload().ballot.votes == (0, 0)


async def test_several_answers_only_where_the_poll_takes_them(api, guild, ada):
    single = await open_poll(api, guild)
    with pytest.raises(Refused):
        ada.vote(single, 0, 1)
    several = await open_poll(api, guild, allow_multiselect=True)
    ada.vote(several, 0, 1)
    assert several.reload().ballot.votes == (1, 1)


async def test_voters_come_by_the_hundred(api, guild):
    question = await open_poll(api, guild)
    people = [guild.add_member(f"person{number}") for number in range(130)]
    for person in people:
        person.vote(question, 0)
    first = await read_voters(api, question, 1, limit=100)
    second = await read_voters(api, question, 1, limit=100, after=first[-1])
    assert (len(first), len(second)) == (100, 30)
    assert set(first + second) == {person.id for person in people}


async def test_at_its_end_it_is_counted_for_good_and_told_by_a_message(api, guild, ada, grace, clock):
    question = await open_poll(api, guild, hours=1)
    ada.vote(question, 1)
    assert not question.reload().ballot.final
    clock.advance(hours=1)
    with pytest.raises(Refused):
        grace.vote(question, 0)
    result = guild.general.messages()[-1]
    assert (result.type, result.answers) == (46, question.id)
    fields = {entry["name"]: entry["value"] for entry in result.raw["embeds"][0]["fields"]}
    assert (fields["total_votes"], fields["victor_answer_text"]) == ("1", "that")
    assert question.reload().ballot.final


async def test_it_can_be_ended_early_and_once(api, guild):
    question = await open_poll(api, guild)
    url = f"channels/{guild.general.id}/polls/{question.id}/expire"
    ended = (await api.post(url)).json()
    assert ended["poll"]["results"]["is_finalized"]
    assert [message.type for message in guild.general.messages()] == [0, 46]
    again = await api.post(url)
    assert again.json()["code"] == 520001
    assert len(guild.general.messages()) == 2


async def test_a_poll_message_cannot_be_edited(api, guild):
    question = await open_poll(api, guild)
    refused = await api.patch(f"channels/{guild.general.id}/messages/{question.id}", json={"content": "more"})
    assert refused.json()["code"] == 520003


@pytest.mark.parametrize(
    "body",
    [
        poll("x" * 56, "that"),
        poll("this", "that", question="x" * 301),
        poll("this", "that", hours=769),
        poll(*map(str, range(11))),
        poll("", "that"),
    ],
    ids=["an answer of 56", "a question of 301", "769 hours", "11 answers", "an empty answer"],
)
async def test_limits_of_a_poll(api, application, guild, body, spec):
    answer = await api.post(f"channels/{guild.general.id}/messages", json=body)
    assert answer.status_code == 400
    application.forget_problems()


async def test_who_may_not_send_polls_is_refused(api, discord, application):
    quiet = discord.add_guild(application, permissions="")
    quiet.general.permit(application, deny="send_polls")
    answer = await api.post(f"channels/{quiet.general.id}/messages", json=poll("this", "that"))
    assert answer.json()["code"] == 50013
