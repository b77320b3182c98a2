"""What became of posts: a line each, with the link or the reason."""

from collections.abc import Sequence

from bot.commands.parts.acts import Call
from bot.commands.parts.text import escape, moment, plain
from bot.desk import PostStatus
from bot.words.cleaning import safe_link


def say_posts(call: Call, slug: str, posts: Sequence[PostStatus]) -> str:
    """The question and its posts."""
    heading: str = call.labels["posted"]["heading"].format(slug=plain(slug))
    return "\n".join([heading, *(f"- {say_post(call, post)}" for post in posts)])


def say_post(call: Call, post: PostStatus) -> str:
    """`square: posted, https://…`, or why it is not out and when it is tried again."""
    labels = call.labels["posted"]
    state = labels["states"][post.state]
    link = f" {show_link(post.link)}" if post.link else ""
    reason = f": {escape(post.reason)}" if post.reason else ""
    again = labels["again"].format(at=moment(post.retry_at)) if post.retry_at else ""
    return f"**{plain(post.account)}** {state}{reason}{again}{link}"


def show_link(url: str) -> str:
    """An address of a post of ours as a link that unfolds nothing; "" where it is none."""
    safe = safe_link(url)
    return f"<{safe}>" if safe else ""
