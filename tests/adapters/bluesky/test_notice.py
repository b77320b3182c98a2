"""On the real servers a notice in a self-reply is seen while it stands, and missed when it is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.contract.sending import Reference
from bot.app import open_app
from bot.desk import ask, post_now
from bot.posts.notices import NoticeState, look_at_notices
from bot.questions.content import Content
from storage.models import Event, PostPart
from storage.states import CONFIG_WORKSPACE
from tests.adapters.bluesky.test_week import LateClock, configure
from tests.running import InProcess

pytestmark = pytest.mark.bluesky

LONG = "What did you stop doing this year, and what happened then? " * 4


async def test_a_notice_below_is_seen_while_it_stands_and_missed_when_it_is_gone(devnet, asker, tmp_path):
    clock = LateClock()
    async with open_app(configure(tmp_path, devnet.settings(asker), {}), now=clock, judges=InProcess()) as app:
        content = Content(text=LONG, accounts=("bluesky",), outlet="The Example Review")
        question = await ask(app.context, content, app.posting, workspace=CONFIG_WORKSPACE, slug="stopped")
        (posted,) = await post_now(app.context, question)
        assert posted.notice is NoticeState.STANDS

        async def look():
            devnet.settle()
            clock.ahead += timedelta(minutes=6)
            await look_at_notices(app.context, question_id=question.id, at_once=True)
            async with app.context.store.read() as session:
                part = (await session.scalars(select(PostPart).where(PostPart.has_notice))).one()
                told = [event.kind for event in await session.scalars(select(Event))]
            return part, told

        part, told = await look()
        assert (part.position, part.stood_at, part.gone_at, "no notice" in told) == (1, clock_of(part), None, False)
        adapter = await app.context.accounts.adapter(app.account_ids["bluesky"])
        await adapter.retract(Reference(part.remote_id, part.link, part.extra))
        seen_at = part.stood_at
        part, told = await look()
        assert (part.stood_at, part.gone_at > seen_at, told.count("no notice")) == (seen_at, True, 1)


def clock_of(part):
    """It was looked at after it was sent."""
    assert part.stood_at > part.sent_at
    return part.stood_at
