"""Obligations of an adapter when something is sent."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, Rejected, Unavailable
from adapters.contract.optional import ClosesPolls, Retracts
from adapters.contract.sending import Absent, Draft, NotYet, Poll, Reference, Role
from adapters.testing.host import RecordingHost
from adapters.testing.obligations import Obligations
from adapters.testing.people import People
from adapters.testing.steps import make_key, make_poll, make_text, publish, store_and_load
from adapters.testing.words import EXACT_TEXTS


class OpeningObligations(Obligations):
    """Opening makes calls possible and no more."""

    async def test_opening_sends_nothing(self, unreachable: Adapter) -> None:
        async with unreachable as opened:
            assert opened.capabilities.limits

    async def test_an_unreachable_platform_is_unavailable(self, unreachable: Adapter, host: RecordingHost) -> None:
        async with unreachable as opened:
            with pytest.raises(Unavailable):
                await opened.identify()
            parts = await opened.prepare(Draft(make_text(), place=self.place), make_key(), host.now())
            with pytest.raises(Unavailable):
                await opened.publish(parts[0], ())

    async def test_an_unreachable_platform_proves_no_absence(self, unreachable: Adapter, host: RecordingHost) -> None:
        async with unreachable as opened:
            parts = await opened.prepare(Draft(make_text(), place=self.place), make_key(), host.now())
            try:
                found = await opened.find(parts[0], (), host.now())
            except AdapterError:
                return
            assert isinstance(found, NotYet)

    async def test_it_says_who_it_is(self, adapter: Adapter) -> None:
        identity = await adapter.identify()
        assert identity.remote_id
        assert identity.handle


class PreparingObligations(Obligations):
    """`prepare` is pure and finds out what the platform would refuse."""

    async def test_preparing_sends_nothing(self, unreachable: Adapter, host: RecordingHost) -> None:
        async with unreachable as opened:
            assert await opened.prepare(Draft(make_text(), place=self.place), make_key(), host.now())

    async def test_equal_arguments_give_equal_parts(self, adapter: Adapter, host: RecordingHost) -> None:
        draft, key = Draft(make_text(), ("And why?",), place=self.place), make_key()
        if not adapter.capabilities.threads:
            draft = Draft(draft.root, place=self.place)
        assert await adapter.prepare(draft, key, host.now()) == await adapter.prepare(draft, key, host.now())

    async def test_a_payload_survives_its_row(self, adapter: Adapter, host: RecordingHost) -> None:
        for part in await adapter.prepare(Draft(make_text(), place=self.place), make_key(), host.now()):
            assert json.loads(json.dumps(part.payload)) == part.payload

    async def test_keys_belong_to_one_part_each(self, adapter: Adapter, host: RecordingHost) -> None:
        self.need_threads(adapter)
        draft = Draft(make_text(), ("One more.", "And one more."), place=self.place)
        one, other = [await adapter.prepare(draft, make_key(), host.now()) for _ in range(2)]
        keys = [part.key for part in (*one, *other)]
        assert len(set(keys)) == len(keys)

    async def test_the_root_comes_first_and_the_thread_in_order(self, adapter: Adapter, host: RecordingHost) -> None:
        self.need_threads(adapter)
        draft = Draft(make_text(), ("Second text.", "Third text."), place=self.place)
        parts = await adapter.prepare(draft, make_key(), host.now())
        assert parts[0].role is Role.ROOT
        threads = [json.dumps(part.payload) for part in parts if part.role is Role.THREAD]
        assert ["Second text." in threads[0], "Third text." in threads[1]] == [True, True]
        assert len(threads) == 2

    async def test_a_thread_is_rejected_where_there_are_none(self, adapter: Adapter, host: RecordingHost) -> None:
        if adapter.capabilities.threads:
            pytest.skip("this platform has threads")
        with pytest.raises(Rejected):
            await adapter.prepare(Draft(make_text(), ("More.",), place=self.place), make_key(), host.now())

    async def test_the_longest_text_is_accepted(self, adapter: Adapter, host: RecordingHost) -> None:
        longest = min(limit.maximum for limit in adapter.capabilities.limits)
        assert await adapter.prepare(Draft("a" * longest, place=self.place), make_key(), host.now())

    async def test_a_text_that_is_too_long_is_rejected(self, adapter: Adapter, host: RecordingHost) -> None:
        for limit in adapter.capabilities.limits:
            with pytest.raises(Rejected):
                await adapter.prepare(Draft("a" * (limit.maximum + 1), place=self.place), make_key(), host.now())

    async def test_a_part_of_a_thread_that_is_too_long_is_rejected(self, adapter: Adapter, host: RecordingHost) -> None:
        self.need_threads(adapter)
        longest = min(limit.maximum for limit in adapter.capabilities.limits)
        draft = Draft(make_text(), ("Short.", "a" * (longest + 1)), place=self.place)
        with pytest.raises(Rejected):
            await adapter.prepare(draft, make_key(), host.now())

    @pytest.mark.parametrize("blank", ["", "   ", "\n"])
    async def test_a_blank_text_is_rejected(self, adapter: Adapter, host: RecordingHost, blank: str) -> None:
        with pytest.raises(Rejected):
            await adapter.prepare(Draft(blank, place=self.place), make_key(), host.now())

    async def test_a_draft_without_a_place_is_rejected_where_one_is_needed(
        self, adapter: Adapter, host: RecordingHost
    ) -> None:
        if not adapter.capabilities.needs_place:
            pytest.skip("this platform has no places")
        with pytest.raises(Rejected):
            await adapter.prepare(Draft(make_text()), make_key(), host.now())


class PollObligations(Obligations):
    """A poll is sent natively only within the platform's limits."""

    async def test_a_poll_is_rejected_where_there_are_none(self, adapter: Adapter, host: RecordingHost) -> None:
        if adapter.capabilities.poll:
            pytest.skip("this platform has polls")
        poll = Poll(("yes", "no"), host.now() + timedelta(days=1))
        with pytest.raises(Rejected):
            await adapter.prepare(Draft(make_text(), poll=poll, place=self.place), make_key(), host.now())

    async def test_a_poll_beyond_the_limits_is_rejected(self, adapter: Adapter, host: RecordingHost) -> None:
        limits = adapter.capabilities.poll
        if limits is None:
            pytest.skip("this platform has no polls")
        fitting = make_poll(adapter, host)
        beyond = [
            make_poll(adapter, host, options=limits.most_options + 1),
            Poll(fitting.options[: limits.fewest_options - 1], fitting.closes_at),
            Poll(("x" * (limits.option.maximum + 1), *fitting.options[1:]), fitting.closes_at),
            Poll(fitting.options, host.now() + limits.longest + limits.step),
            Poll(fitting.options, host.now() + limits.shortest - limits.step),
        ]
        for poll in beyond:
            with pytest.raises(Rejected):
                await adapter.prepare(Draft(make_text(), poll=poll, place=self.place), make_key(), host.now())

    async def test_a_poll_with_most_options_is_published(self, adapter: Adapter, host: RecordingHost) -> None:
        limits = adapter.capabilities.poll
        if limits is None:
            pytest.skip("this platform has no polls")
        poll = make_poll(adapter, host, options=limits.most_options)
        references = await publish(adapter, host, Draft(make_text(), poll=poll, place=self.place))
        assert references[0].remote_id

    async def test_ending_a_poll_twice_is_fine(self, adapter: Adapter, host: RecordingHost) -> None:
        if adapter.capabilities.poll is None or not isinstance(adapter, ClosesPolls):
            pytest.skip("this platform ends no poll before its time")
        draft = Draft(make_text(), poll=make_poll(adapter, host), place=self.place)
        root = (await publish(adapter, host, draft))[0]
        await adapter.close_poll(root)
        await adapter.close_poll(root)


class PublishingObligations(Obligations):
    """A part is sent once, and can be found again."""

    async def test_a_published_part_has_an_id_and_a_link(self, adapter: Adapter, host: RecordingHost) -> None:
        (root, *_) = await publish(adapter, host, Draft(make_text(), place=self.place))
        assert root.remote_id
        assert root.link.startswith("http")

    async def test_publishing_does_not_change_the_part(self, adapter: Adapter, host: RecordingHost) -> None:
        parts = await adapter.prepare(Draft(make_text(), place=self.place), make_key(), host.now())
        prepared = deepcopy(parts)
        await adapter.publish(parts[0], ())
        assert parts == prepared

    async def test_a_repeat_with_the_same_key_is_the_same_post(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        if not adapter.capabilities.repeats_safely:
            pytest.skip("this platform does not repeat safely; `find` must be asked")
        parts = await adapter.prepare(Draft(make_text(), place=self.place), make_key(), host.now())
        first = await adapter.publish(parts[0], ())
        await people.settle()
        again = await adapter.publish(store_and_load(parts[0]), ())
        assert again.remote_id == first.remote_id

    async def test_a_thread_goes_on_below_its_root(self, adapter: Adapter, host: RecordingHost) -> None:
        self.need_threads(adapter)
        draft = Draft(make_text(), ("Second text.", "Third text."), place=self.place)
        references = await publish(adapter, host, draft)
        assert len({reference.remote_id for reference in references}) == len(references) >= 3

    async def test_what_was_never_sent_is_not_found(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        since = host.now()
        parts = await adapter.prepare(Draft(make_text(), place=self.place), make_key(), since)
        await people.settle()
        found = await adapter.find(parts[0], (), since)
        assert isinstance(found, Absent if adapter.capabilities.settle_after is None else NotYet)

    async def test_what_was_sent_is_found_by_another_process(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        since = host.now()
        parts = await adapter.prepare(Draft(make_text(), place=self.place), make_key(), since)
        reference = await adapter.publish(parts[0], ())
        await people.settle()
        found = await adapter.find(store_and_load(parts[0]), (), since)
        assert isinstance(found, Reference)
        assert (found.remote_id, found.link) == (reference.remote_id, reference.link)

    async def test_every_part_of_a_thread_is_found(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        self.need_threads(adapter)
        draft, key, since = Draft(make_text(), (make_text("More."),), place=self.place), make_key(), host.now()
        references = await publish(adapter, host, draft, key)
        await people.settle()
        parts = await adapter.prepare(draft, key, since)
        found = [await adapter.find(part, references[:number], since) for number, part in enumerate(parts)]
        assert [one.remote_id if isinstance(one, Reference) else None for one in found] == [
            reference.remote_id for reference in references
        ]

    async def test_the_same_words_below_another_post_are_another_part(
        self, adapter: Adapter, host: RecordingHost, people: People
    ) -> None:
        self.need_threads(adapter)
        since, notice = host.now(), make_text("Replies may be quoted.")
        await publish(adapter, host, Draft(make_text(), (notice,), place=self.place))
        root, unsent = await adapter.prepare(Draft(make_text(), (notice,), place=self.place), make_key(), since)
        parent = await adapter.publish(root, ())
        await people.settle()
        found = await adapter.find(unsent, (parent,), since)
        assert isinstance(found, Absent if adapter.capabilities.settle_after is None else NotYet)

    @pytest.mark.parametrize("words", EXACT_TEXTS)
    async def test_what_was_sent_is_read_back_exactly(
        self, adapter: Adapter, host: RecordingHost, people: People, words: str
    ) -> None:
        text = make_text(words)
        (root, *_) = await publish(adapter, host, Draft(text, place=self.place))
        await people.settle()
        assert (await adapter.look_up(root.link)).text == text

    async def test_taking_back_twice_is_fine(self, adapter: Adapter, host: RecordingHost, people: People) -> None:
        if not isinstance(adapter, Retracts):
            pytest.skip("this platform takes nothing back")
        (root, *_) = await publish(adapter, host, Draft(make_text(), place=self.place))
        await adapter.retract(root)
        await adapter.retract(root)
        await people.settle()
        with pytest.raises(Rejected):
            await adapter.look_up(root.link)
