"""Everything that people write is stored once; nothing is lost, nothing is put into anybody's mouth."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import OperationalError

from adapters.contract.reading import Author, Page, Reply, Standing
from bot.desk import adopt
from bot.replies.collect import collect_account
from storage.models import Account, Lease, Mark, Post, Revision
from storage.models import Author as Profile
from storage.models import Reply as Stored
from storage.states import CONFIG_WORKSPACE
from tests.running import ANSWERS, START


@pytest.fixture
async def asked(bot):
    """A question that is open."""
    await bot.tick()
    return bot


async def texts(bot) -> list[str | None]:
    """The newest wording of each reply, in the order they came."""
    newest = {revision.reply_id: revision.text for revision in await bot.rows(Revision)}
    return list(newest.values())


# ---------------------------------------------------------------- what is stored


async def test_a_reply_is_stored_with_its_author_link_and_time(asked):
    asked.clock.advance(minutes=3)
    written = asked.reply("ada", "We stopped.")
    await asked.tick(minutes=2)
    reply, author = await asked.row(Stored), await asked.row(Profile)
    assert (reply.remote_id, reply.link, reply.posted_at) == (written.id, written.link, written.posted_at)
    assert (reply.origin, reply.state, author.handle) == ("collected", "standing", "ada")
    assert await texts(asked) == ["We stopped."]


async def test_replies_to_replies_are_stored_too(asked):
    first = asked.reply("ada")
    asked.reply("grace", "And who paid for that?", to=first)
    await asked.tick(minutes=5)
    assert len(await asked.rows(Stored)) == 2


async def test_our_own_parts_and_the_askers_own_replies_are_no_answers(asked):
    first = asked.reply("ada")
    asked.network().post("pullquote", "Thank you!", asked.clock(), parent=first.id)
    asked.network().post("pullquote", "One more thing.", asked.clock(), parent=asked.root().id)
    await asked.tick(minutes=5)
    assert [author.handle for author in await asked.rows(Profile)] == ["ada"]


async def test_who_asked_one_question_may_answer_another(asked):
    from bot.desk import adopt

    theirs = asked.network().post("ada", "What do you read?", asked.clock())
    await adopt(asked.context, theirs.link, workspace="config", zone="UTC")
    asked.reply("ada", "Nothing new.", to=theirs)
    asked.reply("grace", "Novels.", to=theirs)
    asked.reply("ada", "We stopped.")
    await asked.tick(minutes=5)
    assert sorted(await texts(asked)) == ["Novels.", "We stopped."]


async def test_an_edit_adds_a_wording_and_the_first_is_never_changed(asked):
    reply = asked.reply("ada", "We stopped.")
    await asked.tick(minutes=5)
    asked.edit(reply, "We stopped in 2019.")
    done = await asked.tick(minutes=5)
    assert [each.edited for each in done.collected] == [1]
    asked.edit(reply, "We stopped.")
    await asked.tick(minutes=5)
    wordings = [(wording.number, wording.text) for wording in await asked.rows(Revision)]
    assert wordings == [(1, "We stopped."), (2, "We stopped in 2019."), (3, "We stopped.")]


async def test_a_deletion_empties_every_wording_and_leaves_a_tombstone(asked):
    reply = asked.reply("ada", "We stopped.")
    await asked.tick(minutes=5)
    asked.edit(reply, "We stopped in 2019.")
    await asked.tick(minutes=5)
    asked.delete(reply)
    done = await asked.tick(minutes=5)
    assert [each.gone for each in done.collected] == [1]
    assert (await asked.row(Stored)).state == "deleted"
    assert [(wording.text, wording.emptied_at) for wording in await asked.rows(Revision)] == [(None, asked.clock())] * 2


async def test_a_hidden_reply_says_so(asked):
    asked.hide(asked.reply("ada"))
    await asked.tick(minutes=5)
    assert (await asked.row(Stored)).state == "hidden"


@pytest.mark.parametrize("settings", [{"newest_first": False}, {"newest_first": True}], ids=["upward", "downward"])
async def test_pages_that_overlap_reorder_and_repeat_are_stored_once(open_bot, settings):
    bot = await open_bot(accounts={"square": settings}, questions={"habits": {"at": "2026-11-16T08:01"}})
    await bot.tick(minutes=1)
    conduct = bot.services["square"].conduct
    conduct.page_size, conduct.overlap, conduct.shuffled = 5, 3, True
    for number in range(23):
        bot.reply("ada", f"answer {number}")
    await bot.tick(minutes=5)
    for number in range(23, 40):
        bot.reply("grace", f"answer {number}")
    await bot.tick(minutes=5)
    assert sorted(await texts(bot)) == sorted(f"answer {number}" for number in range(40))
    assert len(await bot.rows(Revision)) == 40
    post = await bot.row(Post)
    assert (post.counted, post.missing) == (40, 0)


async def test_what_who_asked_says_below_an_adopted_post_is_not_missing(open_bot, clock):
    bot = await open_bot()
    asked = bot.network().post("ada", "What did you stop doing?", clock())
    bot.reply("grace", to=asked)
    bot.reply("ada", "Thank you, grace.", to=asked)
    await adopt(bot.context, asked.link, workspace=CONFIG_WORKSPACE, zone="UTC")
    await bot.tick(minutes=5)
    assert await texts(bot) == [ANSWERS["grace"]]
    post = await bot.row(Post)
    assert (post.counted, post.missing) == (2, 0)


# ---------------------------------------------------------------- pages as an adapter gives them


class Scripted:
    """Accounts whose adapter hands out these pages; everything else is the sandbox's."""

    def __init__(self, accounts, *pages: Page) -> None:
        self._accounts = accounts
        self._pages = pages

    def __getattr__(self, name):
        return getattr(self._accounts, name)

    async def adapter(self, account_id):
        self._adapter = await self._accounts.adapter(account_id)
        return _Handing(self._adapter, self._pages)


class _Handing:
    def __init__(self, adapter, pages) -> None:
        self._adapter, self._pages = adapter, pages

    def __getattr__(self, name):
        return getattr(self._adapter, name)

    async def collect(self, _watched):
        for page in self._pages:
            yield page


@pytest.fixture
async def hand(asked):
    """Collect these pages."""

    async def hand(*pages):
        usual = asked.context.accounts
        asked.context.accounts = Scripted(usual, *pages)
        done = await collect_account(asked.context, 1)
        asked.context.accounts = usual
        return done

    return hand


def said(text: str | None, **changes) -> Reply:
    """What ada said."""
    reply = Reply("r1", 1, Author("ada", "ada"), text, posted_at=START)
    return replace(reply, **changes)


async def test_a_reply_that_could_not_be_read_is_stored_as_unreadable_and_read_later(asked, hand):
    await hand(Page((said(None),)))
    assert ((await asked.row(Stored)).state, await texts(asked)) == ("unreadable", [None])
    await hand(Page((said("We stopped."),)))
    assert ((await asked.row(Stored)).state, await texts(asked)) == ("standing", ["We stopped."])


async def test_what_could_not_be_read_never_replaces_a_text(asked, hand):
    await hand(Page((said("We stopped."),)))
    await hand(Page((said(None),)))
    assert ((await asked.row(Stored)).state, await texts(asked)) == ("standing", ["We stopped."])


@pytest.mark.parametrize("standing", [Standing.HIDDEN, Standing.BLOCKED])
async def test_a_reply_that_is_blocked_or_hidden_says_so_even_where_it_cannot_be_read(asked, hand, standing):
    await hand(Page((said("We stopped."),)))
    await hand(Page((said(None, standing=standing),)))
    assert ((await asked.row(Stored)).state, await texts(asked)) == (standing.value, ["We stopped."])
    await hand(Page((said("We stopped."),)))
    assert (await asked.row(Stored)).state == "standing"


async def test_what_was_deleted_stays_deleted_whatever_a_stale_page_says(asked, hand):
    await hand(Page((said("We stopped."),)), Page(gone=("r1",)))
    await hand(Page((said("We stopped."),)))
    assert ((await asked.row(Stored)).state, await texts(asked)) == ("deleted", [None])


async def test_a_reply_that_is_gone_before_it_was_ever_seen_is_no_matter(asked, hand):
    done = await hand(Page(gone=("r1",), marks={"scope": "1"}))
    assert (done.error, done.gone) == (None, 0)


@pytest.mark.parametrize("text", ["zero \x00 byte", "half a pair \ud83d", "\udc00"])
async def test_characters_that_no_database_takes_cost_neither_the_page_nor_its_neighbours(asked, hand, text):
    page = Page((said(text, author=Author("ada", text, text)), said("We stopped.", remote_id="r2")), marks={"s": "1"})
    assert (await hand(page)).error is None
    assert len(await asked.rows(Stored)) == 2
    assert (await hand(page)).edited == 0
    assert len(await asked.rows(Revision)) == 2


# ---------------------------------------------------------------- pages that are written at once


def count_commits(store):
    """The transactions that write replies, from now on."""
    found, writing = [], set()

    def note(connection, cursor, statement, parameters, context, executemany):
        if "INTO replies" in statement or "\n        replies (" in statement:
            writing.add(connection.engine)

    def commit(connection):
        if writing:
            found.append(1)
            writing.clear()

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    event.listen(store.engine.sync_engine, "commit", commit)
    return found


async def test_pages_are_written_together_until_they_are_many(asked, hand):
    commits = count_commits(asked.context.store)
    pages = [
        Page(tuple(said("We stopped.", remote_id=f"r{page}-{n}") for n in range(100)), marks={"scope": str(page)})
        for page in range(7)
    ]
    assert (await hand(*pages)).added == 700
    assert len(commits) == 2
    assert [mark.value for mark in await asked.rows(Mark) if mark.scope == "scope"] == ["6"]


async def test_another_wording_on_a_later_page_is_a_revision_of_its_own(asked, hand):
    await hand(Page((said("We stopped."),)), Page((said("We stopped."),)), Page((said("We did not."),)))
    assert [revision.text for revision in await asked.rows(Revision)] == ["We stopped.", "We did not."]


# ---------------------------------------------------------------- marks


def fail_commits(store, *, only_with: str):
    """Let transactions fail at their end in which a statement names `only_with`."""
    seen = set()

    def note(connection, cursor, statement, parameters, context, executemany):
        if only_with in statement and statement.lstrip().startswith("INSERT"):
            seen.add(connection)

    def fail(connection):
        if connection in seen:
            seen.discard(connection)
            raise OperationalError("COMMIT", {}, Exception("the disk is gone"))

    engine = store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", fail)

    def mend():
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", fail)

    return mend


async def test_a_mark_is_saved_with_its_page_or_not_at_all(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    marks = [mark.value for mark in await asked.rows(Mark)]
    asked.reply("grace")
    mend = fail_commits(asked.context.store, only_with="replies")
    done = await asked.tick(minutes=5)
    assert done.errors != []
    mend()
    assert [mark.value for mark in await asked.rows(Mark)] == marks
    assert len(await asked.rows(Stored)) == 1
    await asked.tick(hours=1)
    assert len(await asked.rows(Stored)) == 2
    assert [mark.value for mark in await asked.rows(Mark)] != marks


async def test_a_pass_that_breaks_off_keeps_what_it_committed_and_goes_on_there(asked):
    asked.services["square"].conduct.page_size = 5
    await asked.tick(minutes=5)
    for number in range(20):
        asked.reply("ada", f"answer {number}")
    asked.fail("events", nth=3, status=503)
    done = await asked.tick(minutes=5)
    assert [(each.pages, each.added, str(each.error) != "") for each in done.collected] == [(2, 10, True)]
    assert [mark.value for mark in await asked.rows(Mark)] == ["11"]
    await asked.tick(minutes=5)
    assert len(await asked.rows(Stored)) == 20
    assert asked.calls()[-3:] == ["events", "events", "posts"]


# ---------------------------------------------------------------- one at a time, one does not stop the others


async def test_an_account_that_another_process_collects_is_left_to_it(asked):
    async with asked.context.store.write() as session:
        session.add(Lease(name="collect:1", holder="another", lease_until=asked.clock() + timedelta(minutes=9)))
    asked.reply("ada")
    done = await asked.tick(minutes=5)
    assert (done.collected, done.errors) == ([], [])
    await asked.tick(minutes=5)
    assert len(await asked.rows(Stored)) == 1


async def test_a_pass_that_lost_its_lease_writes_nothing_more(asked):
    """A stale page would bring back what the new holder knows to be changed."""
    asked.reply("ada")
    usual = asked.context.accounts

    class Slow(Scripted):
        async def adapter(self, account_id):
            async with asked.context.store.write() as session:
                await session.execute(
                    update(Lease)
                    .where(Lease.name == "collect:1")
                    .values(holder="another", lease_until=asked.clock() + timedelta(hours=1))
                )
            return await self._accounts.adapter(account_id)

    asked.context.accounts = Slow(usual)
    assert await collect_account(asked.context, 1) is None
    assert await asked.rows(Stored) == []
    assert (await asked.row(Lease)).holder == "another"


async def test_a_platform_that_fails_is_asked_again_later_and_later(asked):
    asked.fail("events", times=1000, status=503)
    asked.fail("thread", times=1000, status=503)
    waits = []
    for _ in range(4):
        await asked.tick(hours=1)
        waits.append((await asked.account()).collect_at - asked.clock())
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    assert (await asked.account()).failures == 4


async def test_a_limit_is_kept_and_survives_a_restart(asked):
    retry_at = asked.clock() + timedelta(minutes=30)
    asked.fail("events", status=429, retry_at=retry_at)
    await asked.tick(minutes=5)
    before = len(asked.calls())
    await asked.restart()
    await asked.tick(minutes=10)
    assert len(asked.calls()) == before
    asked.reply("ada")
    await asked.tick(minutes=15)
    assert len(await asked.rows(Stored)) == 1


async def test_a_limit_is_kept_by_the_last_collection_too(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h"}})
    await bot.tick(minutes=1)
    await bot.tick(minutes=58)
    bot.fail("events", status=429, retry_at=bot.clock() + timedelta(minutes=30))
    await bot.tick(minutes=5)
    before = len(bot.calls())
    for _ in range(4):
        await bot.tick(minutes=5)
    assert len(bot.calls()) == before
    await bot.tick(minutes=10)
    assert await bot.states() == ["closed"]


async def test_a_refused_login_pauses_collecting_on_that_account_only(open_bot):
    names = ("square", "forum")
    bot = await open_bot(accounts=names, questions={"habits": {"at": "2026-11-16T08:01", "accounts": names}})
    await bot.tick(minutes=1)
    for name in names:
        bot.reply("ada", account=name)
    bot.fail("thread", status=401, times=1000)
    bot.fail("events", status=401, times=1000)
    done = await bot.tick(minutes=5)
    assert [(each.account, each.added) for each in done.collected] == [("square", 0), ("forum", 1)]
    for _ in range(3):
        assert [account.state for account in await bot.rows(Account)] == ["active", "active"]
        await bot.tick(minutes=10)
    assert [account.state for account in await bot.rows(Account)] == ["unauthorized", "active"]
    await bot.tick(hours=1)
    assert len(await bot.told("unauthorized")) == 1


async def test_a_mistake_in_one_adapter_does_not_stop_the_collection_of_another(open_bot):
    names = ("square", "forum")
    bot = await open_bot(accounts=names, questions={"habits": {"at": "2026-11-16T08:01", "accounts": names}})
    await bot.tick(minutes=1)
    usual = bot.context.accounts

    class Faulty(Scripted):
        async def adapter(self, account_id):
            if account_id == 1:
                raise KeyError("a mistake")
            return await self._accounts.adapter(account_id)

    bot.context.accounts = Faulty(usual)
    bot.reply("ada", account="forum")
    done = await bot.tick(minutes=5)
    assert any("KeyError" in error for error in done.errors)
    assert len(await bot.rows(Stored)) == 1
    assert (await bot.account("square")).collect_at > bot.clock()


async def test_a_root_that_was_deleted_on_its_platform_does_not_stop_the_other_posts(open_bot):
    bot = await open_bot(
        questions={"one": {"at": "2026-11-16T08:01"}, "two": {"at": "2026-11-16T08:02", "closes_after": "1d"}}
    )
    await bot.tick(minutes=1)
    first = bot.root()
    await bot.tick(minutes=1)
    bot.delete(first)
    bot.reply("ada")
    await bot.tick(minutes=10)
    assert await texts(bot) == [(bot.network().replies(bot.root().id)[0]).text]
    await bot.tick(days=1)
    assert "closed" in await bot.states()


async def test_a_question_whose_root_was_deleted_is_closed_in_its_time(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h"}})
    await bot.tick(minutes=1)
    bot.reply("ada")
    await bot.tick(minutes=5)
    bot.delete(bot.root())
    await bot.tick(hours=1)
    assert await bot.states() == ["closed"]
    assert len(await bot.rows(Stored)) == 1


async def test_collecting_goes_on_for_a_grace_after_the_close_and_then_ends(open_bot):
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1d"}}, after_close=timedelta(hours=48)
    )
    await bot.tick(minutes=1)
    await bot.tick(days=1)
    assert await bot.states() == ["closed"]
    bot.reply("ada")
    await bot.tick(hours=47)
    assert len(await bot.rows(Stored)) == 1
    before = len(bot.calls())
    bot.reply("grace")
    await bot.tick(hours=3)
    assert len(bot.calls()) == before


async def test_a_question_that_was_deleted_on_its_network_is_told_when_it_is_seen(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    asked.delete(asked.root())
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    (told,) = await asked.told("post gone")
    assert "the post on square is no longer there (https://sandbox.example/post/square-1)" in told
    assert await texts(asked) == [ANSWERS["ada"]]
