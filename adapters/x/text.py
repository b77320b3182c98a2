"""Lengths as X counts them, and what it makes a link."""

from adapters.contract.capabilities import Limit

LINK = 23
"""Weighted characters of a link, however long it is."""


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


LIMITS = (Limit("weighted characters", 280, weigh),)
OPTION_LIMIT = Limit("characters", 25, len)
