"""Names before version 2.167 and in it: parameters are read in either, answers are given in either."""

from collections.abc import Mapping
from typing import Any

_FIELDS = {
    "referenced_tweets": "referenced_posts",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "note_tweet": "note_post",
}
_EXPANSIONS = {
    "referenced_tweets.id": "referenced_posts",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "most_recent_tweet_id": "most_recent_post_id",
    "pinned_tweet_id": "pinned_post_id",
}
_ANSWERS = {
    "referenced_posts": "referenced_tweets",
    "edit_history_post_ids": "edit_history_tweet_ids",
    "note_post": "note_tweet",
    "repost_count": "retweet_count",
    "post_count": "tweet_count",
    "posts": "tweets",
}
"""Names of objects' fields, new to old."""


def is_old(query: Mapping[str, str]) -> bool:
    """Whether a query uses a name that 2.167 no longer knows."""
    return read_old(query) != dict(query)


def is_new(query: Mapping[str, str]) -> bool:
    """Whether a query uses a name that was not known before 2.167."""
    values = {value for names in ("post.fields", "expansions") for value in query.get(names, "").split(",")}
    return "post.fields" in query or bool(values & {*_FIELDS.values(), *_EXPANSIONS.values()})


def read_old(query: Mapping[str, str]) -> dict[str, str]:
    """A query in the names of 2.167."""
    read = {"post.fields" if name == "tweet.fields" else name: value for name, value in query.items()}
    for name, renamed in (("post.fields", _FIELDS), ("expansions", _EXPANSIONS)):
        if name in read:
            read[name] = ",".join(renamed.get(value, value) for value in read[name].split(","))
    return read


def write_old(answer: Any) -> Any:
    """An answer in the names before 2.167."""
    if isinstance(answer, list):
        return [write_old(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    written = {_ANSWERS.get(name, name): write_old(value) for name, value in answer.items()}
    if written.get("resource_type") == "post":
        written["resource_type"] = "tweet"
    if isinstance(written.get("type"), str):
        written["type"] = written["type"].replace("https://api.x.com/", "https://api.twitter.com/")
    return written
