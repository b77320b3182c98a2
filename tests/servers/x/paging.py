"""Pages, newest first, between the ends that a caller names."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.servers.x.posts import Post
from tests.servers.x.problems import Problem, refuse_parameter
from tests.servers.x.snowflake import make_first_id, read_moment

_DEFAULT_SIZE = 10


@dataclass(frozen=True, slots=True)
class Cut:
    """One page and what X says about it."""

    posts: tuple[Post, ...]
    meta: dict[str, Any]


def cut(posts: Sequence[Post], query: Mapping[str, str], most: int | None = None) -> Cut:
    """The page of `posts` (newest first) that `query` asks for, of at most `most`. Raises Problem (400)."""
    size = min(int(query.get("max_results", _DEFAULT_SIZE)), most or 100)
    after, before = _find_ends(query)
    within = [post for post in posts if after < post.newest.id < before]
    page, more = within[:size], len(within) > size
    meta: dict[str, Any] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": str(page[0].newest.id), "oldest_id": str(page[-1].newest.id)}
    if more:
        meta["next_token"] = _make_token(page[-1].newest.id)
    return Cut(tuple(page), meta)


def check_since(query: Mapping[str, str], now: datetime, reach: timedelta) -> None:
    """Raises Problem (400) where since_id is older than X looks back."""
    since = query.get("since_id")
    if since and now - read_moment(int(since)) > reach:
        oldest = now - reach
        raise refuse_parameter(
            "since_id", since, f"'since_id' must be a tweet id created after {oldest:%Y-%m-%dT%H:%MZ}."
        )


def _find_ends(query: Mapping[str, str]) -> tuple[int, int]:
    """Ids between which posts are wanted, without the ends themselves; times become ids."""
    after, before = 0, 1 << 63
    if "start_time" in query:
        after = make_first_id(datetime.fromisoformat(query["start_time"])) - 1
    if "end_time" in query:
        before = make_first_id(datetime.fromisoformat(query["end_time"]))
    token = query.get("pagination_token") or query.get("next_token")
    ends = [before, int(query.get("until_id", before)), _read_token(token) if token else before]
    return max(after, int(query.get("since_id", after))), min(ends)


def _make_token(id_: int) -> str:
    return base64.urlsafe_b64encode(f"before {id_}".encode()).decode().rstrip("=")


def _read_token(token: str) -> int:
    try:
        padded = token + "=" * (-len(token) % 4)
        word, id_ = base64.urlsafe_b64decode(padded).decode().split(" ")
        if word == "before":
            return int(id_)
    except (ValueError, binascii.Error):
        pass
    raise _refuse_token(token)


def _refuse_token(token: str) -> Problem:
    return refuse_parameter(
        "pagination_token", token, f"The `pagination_token` query parameter value [{token}] is not valid"
    )
