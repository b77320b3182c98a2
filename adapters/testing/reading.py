"""Obligations of an adapter when something is read."""

from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.contract.adapter import Adapter
from adapters.contract.errors import Rejected
from adapters.contract.reading import Freshness
from adapters.contract.sending import Draft, Reference
from adapters.testing.host import RecordingHost
from adapters.testing.obligations import Obligations
from adapters.testing.people import People
from adapters.testing.steps import (
    CommittedPages,
    collect,
    collect_pages,
    know,
    make_poll,
    make_text,
    publish,
    watch,
)
from adapters.testing.words import EXACT_TEXTS


class CollectingObligations(Obligations):
    """Every reply is found, told apart, and never lost between two runs."""

    async def test_nothing_watched_is_nothing_read(self, adapter: Adapter) -> None:
        assert (await collect(adapter, [])).replies == {}

    async def test_a_reply_says_who_wrote_what_and_when(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await people.reply(parts[0], "ada", "I keep a log of every change.")
        await people.settle()
        (reply,) = (await collect(adapter, [watch(host, *parts, post_id=7)])).replies.values()
        assert (reply.remote_id, reply.post_id, reply.text) == (sent.remote_id, 7, "I keep a log of every change.")
        assert reply.author.remote_id
        assert reply.author.handle or "handle" in self.impossible
        assert reply.link.startswith("http")
        assert reply.parent_remote_id == parts[0].remote_id
        assert reply.posted_at.utcoffset() == timedelta()

    async def test_authors_are_told_apart(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = [(who, await people.reply(parts[0], who, f"{who} was here")) for who in ("ada", "grace", "ada", "alan")]
        await people.settle()
        replies = (await collect(adapter, [watch(host, *parts)])).replies
        authors = [replies[reference.remote_id].author.remote_id for _, reference in sent]
        assert len(set(authors)) == 3
        assert authors[0] == authors[2]

    async def test_replies_to_replies_are_found(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = [parts[0]]
        for depth in range(1, 13):
            sent.append(await people.reply(sent[-1], ("ada", "grace")[depth % 2], f"depth {depth}"))
        await people.settle()
        replies = (await collect(adapter, [watch(host, *parts)])).replies
        parents = {reply.remote_id: reply.parent_remote_id for reply in replies.values()}
        assert parents == {below.remote_id: above.remote_id for above, below in pairwise(sent)}

    async def test_replies_to_the_thread_are_found_and_the_thread_is_no_reply(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need_threads(adapter)
        parts = await publish(adapter, host, Draft(make_text(), ("And say why.",), place=self.place))
        sent = await people.reply(parts[1], "ada", "Because it pays.")
        await people.settle()
        replies = (await collect(adapter, [watch(host, *parts)])).replies
        assert list(replies) == [sent.remote_id]

    async def test_each_reply_belongs_to_its_post(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        posts = [await publish(adapter, host, Draft(make_text(), place=self.place)) for _ in range(3)]
        expected = {}
        for post_id, parts in enumerate(posts, start=1):
            reply = await people.reply(parts[0], "ada", f"to number {post_id}")
            expected[reply.remote_id] = post_id
        await people.settle()
        watched = [watch(host, *parts, post_id=post_id) for post_id, parts in enumerate(posts, start=1)]
        replies = (await collect(adapter, watched)).replies
        assert {reply.remote_id: reply.post_id for reply in replies.values()} == expected

    @pytest.mark.parametrize("words", EXACT_TEXTS)
    async def test_the_text_is_exact(self, adapter: Adapter, host: RecordingHost, people: People, words: str) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        await people.reply(parts[0], "ada", words)
        await people.settle()
        (reply,) = (await collect(adapter, [watch(host, *parts)])).replies.values()
        assert reply.text == words

    async def test_many_replies_are_all_found(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await _reply_often(people, parts[0], self.many)
        replies = (await collect(adapter, [watch(host, *parts)])).replies
        assert set(replies) == sent

    async def test_the_next_run_finds_what_is_new(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await _reply_often(people, parts[0], 3)
        collection = await collect(adapter, [watch(host, *parts)])
        new = await people.reply(parts[0], "grace", "late, but here")
        await people.settle()
        await collect(adapter, [watch(host, *parts, counted=3, stored=3)], collection)
        assert set(collection.replies) == sent | {new.remote_id}

    async def test_a_post_that_is_watched_later_is_read_in_full(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        """An adopted post is older than the marks of its account."""
        early, late = [await publish(adapter, host, Draft(make_text(), place=self.place)) for _ in range(2)]
        sent = await people.reply(late[0], "ada", "Here before you looked.")
        await people.reply(early[0], "grace", "Me too.")
        await people.settle()
        collection = await collect(adapter, [watch(host, *early)])
        posts = [watch(host, *early, counted=1, stored=1), watch(host, *late, post_id=2)]
        assert sent.remote_id in (await collect(adapter, posts, collection)).replies

    async def test_a_thorough_run_reads_everything_again(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need("reread")
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await _reply_often(people, parts[0], 3)
        marks = (await collect(adapter, [watch(host, *parts)])).marks
        post = watch(host, *parts, counted=3, stored=3, thorough=True)
        assert set((await collect(adapter, [post], CommittedPages(marks=marks))).replies) == sent

    async def test_a_crash_after_any_page_loses_nothing(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        before = await collect(adapter, [watch(host, *parts)])
        sent = await _reply_often(people, parts[0], self.many)
        pages = await collect_pages(adapter, [watch(host, *parts, counted=0)], before.marks)
        for committed in range(len(pages) + 1):
            collection = CommittedPages(marks=dict(before.marks))
            for page in pages[:committed]:
                collection.commit(page)
            stored = len(collection.replies)
            await collect(adapter, [watch(host, *parts, counted=0, stored=stored)], collection)
            assert set(collection.replies) == sent, f"after {committed} of {len(pages)} pages"

    async def test_an_edited_reply_comes_with_another_version(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need("edit")
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await people.reply(parts[0], "ada", "Never on a Friday.")
        await people.settle()
        old = (await collect(adapter, [watch(host, *parts)])).replies[sent.remote_id]
        await people.edit(sent, "Never on a Friday afternoon.")
        await people.settle()
        new = (await collect(adapter, [watch(host, *parts, thorough=True)])).replies[sent.remote_id]
        assert (new.text, new.author) == ("Never on a Friday afternoon.", old.author)
        assert (new.version, new.edited_at) != (old.version, old.edited_at)

    async def test_a_deleted_reply_is_no_longer_collected_and_its_answer_is(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await people.reply(parts[0], "ada", "Forget what I said.")
        stays = await people.reply(parts[0], "grace", "I stand by mine.")
        await people.delete(sent)
        await people.settle()
        replies = (await collect(adapter, [watch(host, *parts)])).replies
        assert set(replies) == {stays.remote_id}

    async def test_a_post_of_somebody_else_is_looked_up_and_collected(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need("post")
        text = make_text("Who still prints?")
        post = await people.post("grace", text)
        reply = await people.reply(post, "ada", "We do, for the fair.")
        await people.settle()
        found = await adapter.look_up(post.link)
        assert (found.text, found.reference.remote_id) == (text, post.remote_id)
        assert found.author.handle
        assert found.posted_at.utcoffset() == timedelta()
        assert list((await collect(adapter, [watch(host, found.reference)])).replies) == [reply.remote_id]

    async def test_a_link_to_something_else_is_rejected(self, adapter: Adapter) -> None:
        for link in ("https://example.org/post/1", "nonsense", ""):
            with pytest.raises(Rejected):
                await adapter.look_up(link)


class RereadingObligations(Obligations):
    """A stored reply is read again before it is quoted."""

    async def test_nothing_known_is_nothing_reread(self, adapter: Adapter) -> None:
        assert list(await adapter.refresh([])) == []

    async def test_each_stored_reply_gets_one_answer(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await _reply_often(people, parts[0], self.many)
        known = [know(reply) for reply in (await collect(adapter, [watch(host, *parts)])).replies.values()]
        answers = await adapter.refresh(known)
        assert sorted(answer.remote_id for answer in answers) == sorted(sent)
        assert {answer.freshness for answer in answers} == {Freshness.SAME}

    async def test_a_deleted_reply_is_gone_and_the_reply_to_it_is_not(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        deleted = await people.reply(parts[0], "ada", "I should not have said that.")
        below = await people.reply(deleted, "grace", "Said what?")
        await people.settle()
        known = [know(reply) for reply in (await collect(adapter, [watch(host, *parts)])).replies.values()]
        await people.delete(deleted)
        await people.settle()
        answers = {answer.remote_id: answer.freshness for answer in await adapter.refresh(known)}
        assert answers == {deleted.remote_id: Freshness.GONE, below.remote_id: Freshness.SAME}

    async def test_an_edited_reply_comes_back_with_its_new_words(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need("edit")
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        sent = await people.reply(parts[0], "ada", "Ten years of it.")
        await people.settle()
        old = (await collect(adapter, [watch(host, *parts, post_id=3)])).replies[sent.remote_id]
        await people.edit(sent, "Eleven years of it.")
        await people.settle()
        (answer,) = await adapter.refresh([know(old)])
        assert answer.freshness is Freshness.EDITED
        assert answer.reply is not None
        assert (answer.reply.remote_id, answer.reply.post_id) == (sent.remote_id, 3)
        assert answer.reply.text == "Eleven years of it."
        (again,) = await adapter.refresh([know(answer.reply)])
        assert again.freshness is Freshness.SAME


class CountingObligations(Obligations):
    """The platform's own counts say how complete a collection is."""

    async def test_replies_are_counted(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        self.need("count")
        parts = await publish(adapter, host, Draft(make_text(), place=self.place))
        other = await publish(adapter, host, Draft(make_text(), place=self.place))
        await _reply_often(people, parts[0], 3)
        tallies = await adapter.tally([watch(host, *parts, post_id=1), watch(host, *other, post_id=2)])
        assert [tallies[1].replies, tallies[2].replies] == [3, 0]

    async def test_nothing_watched_is_nothing_counted(self, adapter: Adapter) -> None:
        assert dict(await adapter.tally([])) == {}

    async def test_votes_are_counted_by_option(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        if adapter.capabilities.poll is None:
            pytest.skip("this platform has no polls")
        self.need("vote")
        draft = Draft(make_text(), poll=make_poll(adapter, host), place=self.place)
        parts = await publish(adapter, host, draft)
        for who, option in (("ada", 0), ("grace", 1), ("alan", 1)):
            await people.vote(parts[0], who, option)
        await people.settle()
        assert (await adapter.tally([watch(host, *parts)]))[1].votes == (1, 2)


async def _reply_often(people: People, to: Reference, times: int) -> set[str]:
    """Replies of three people in turn; settled."""
    cast = ("ada", "grace", "alan")
    sent = {(await people.reply(to, cast[n % 3], f"answer number {n}")).remote_id for n in range(times)}
    await people.settle()
    return sent
