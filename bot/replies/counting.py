"""Counting replies by the rules of quoting, once for each change: what is kept answers `status`, lists and reviews.

Of whom something changed is noted by the database itself; that author's replies to the question are read and judged
by `bot.replies.outcomes`, which is imported where something has changed.
"""

import json
from collections.abc import Collection
from hashlib import sha256
from operator import attrgetter

from bot.context import Context
from storage.search import counted

RULES = 2
"""Raised when other code than the filter's makes something else of the same rows: then all is counted anew."""
DECIDING = ("consent_first", "whole_posts_only", "forbidding_labels")
"""What `find_barrier` asks of a network's capabilities."""
BATCH = 500
"""Notes a transaction: a writer holds the database for less than a tick."""


async def count_anew(context: Context) -> None:
    """Count what changed; where nothing did, that is one statement. To be called before anything is answered.

    After an upgrade, or where other rules hold, that is everything: a batch is a transaction, and whoever is stopped in
    between, or counts beside another, goes on where it stands. `context.counting` is told after each.
    """
    basis = _name_basis(context)
    async with context.store.read() as session:
        bases, has_changed = await counted.load_bases(session)
    wanted = {id_: (by, basis + ("+" if repeats else "")) for id_, by, repeats in bases}
    others = {id_: now for id_, (by, now) in wanted.items() if by != now}
    if not others and not has_changed:
        return
    for question_id, name in others.items():
        async with context.store.write() as session:
            await counted.lock_counting(session)
            await counted.begin_anew(session, question_id, name)
    repeating = {id_ for id_, (_, name) in wanted.items() if name.endswith("+")}
    if (done := await _count_batch(context, repeating)) < BATCH:
        return
    tell = context.counting or (lambda _: None)
    tell(done)
    async with context.store.write() as session:
        await counted.drop_repeated(session)
    while number := await _count_batch(context, repeating):
        done += number
        tell(done)


def _name_basis(context: Context) -> str:
    """A name of all that decides and is not in the database."""
    known = {
        name: [sorted(each) if isinstance(each, frozenset) else each for each in attrgetter(*DECIDING)(capabilities)]
        for name, capabilities in sorted(context.capabilities.items())
    }
    return sha256(json.dumps([RULES, context.rules_hash, known]).encode()).hexdigest()[:16]


async def _count_batch(context: Context, repeating: Collection[int]) -> int:
    """How many notes there were."""
    from bot.replies.outcomes import judge_authors

    async with context.store.write() as session:
        await counted.lock_counting(session)
        number, taken = await counted.take_uncounted(session, BATCH)
        for question_id, author_ids in taken.items():
            rows = await judge_authors(context, session, question_id, author_ids, repeats=question_id in repeating)
            await counted.replace_counted(session, question_id, author_ids, rows)
    return number
