"""Asking an author for leave: once, in public, for the very words an editor chose, at most so many a day."""

import pytest

from adapters.contract.errors import Rejected
from adapters.contract.forms import ConsentDecision
from bot.desk import DeskError, ask_consent, choose_passage, decide, find_guild, forget_me, next_review, read_review
from bot.host.form_content import FormContent
from bot.host.inbox import AccountInbox
from storage.models import Consent, Outgoing, Reply
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.running import ANSWERS

YES = ConsentDecision(granted=True, wording="May we?")
NO = ConsentDecision(granted=False, wording="May we?")
GUILD = {"guilds": {"g1": {"leave_a_day": 2}}}
PASSAGE = "nobody used it"


@pytest.fixture
async def chatty(open_bot):
    """A network where words need leave, with answers by all of the cast."""
    bot = await open_bot(
        accounts={"square": {"consent_first": True}},
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "5d"}},
        public=("json",),
        **GUILD,
    )
    await bot.tick(minutes=1)
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=5)
    return bot


@pytest.fixture
def inbox(chatty):
    return AccountInbox(chatty.context.store, 1, chatty.clock)


async def choose(bot, reply_id=1, words=PASSAGE):
    return await choose_passage(bot.context, CONFIG_WORKSPACE, reply_id, words, by="Mara")


async def ask(bot, reply_id=1):
    return await ask_consent(bot.context, CONFIG_WORKSPACE, reply_id, by="Mara", guild=find_guild(bot.context, "g1"))


def requests(bot):
    """What stands on the network: requests for leave, below replies."""
    roots = {bot.root().id}
    return [post for post in bot.network().by_author("pullquote") if post.parent and post.parent not in roots]


async def test_an_author_is_asked_once_below_their_words_for_what_an_editor_chose(chatty):
    await choose(chatty)
    asking = await ask(chatty)
    assert (asking.key, asking.left_today) == ("leave-1", 1)
    assert requests(chatty) == []
    await chatty.tick(minutes=1)
    await chatty.tick(minutes=1)
    (request,) = requests(chatty)
    assert f"“{PASSAGE}”" in request.text
    assert "The Example Review" in request.text
    entry = await chatty.row(Consent)
    assert (entry.state, entry.wording, entry.proof) == ("asked", request.text, request.link)
    with pytest.raises(DeskError, match="asked already"):
        await ask(chatty)


async def test_an_answer_comes_up_for_review_until_its_author_is_asked(chatty, inbox):
    review = await next_review(chatty.context, [CONFIG_WORKSPACE])
    assert review.left == 3
    for reply_id in (1, 2, 3):
        await decide(chatty.context, CONFIG_WORKSPACE, reply_id, VerdictValue.KEEP, editor="Mara")
    await decide(chatty.context, CONFIG_WORKSPACE, 3, VerdictValue.ASIDE, editor="Mara")
    first = await next_review(chatty.context, [CONFIG_WORKSPACE])
    assert (first.left, first.decided_by, first.barrier, first.can_ask) == (2, "Mara", "waiting", False)
    await choose(chatty)
    assert (await read_review(chatty.context, CONFIG_WORKSPACE, 1)).can_ask
    assert (await read_review(chatty.context, CONFIG_WORKSPACE, 1)).passage == PASSAGE
    await ask(chatty)
    await chatty.tick(minutes=1)
    left = await next_review(chatty.context, [CONFIG_WORKSPACE])
    assert (left.reply.id, left.left) == (2, 1)
    assert await next_review(chatty.context, [CONFIG_WORKSPACE], after=2) is None


async def test_nobody_is_asked_about_words_that_no_editor_chose(chatty):
    with pytest.raises(DeskError, match="choose the passage first"):
        await ask(chatty)


async def test_words_that_were_not_said_cannot_be_chosen(chatty):
    with pytest.raises(DeskError, match="does not say that"):
        await choose(chatty, words="everybody used it")
    with pytest.raises(DeskError, match="does not say that"):
        await choose(chatty, words="AMP […] it")


async def test_no_more_are_asked_in_a_day_than_the_config_allows(chatty):
    firsts = {1: PASSAGE, 2: "nothing moved at all", 3: "saved two days a month"}
    for reply_id, words in firsts.items():
        await choose(chatty, reply_id, words)
    await ask(chatty, 1)
    await ask(chatty, 2)
    with pytest.raises(DeskError, match="2 authors were asked today"):
        await ask(chatty, 3)
    chatty.clock.advance(days=1)
    await ask(chatty, 3)


async def test_a_yes_lets_the_chosen_words_into_the_digest_and_a_no_takes_them_out(chatty, inbox):
    await choose(chatty)
    await ask(chatty)
    await chatty.tick(minutes=1)
    await inbox.consented("i1", "ada", "leave-1", YES)
    await chatty.tick(days=5)
    (path,) = (chatty.folder / "digests").glob("*to share*.json")
    assert f'"{PASSAGE}"' in path.read_text()
    assert "Traffic stayed flat" not in path.read_text()
    await inbox.consented("i2", "ada", "leave-1", NO)
    await chatty.tick(minutes=1)
    assert PASSAGE not in path.read_text()
    assert [entry.state.value for entry in await chatty.rows(Consent)] == ["asked", "granted", "withdrawn"]


async def test_only_whoever_said_it_decides(chatty, inbox):
    await choose(chatty)
    await ask(chatty)
    await chatty.tick(minutes=1)
    with pytest.raises(Rejected, match="only whoever wrote"):
        await inbox.consented("i1", "grace", "leave-1", YES)
    with pytest.raises(Rejected, match="nothing is asked"):
        await inbox.consented("i2", "ada", "leave-7", YES)
    forms = FormContent(chatty.context.store, 1, chatty.clock, chatty.context.guilds, "The Example Review")
    asked = await chatty.row(Consent)
    assert ((await forms.get_consent_request("leave-1")).wording, asked.state) == (asked.wording, "asked")
    await inbox.consented("i3", "ada", "leave-1", YES)
    assert [entry.state for entry in await chatty.rows(Consent)] == ["asked", "granted"]


async def test_a_yes_is_for_the_words_that_were_asked_about(chatty, inbox):
    await choose(chatty)
    await ask(chatty)
    await chatty.tick(minutes=1)
    chatty.edit(chatty.network().posts[(await chatty.rows(Reply))[0].remote_id], "Something else, and never quoted.")
    await chatty.tick(minutes=6)
    await inbox.consented("i1", "ada", "leave-1", YES)
    await chatty.tick(days=5)
    for path in (chatty.folder / "digests").iterdir():
        assert "never quoted" not in path.read_text()
        assert PASSAGE not in path.read_text()


async def test_who_changed_their_words_before_they_were_asked_is_not_asked(chatty):
    await choose(chatty)
    await ask(chatty)
    chatty.edit(chatty.network().posts[(await chatty.rows(Reply))[0].remote_id], "Something else.")
    await chatty.tick(minutes=6)
    chatty.context.hints.add(1)
    assert requests(chatty) == []
    assert (await chatty.row(Outgoing)).state == "failed"
    assert (await chatty.row(Outgoing)).payload == {}


async def test_a_request_goes_with_the_words_that_it_repeats(chatty, inbox):
    await choose(chatty)
    await ask(chatty)
    await chatty.tick(minutes=1)
    chatty.delete(chatty.network().posts[(await chatty.rows(Reply))[0].remote_id])
    await chatty.tick(minutes=6)
    assert requests(chatty) == []
    row = await chatty.row(Outgoing)
    assert (row.state, row.payload) == ("taken_back", {})
    with pytest.raises(Rejected, match="nothing is asked"):
        await inbox.consented("i1", "ada", "leave-1", YES)


async def test_who_has_themselves_forgotten_leaves_no_request_behind(chatty):
    await choose(chatty)
    await ask(chatty)
    await chatty.tick(minutes=1)
    await forget_me(chatty.context, 1, "ada")
    assert PASSAGE not in str((await chatty.row(Outgoing)).payload)
    await chatty.tick(minutes=1)
    assert requests(chatty) == []


@pytest.mark.parametrize("after_effect", [False, True], ids=["lost before it arrived", "lost after it arrived"])
async def test_a_request_whose_outcome_is_unclear_is_looked_for_and_stands_once(chatty, after_effect):
    await choose(chatty)
    await ask(chatty)
    chatty.fail("publish", after_effect=after_effect)
    await chatty.tick(minutes=1)
    assert (await chatty.row(Outgoing)).state == "uncertain"
    chatty.calls().clear()
    await chatty.tick(minutes=2)
    assert "find" in chatty.calls()
    assert len(requests(chatty)) == 1
    assert (await chatty.row(Outgoing)).state == "sent"


async def test_while_everything_is_paused_nobody_is_asked(chatty):
    from bot.desk import pause_all, resume_all

    await choose(chatty)
    await ask(chatty)
    await pause_all(chatty.context, CONFIG_WORKSPACE, "Mara")
    await chatty.tick(minutes=1)
    assert requests(chatty) == []
    await resume_all(chatty.context, CONFIG_WORKSPACE, "Mara")
    await chatty.tick(minutes=1)
    assert len(requests(chatty)) == 1
