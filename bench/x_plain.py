"""What is usually written with tweepy for the same work: a search a conversation each hour, all read again each day.

Authors are expanded with each call, as every example does it. Nothing else is different: the same replies at the same
time, on the same server, billed to an account of its own.
"""

from datetime import datetime, timedelta

from tweepy.asynchronous import AsyncClient
from tweepy.errors import BadRequest

SEARCH_EVERY = timedelta(hours=1)
READ_AGAIN_EVERY = timedelta(days=1)
FIELDS = {
    "tweet_fields": ["author_id", "conversation_id", "created_at", "public_metrics", "in_reply_to_user_id"],
    "expansions": ["author_id"],
    "user_fields": ["name", "username"],
    "user_auth": True,
}


class PlainCollector:
    """Collects the replies to some posts. `replies`: by id, as X last told them."""

    def __init__(self, client: AsyncClient, conversations: list[str], start: datetime) -> None:
        self._client = client
        self._newest: dict[str, str | None] = dict.fromkeys(conversations)
        self._search_at = start
        self._read_at = start + READ_AGAIN_EVERY
        self.replies: dict[str, dict[str, object]] = {}

    async def work(self, now: datetime) -> None:
        """What is due."""
        if now >= self._search_at:
            self._search_at = now + SEARCH_EVERY
            for conversation in self._newest:
                await self._search(conversation)
        if now >= self._read_at:
            self._read_at = now + READ_AGAIN_EVERY
            await self._read_again()

    async def _search(self, conversation: str) -> None:
        since, token = self._newest[conversation], None
        while True:
            try:
                page = await self._client.search_recent_tweets(
                    f"conversation_id:{conversation}", since_id=since, next_token=token, max_results=100, **FIELDS
                )
            except BadRequest:  # since_id is older than a week: everything that X still finds is read again
                self._newest[conversation] = None
                return
            for post in page.get("data", ()):
                if post["id"] != conversation:
                    self.replies[post["id"]] = post
            newest = page["meta"].get("newest_id")
            self._newest[conversation] = max((self._newest[conversation], newest), key=lambda id_: int(id_ or 0))
            token = page["meta"].get("next_token")
            if token is None:
                return

    async def _read_again(self) -> None:
        ids = list(self.replies)
        for start in range(0, len(ids), 100):
            answer = await self._client.get_tweets(ids[start : start + 100], **FIELDS)
            self.replies.update((post["id"], post) for post in answer.get("data", ()))
