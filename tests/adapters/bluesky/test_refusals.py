"""What a Bluesky host refuses a post with, and what becomes of it; and the ways of an account from host to host."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.bluesky import platform
from adapters.contract.errors import Unavailable
from adapters.contract.sending import Draft
from bot.app import open_app
from bot.desk import resume_all
from bot.questions.content import Content
from bot.scheduler.tick import tick
from storage.models import Account, Post
from storage.states import CONFIG_WORKSPACE
from tests.adapters.bluesky.test_week import LateClock, configure, next_minute
from tests.adapters.refusals import Player, play, rows
from tests.running import InProcess
from tests.servers.bluesky.proxy import Answer, run_proxy

pytestmark = pytest.mark.bluesky

PUT = "com.atproto.repo.putRecord"


@pytest.fixture
async def proxy(devnet):
    async with run_proxy(devnet.pds) as proxy:
        yield proxy


@rows("bluesky")
async def test_a_refusal_decides_over_post_account_and_next_question(row, devnet, proxy, asker, tmp_path):
    clock = LateClock()
    usual = {"at": next_minute(clock), "zone": "UTC", "grace": timedelta(hours=3), "accounts": ("bluesky",)}
    texts = {slug: f"What did you stop doing, {slug}?" for slug in ("one", "two")}
    asked = {slug: Content.model_validate(usual | {"text": text}) for slug, text in texts.items()}
    settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
    async with open_app(configure(tmp_path, settings, asked), now=clock, judges=InProcess()) as app:

        async def later(minutes):
            clock.ahead += timedelta(minutes=minutes)
            await tick(app.context)

        async def look():
            async with app.context.store.read() as session:
                posts = list(await session.scalars(select(Post).order_by(Post.id)))
                account = (await session.scalars(select(Account))).one()
            standing = asker.query("com.atproto.repo.listRecords", repo=asker.did, collection="app.bsky.feed.post")
            return [post.state.value for post in posts], account, len(standing["records"])

        def fail(row, times):
            proxy.breaks[PUT] = [Answer(row.status, row.body)] * times

        await tick(app.context)
        await play(
            row,
            Player(
                fail=fail,
                mend=proxy.breaks.clear,
                tick=later,
                look=look,
                resume=lambda: resume_all(app.context, CONFIG_WORKSPACE, "Mara"),
                calls=lambda: proxy.calls[PUT],
            ),
        )


async def test_an_account_whose_host_is_switched_off_is_found_at_its_new_one(devnet, asker, host):
    """As after a move: the stored session names a host at which nobody answers any more."""
    async with platform.connect(devnet.settings(asker), host) as adapter:
        await adapter.identify()
    saved = json.loads(host.saved["session"])
    *login, _ = saved["session"].split(":::")
    host.saved["session"] = json.dumps(saved | {"session": ":::".join([*login, "http://127.0.0.1:9"])})
    async with platform.connect(devnet.settings(asker), host) as adapter:
        (part,) = await adapter.prepare(Draft("Which habit went last?"), "post-3", host.now())
        with pytest.raises(Unavailable):
            await adapter.publish(part, [])
        assert await adapter.publish(part, [])
