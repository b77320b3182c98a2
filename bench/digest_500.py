"""A digest of 500 quotes in all formats, after import: from its row in the store to the bytes of its files."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from adapters.registry import load_platform
from bench.rows import START, make_replies
from bench.seed import seed_post
from bot.digest import FORMATS, compile_question, load_model, render
from bot.quotes import Edition
from storage import replies
from storage.engine import Store, resolve_url
from storage.ingest import upsert_replies
from storage.models import Verdict
from storage.states import VerdictValue
from storage.upgrade import upgrade

QUOTES = 500
RUNS = 5


async def prepare(store: Store) -> int:
    """500 kept replies of one question; answers its id."""
    await upgrade(store)
    async with store.write() as session:
        question_id, post_id, account_id = await seed_post(session)
        # answers by one author each: three of one would be three answers all the same, with less to attribute
        rows = make_replies(QUOTES * 3, question_id, post_id, account_id)[:QUOTES]
        await upsert_replies(session, rows, START)
        for _, _, revision in await replies.load_replies(session, question_id):
            session.add(
                Verdict(
                    revision_id=revision.id,
                    value=VerdictValue.KEEP,
                    score=0.9,
                    reasons=[],
                    rules_hash="bench",
                    judged_at=START,
                )
            )
    return question_id


async def measure() -> tuple[float, float, int]:
    """(CPU seconds to compile, CPU seconds to load and render all formats, bytes)."""
    capabilities = {"sandbox": load_platform("sandbox").capabilities}
    with tempfile.TemporaryDirectory() as folder:
        async with Store(resolve_url("sqlite:///bench.db", Path(folder))) as store:
            question_id = await prepare(store)
            compiled, rendered, size = [], [], 0
            for run in range(RUNS + 1):  # the first one imports and fills caches
                started = time.process_time()
                digest_id = await compile_question(
                    store,
                    question_id,
                    as_of=START,
                    zone="Europe/Berlin",
                    edition=Edition.PRIVATE,
                    final=bool(run % 2),
                    capabilities=capabilities,
                    most_quotes=QUOTES,
                )
                between = time.process_time()
                model = await load_model(store, digest_id, capabilities=capabilities)
                size = sum(len(render(model, name)) for name in FORMATS)
                compiled.append(between - started)
                rendered.append(time.process_time() - between)
    return statistics.median(compiled[1:]), statistics.median(rendered[1:]), size


def main() -> None:
    """Print one line."""
    compiled, rendered, size = asyncio.run(measure())
    print(
        f"digest of {QUOTES} quotes: compile {compiled * 1000:.0f} ms, load and render {len(FORMATS)} formats "
        f"{rendered * 1000:.0f} ms of CPU ({size / 1000:.0f} kB)"
    )


if __name__ == "__main__":
    main()
