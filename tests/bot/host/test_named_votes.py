"""Votes whose voters can be read: who chose what goes with what they say, and is printed only with their leave."""

import json

import pytest

from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author, Reply
from adapters.contract.sending import Reference
from bot.host.inbox import AccountInbox
from storage.models import Reply as Stored
from storage.models import Tally, Vote

YES = ConsentDecision(granted=True, wording="May we?")
WITH_VOTE = ConsentDecision(granted=True, wording="May we, and what you voted?", covers_vote=True)
WORDS = "We kept the weekly report because four of our clients read it, and they pay for 40% of all."


@pytest.fixture
async def polled(open_bot):
    async def polled(**keys):
        bot = await open_bot(
            accounts={"square": {"votes_are_named": True, "consent_first": True, "forms": True} | keys},
            questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "options": ("Yes", "No")}},
            public=("json",),
        )
        await bot.tick(minutes=1)
        return bot

    return polled


def quoted(bot, edition):
    (path,) = (bot.folder / "digests").glob(f"*{edition}*.json")
    (block,) = json.loads(path.read_text())["questions"]
    return block["quotes"]


async def votes(bot):
    return {(row.voter, row.option) for row in await bot.rows(Vote)}


async def test_who_chose_what_is_known_and_counted_once(polled):
    bot = await polled()
    bot.network().vote(bot.root().id, "ada", 1, bot.clock())
    bot.network().vote(bot.root().id, "grace", 0, bot.clock())
    await bot.tick(minutes=6)
    assert await votes(bot) == {("ada", 1), ("grace", 0)}
    bot.network().vote(bot.root().id, "ada", 0, bot.clock())
    await bot.tick(minutes=6)
    assert await votes(bot) == {("ada", 0), ("grace", 0)}
    assert {(row.source.value, row.option, row.votes) for row in await bot.rows(Tally)} == {
        ("platform", 0, 2),
        ("platform", 1, 0),
    }


async def test_where_votes_are_not_named_nobody_is_written_down(polled):
    bot = await polled(votes_are_named=False)
    bot.network().vote(bot.root().id, "ada", 1, bot.clock())
    await bot.tick(minutes=6)
    assert await votes(bot) == set()


@pytest.mark.parametrize(("leave", "told"), [(YES, None), (WITH_VOTE, "voted")], ids=["the words", "words and vote"])
@pytest.mark.parametrize("edition", ["for you", "to share"])
async def test_a_vote_is_printed_beside_words_only_where_leave_covers_it(polled, leave, told, edition):
    bot = await polled()
    bot.network().vote(bot.root().id, "ada", 1, bot.clock())
    inbox = AccountInbox(bot.context.store, 1, bot.clock)
    await inbox.answered("i1", Reply("form:1:ada", 1, Author("ada", "ada", "Ada"), WORDS, bot.clock()), leave)
    await bot.tick(minutes=6)
    await bot.tick(days=3)
    (quote,) = quoted(bot, edition)
    assert (quote["stance"] or {}).get("basis") == told


async def test_a_hint_at_a_reply_or_at_a_post_of_ours_re_reads_it(polled):
    bot = await polled()
    replies = [bot.reply("ada"), bot.reply("grace")]
    await bot.tick(minutes=6)
    host = (await bot.context.accounts.adapter(1))._host
    bot.network().posts[replies[0].id].deleted = True  # without an event: as while the gateway was down
    host.hint([Reference(replies[0].id)])
    await bot.tick(seconds=5)
    assert [row.state.value for row in await bot.rows(Stored)] == ["deleted", "standing"]
    bot.network().posts[replies[1].id].deleted = True
    host.hint([Reference(bot.root().id)])
    await bot.tick(seconds=5)
    assert [row.state.value for row in await bot.rows(Stored)] == ["deleted", "deleted"]
    assert bot.context.rereads == set()


async def test_what_was_hidden_and_is_shown_again_stands_again(polled):
    bot = await polled()
    reply = bot.reply("ada")
    await bot.tick(minutes=6)
    host = (await bot.context.accounts.adapter(1))._host
    for hidden, state in ((True, "hidden"), (False, "standing")):
        bot.network().posts[reply.id].hidden = hidden
        host.hint([Reference(reply.id)])
        await bot.tick(seconds=5)
        assert (await bot.row(Stored)).state == state
