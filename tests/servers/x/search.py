"""The part of X's query language that a collection needs: terms, `-`, brackets and OR (which binds less than AND)."""

import re
from collections.abc import Callable

from tests.servers.x.posts import Account, Post
from tests.servers.x.problems import Problem, refuse_parameter

LONGEST = 512
_TOKEN = re.compile(r'-?\(|\)|-?"[^"]*"|[^\s()]+')

Matches = Callable[[Post], bool]


def parse(query: str) -> Matches:
    """Which posts a query finds. Raises Problem (400)."""
    if len(query) > LONGEST:
        raise _refuse(query, f"query is {len(query)} characters long; at most {LONGEST} are taken")
    tokens = _TOKEN.findall(query)
    matches = _read_or(tokens, query)
    if tokens:
        raise _refuse(query, f"Ambiguous use of {tokens[0]}")
    return matches


def _read_or(tokens: list[str], query: str) -> Matches:
    choices = [_read_and(tokens, query)]
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        choices.append(_read_and(tokens, query))
    return lambda post: any(matches(post) for matches in choices)


def _read_and(tokens: list[str], query: str) -> Matches:
    terms: list[Matches] = []
    while tokens and tokens[0] not in ("OR", ")"):
        terms.append(_read_term(tokens, query))
    if not terms:
        raise _refuse(query, "missing a term")
    return lambda post: all(matches(post) for matches in terms)


def _read_term(tokens: list[str], query: str) -> Matches:
    token = tokens.pop(0)
    negated, word = token.startswith("-"), token.removeprefix("-")
    if word == "(":
        inner = _read_or(tokens, query)
        if not tokens or tokens.pop(0) != ")":
            raise _refuse(query, "missing )")
    else:
        inner = _match(word, query)
    return (lambda post: not inner(post)) if negated else inner


def _match(word: str, query: str) -> Matches:
    operator, colon, value = word.partition(":")
    if word.startswith("@"):
        return lambda post: any(_is_named(account, word[1:].lower()) for account in post.mentions)
    if not colon:
        return lambda post: word.strip('"').lower() in post.newest.words.lower()
    name = value.lstrip("@").lower()
    known: dict[str, Matches] = {
        "conversation_id": lambda post: str(post.conversation) == value,
        "in_reply_to_tweet_id": lambda post: post.parent is not None and str(post.parent.id) == value,
        "from": lambda post: _is_named(post.author, name),
        "to": lambda post: post.parent is not None and _is_named(post.parent.author, name),
        "is": lambda post: value == "reply" and post.parent is not None,  # nobody retweets or quotes here
    }
    if operator not in known:
        raise _refuse(query, f"Reference to invalid operator '{operator}'")
    return known[operator]


def _is_named(account: Account, name: str) -> bool:
    return name in (account.id, account.handle.lower())


def _refuse(query: str, why: str) -> Problem:
    return refuse_parameter("query", query, f"There were errors processing your request: {why}")
