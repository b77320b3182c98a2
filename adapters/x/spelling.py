"""Two spellings of the same names: version 2.167 of X's API says post where it said tweet. Both are read."""

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.contract.sending import Payload


def read_either(value: Mapping[str, Any], new: str) -> Any:
    """`value[new]` under its new or its old name, None where it has neither."""
    found = value.get(new)
    return value.get(new.replace("post", "tweet")) if found is None else found


def write_fields(fields: Iterable[str], *, new: bool) -> dict[str, str]:
    """The parameter that asks for these fields of a post, given by their new names."""
    wanted = ",".join(fields)
    return {"post.fields": wanted} if new else {"tweet.fields": wanted.replace("post", "tweet")}


def list_posts(answer: Payload) -> list[Payload]:
    """The posts of an answer; an empty one has no `data`."""
    data = answer.get("data") or []
    return [data] if isinstance(data, dict) else list(data)
