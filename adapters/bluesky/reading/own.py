"""A post of the own repository by its words, where its record key is not known."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.bluesky.compose import complete_body
from adapters.bluesky.session import AccountClient
from adapters.bluesky.translate import to_reference
from adapters.checks import says_the_same
from adapters.contract.sending import Absent, Found, Part, Payload, Reference

_SKEW = timedelta(minutes=15)
"""How much our clock may have been ahead when `since` was noted."""


async def find_words(account: AccountClient, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
    """The newest record since then that says what `part` says, below the same post.

    Absent is proven: the account's own server lists all of its records, the newest key first.
    """
    wanted = complete_body(part, parents)["record"]
    where = {name: part.payload[name] for name in ("repo", "collection")}
    page: Payload = {"cursor": None}
    while "cursor" in page:
        page = await account.query("com.atproto.repo.listRecords", **where, limit=100, cursor=page["cursor"])
        for each in page["records"]:
            record: Payload = each["value"]
            if _read_moment(record) < since - _SKEW:
                return Absent()
            if says_the_same(record["text"], wanted["text"]) and _find_parent(record) == _find_parent(wanted):
                return to_reference(each)
    return Absent()


def _read_moment(record: Payload) -> datetime:
    return datetime.fromisoformat(record["createdAt"])


def _find_parent(record: Payload) -> str:
    return str(((record.get("reply") or {}).get("parent") or {}).get("uri") or "")
