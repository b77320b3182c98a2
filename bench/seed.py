"""The few rows that replies hang on."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bench.rows import START
from bot.questions.content import Content
from storage.accounts.accounts import record_account
from storage.models import Post
from storage.questions.questions import record_question, set_targets
from storage.states import CONFIG_WORKSPACE, PostState, Source


async def seed_post(
    session: AsyncSession, slug: str = "disavow-links", closes_at: datetime | None = None
) -> tuple[int, int, int]:
    """One published post of a question; answers the ids of (question, post, account)."""
    account = await record_account(session, "square", "sandbox")
    content = Content(text="Do you still disavow links?", accounts=("square",))
    recorded = await record_question(
        session,
        workspace=CONFIG_WORKSPACE,
        slug=slug,
        content=content.model_dump(mode="json"),
        content_hash=content.hash,
        source=Source.COMMAND,
        now=START,
    )
    target = (await set_targets(session, recorded.question.id, [(account.id, "")]))[0]
    post = Post(
        target_id=target.id,
        version_id=recorded.version.id,
        occurrence="2026-11-16T09:00",
        due_at=START,
        expires_at=START,
        state=PostState.PUBLISHED,
        published_at=START,
        closes_at=closes_at,
    )
    session.add(post)
    await session.flush()
    return recorded.question.id, post.id, account.id
