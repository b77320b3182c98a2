"""What can be read in which list, newest first: windows, lags, and who may see what."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.servers.x.conduct import Conduct
from tests.servers.x.posts import Account, Post
from tests.servers.x.search import parse
from tests.servers.x.world import World

MOST_MENTIONS = 800
MOST_OWN = 3200
REACH = timedelta(days=7)
"""How far back searches go, and how old a since_id may be."""


def list_mentions(world: World, whose: Account, viewer: Account, now: datetime, conduct: Conduct) -> list[Post]:
    """What names somebody: replies too, but for those whose author took the handle out."""
    ripe = _ripen(world.posts_mentioning(whose), viewer, now, conduct.mentions_lag)
    return _newest_first(ripe)[:MOST_MENTIONS]


def list_own(world: World, whose: Account, viewer: Account, now: datetime, conduct: Conduct) -> list[Post]:
    """What somebody wrote, self-replies too."""
    return _newest_first(_ripen(world.posts_by(whose), viewer, now, conduct.timeline_lag))[:MOST_OWN]


def search(world: World, query: str, viewer: Account, now: datetime, conduct: Conduct) -> list[Post]:
    """What a query finds among the posts of the last seven days."""
    matches = parse(query)
    found = (post for post in world.all_posts() if now - post.at <= REACH and matches(post))
    return _newest_first(_ripen(found, viewer, now, conduct.search_lag))


def _ripen(posts: Iterable[Post], viewer: Account, now: datetime, lag: float) -> list[Post]:
    """What the viewer may see, once it has lagged long enough."""
    newest = now - timedelta(seconds=lag)
    return [post for post in posts if post.is_seen_by(viewer) and post.newest.at <= newest]


def _newest_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.newest.id, reverse=True)
