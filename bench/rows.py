"""The rows that the benches store: replies to one question by many people, made from a seed."""

import random
from datetime import UTC, datetime, timedelta

from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin

START = datetime(2026, 11, 16, 8, tzinfo=UTC)
WORDS = """
    we stopped disavowing in march because nothing moved after three months and the file was a superstition that
    cost my team a friday every week until a client asked what it was for and nobody could answer
""".split()  # noqa: SIM905  # a list of forty words is no easier to read


def make_replies(count: int, question_id: int, post_id: int, account_id: int) -> list[ReplyRow]:
    """`count` replies of 8 to 60 words by a third as many people, the same every time."""
    dice = random.Random(count)
    return [
        ReplyRow(
            question_id=question_id,
            platform="sandbox",
            remote_id=f"reply-{number:07}",
            author=_author(number % max(1, count // 3)),
            text=" ".join(dice.choices(WORDS, k=dice.randint(8, 60))),
            posted_at=START + timedelta(seconds=number),
            origin=Origin.COLLECTED,
            post_id=post_id,
            account_id=account_id,
            parent_remote_id="root",
            link=f"https://sandbox.example/post/reply-{number:07}",
            version=f"{dice.getrandbits(64):016x}",
            language="en",
        )
        for number in range(count)
    ]


def _author(number: int) -> AuthorRow:
    return AuthorRow(f"person-{number}", f"person{number}", f"Person {number}", f"https://sandbox.example/{number}")
