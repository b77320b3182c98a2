"""Lengths as X counts them, what it makes a link, and what it refuses in a post that a program sends."""

import re

from adapters.contract.capabilities import Limit

LINK = 23
"""Weighted characters of a link, however long it is."""
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\w$])")
_HANDLE = re.compile(r"(?<![\w@/.!#$%&*])[@\N{FULLWIDTH COMMERCIAL AT}](\w{1,15})(?![\w@])", re.ASCII)


def weigh(text: str) -> int:
    """The weighted length: 23 for a link, 2 for an emoji, a Chinese or Japanese sign."""
    import twitter_text  # 0.1 s that only users of X need pay

    return int(twitter_text.parse_tweet(text).weightedLength) if text else 0


def find_links(text: str) -> list[str]:
    """What X will make a link of, as it stands in the text; `main.py` and `README.md` are among it."""
    import twitter_text

    return [str(url) for url in twitter_text.extract_urls(text)]


def find_accidental_links(text: str) -> list[str]:
    """A sentence for each link without http, with what to change: a post with a link costs 13 times as much."""
    return [
        f"X makes {link!r} a link, and a post with a link costs 13 times as much: write it with https:// if a link is "
        "meant, else another way (main-py, main dot py), or set pay_for_links"
        for link in find_links(text)
        if not link.lower().startswith(("http://", "https://"))
    ]


def find_crowding(text: str) -> list[str]:
    """A sentence where a text holds more cashtags or handles than a program may post.

    docs.x.com, manage posts: one cashtag a post, more are rejected; automation rules: nobody is mentioned unasked.
    """
    faults = []
    if len(tags := dict.fromkeys(_CASHTAG.findall(text))) > 1:
        faults.append(
            f"X refuses posts by a program with more than one cashtag: write {' or '.join(tags)} without its $"
        )
    if len(handles := dict.fromkeys(_HANDLE.findall(text))) > 1:
        named = ", ".join(f"@{handle}" for handle in handles)
        faults.append(f"X allows a program no posts that mention several accounts ({named}): write names without @")
    return faults


def find_faults(text: str) -> list[str]:
    """All that is wrong with a text where nobody wants to pay for links."""
    return [*find_accidental_links(text), *find_crowding(text)]


LIMITS = (Limit("weighted characters", 280, weigh),)
OPTION_LIMIT = Limit("characters", 25, len)
