"""Native polls: their counts, who voted for what, and their end."""

from collections.abc import Mapping, Sequence

from adapters.contract.errors import RateLimited, Unavailable
from adapters.contract.reading import Tally, WatchedPost
from adapters.contract.sending import Payload, Reference
from adapters.discord.errors import POLL_EXPIRED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, DiscordRefused
from adapters.discord.rest import Rest

_PAGE = 100
_NOTHING = Tally()


class Votes:
    """Counts the votes of an account's posts.

    Discord counts no replies: that a collection is complete is known by having read the history to its end.
    """

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._settled: dict[str, Tally] = {}
        self._read: dict[str, tuple[int, ...]] = {}

    async def tally(self, posts: Sequence[WatchedPost]) -> dict[int, Tally]:
        """By post; one that cannot be counted now is left out."""
        tallies = {}
        for post in posts:
            try:
                tallies[post.id] = await self._count(post.parts[0])
            except RateLimited:
                raise
            except (Unavailable, DiscordRefused):
                continue
        return tallies

    async def _count(self, root: Reference) -> Tally:
        """What is final, and what has no votes at all, is asked once."""
        if root.remote_id in self._settled:
            return self._settled[root.remote_id]
        channel = root.extra["channel"]
        try:
            message = await self._rest.get(f"/channels/{channel}/messages/{root.remote_id}")
        except DiscordRefused as refusal:
            if refusal.code in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                return _NOTHING  # deleted: what was counted before stays
            raise
        poll = message.get("poll")
        counts = count_votes(poll) if poll else None
        if counts is None:
            if not poll:
                self._settled[root.remote_id] = _NOTHING
            return _NOTHING
        is_final = bool(poll["results"].get("is_finalized"))
        voters = await self._read_voters(root, poll, counts, is_final=is_final)
        tally = Tally(votes=counts, final=is_final, voters=voters)
        if is_final:
            self._settled[root.remote_id] = Tally(votes=counts, final=True)
        return tally

    async def _read_voters(
        self, root: Reference, poll: Payload, counts: tuple[int, ...], *, is_final: bool
    ) -> Mapping[str, tuple[int, ...]] | None:
        """Who chose which options; None where nothing has changed since they were read."""
        if self._read.get(root.remote_id) == counts and not is_final:
            return None
        voters: dict[str, tuple[int, ...]] = {}
        for option, answer in enumerate(poll["answers"]):
            if counts[option]:
                for user in await self._list_voters(root, int(answer["answer_id"])):
                    voters[user] = (*voters.get(user, ()), option)
        self._read[root.remote_id] = counts
        return voters

    async def _list_voters(self, root: Reference, answer_id: int) -> list[str]:
        path = f"/channels/{root.extra['channel']}/polls/{root.remote_id}/answers/{answer_id}"
        users: list[str] = []
        while True:
            after = {"after": users[-1]} if users else {}
            page = (await self._rest.get(path, limit=_PAGE, **after))["users"]
            users += sorted((str(user["id"]) for user in page), key=int)
            if len(page) < _PAGE:
                return users


def count_votes(poll: Payload) -> tuple[int, ...] | None:
    """Votes an answer, in their order; None where Discord does not know. An answer that is not listed has none."""
    results = poll.get("results")
    if not results:
        return None
    counts = {int(each["id"]): int(each["count"]) for each in results.get("answer_counts") or ()}
    return tuple(counts.get(int(answer["answer_id"]), 0) for answer in poll["answers"])


async def close_poll(rest: Rest, reference: Reference) -> None:
    """End a poll; one that has ended, or is deleted, is ended."""
    try:
        await rest.post(f"/channels/{reference.extra['channel']}/polls/{reference.remote_id}/expire")
    except DiscordRefused as refusal:
        if refusal.code not in (POLL_EXPIRED, UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
            raise
