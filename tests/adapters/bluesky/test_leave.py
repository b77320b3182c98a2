"""What people take back on the real servers leaves the files that were written and the next digest."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import open_app
from bot.desk import mark_do_not_quote, record_consent
from bot.desk.print.digest import digest_now
from bot.questions.content import Content
from bot.scheduler.tick import tick
from storage.models import Author, Digest, Question, Reply, Revision
from storage.states import CONFIG_WORKSPACE, ReplyState
from tests.adapters.bluesky.test_week import LateClock, configure, next_minute, publish
from tests.running import InProcess

pytestmark = pytest.mark.bluesky

DELETED = "We disavowed 1,400 domains in 2019 because an agency told us to; traffic fell by 9 percent."
EDITED = "I dropped our disavow file in March 2022 after a test on forty sites, and nothing moved at all."
CORRECTED = "Correction: I dropped our disavow file in March 2023 after a test on four sites, and nothing moved."
REFUSED = "We still disavow every quarter because legal wants it; it costs 2 days and has changed nothing."
STANDS = "I stopped in 2021 on 30 client sites because nothing moved; rankings stayed within two places."


def read_files(folder):
    """What stands on disk, by name; a DOCX is packed and says nothing this way."""
    files = sorted((folder / "digests").iterdir())
    return {path.name: path.read_bytes().decode() for path in files if path.suffix != ".docx"}


def find_shown(folder, *texts):
    """Which of the texts any file shows."""
    return {text for said in read_files(folder).values() for text in texts if text in said}


async def test_a_deletion_an_edit_and_a_no_quote_leave_the_files_and_the_next_digest(devnet, asker, tmp_path):
    clock = LateClock()
    question = Content(
        text="Do you still disavow links?", accounts=("bluesky",), at=next_minute(clock), closes_after="1h", zone="UTC"
    )
    async with open_app(
        configure(tmp_path, devnet.settings(asker), {"disavow": question}), now=clock, judges=InProcess()
    ) as app:
        root = await publish(app, clock)
        devnet.settle()
        ada, grace, alan, mary = (devnet.add_person(name) for name in ("ada", "grace", "alan", "mary"))
        deleted, edited = ada.reply(root, DELETED), grace.reply(root, EDITED)
        alan.reply(root, REFUSED)
        mary.reply(root, STANDS)
        devnet.settle()
        clock.ahead += timedelta(hours=1)
        assert not (await tick(app.context)).errors
        everything = {DELETED, EDITED, REFUSED, STANDS}
        assert find_shown(tmp_path, *everything) == everything

        ada.delete(deleted)
        grace.edit(edited, CORRECTED)
        alan.reply(root, "no quote")
        devnet.settle()
        for _ in range(2):
            clock.ahead += timedelta(minutes=31)
            assert not (await tick(app.context)).errors
        # A thread does not tell what was deleted from it: that is seen when the quotes are read again.
        assert find_shown(tmp_path, *everything, CORRECTED) == {STANDS, DELETED}

        async with app.context.store.read() as session:
            asked = (await session.scalars(select(Question))).one()
        await digest_now(app.context, asked)
        assert find_shown(tmp_path, *everything, CORRECTED) == {STANDS, CORRECTED}
        async with app.context.store.read() as session:
            revisions = [(row.edition, row.revision) for row in await session.scalars(select(Digest))]
        assert sorted(revisions) == [("private", 1), ("private", 2), ("public", 1), ("public", 2)]


async def test_what_authors_decide_and_the_retention_reach_the_files_and_the_next_digest(devnet, asker, tmp_path):
    clock = LateClock()
    question = Content(
        text="Do you still disavow links?", accounts=("bluesky",), at=next_minute(clock), closes_after="1h", zone="UTC"
    )
    async with open_app(
        configure(tmp_path, devnet.settings(asker), {"disavow": question}), now=clock, judges=InProcess()
    ) as app:
        root = await publish(app, clock)
        devnet.settle()
        ada, grace, alan, mary = (devnet.add_person(name) for name in ("ada", "grace", "alan", "mary"))
        withdrawn, late = ada.reply(root, DELETED), alan.reply(root, REFUSED)
        grace.reply(root, EDITED)
        mary.reply(root, "Great question!")
        devnet.settle()

        async def decide(written, decision):
            async with app.context.store.read() as session:
                reply = (await session.scalars(select(Reply).where(Reply.remote_id == written.remote_id))).one()
            said = {"wording": "said so by mail", "proof": "a mail of 16 November"}
            await record_consent(app.context, CONFIG_WORKSPACE, reply.id, decision, **said)

        async def digest_again():
            clock.ahead += timedelta(minutes=1)
            async with app.context.store.read() as session:
                asked = (await session.scalars(select(Question))).one()
            await digest_now(app.context, asked)

        clock.ahead += timedelta(minutes=30)
        assert not (await tick(app.context)).errors
        await decide(late, "refused")
        clock.ahead += timedelta(minutes=30)
        assert not (await tick(app.context)).errors
        assert find_shown(tmp_path, DELETED, EDITED, REFUSED) == {DELETED, EDITED}

        await decide(withdrawn, "withdrawn")
        async with app.context.store.read() as session:
            author = (await session.scalars(select(Author).where(Author.remote_id == grace.did))).one()
        await mark_do_not_quote(app.context, CONFIG_WORKSPACE, author.handle, on=True, reason="asked by mail")
        clock.ahead += timedelta(minutes=1)
        assert not (await tick(app.context)).errors
        assert find_shown(tmp_path, DELETED, EDITED, REFUSED) == set()
        await decide(late, "granted")
        await digest_again()
        assert find_shown(tmp_path, DELETED, EDITED, REFUSED) == {REFUSED}

        clock.ahead += timedelta(days=181)
        assert not (await tick(app.context)).errors
        async with app.context.store.read() as session:
            rows = await session.execute(
                select(Reply.state, Revision.text).join(Revision, Revision.reply_id == Reply.id)
            )
        kept = {(state, text) for state, text in rows}
        assert (ReplyState.STANDING, REFUSED) in kept  # quoted: it stays
        assert (ReplyState.PURGED, None) in kept
        assert "Great question!" not in {text for _, text in kept}
        assert find_shown(tmp_path, DELETED, EDITED, REFUSED) == {REFUSED}
