"""The few rows that replies hang on."""

from sqlalchemy.ext.asyncio import AsyncSession

from bench.rows import START
from bot.questions.content import Content
from storage.accounts.accounts import record_account
from storage.models import Post
from storage.questions.questions import record_question, set_targets
from storage.states import CONFIG_WORKSPACE, PostState, Source


async def seed_post(session: AsyncSession) -> tuple[int, int, int]:
    """One published post; answers the ids of (question, post, account)."""
    account = await record_account(session, "square", "sandbox")
    content = Content(text="Do you still disavow links?", accounts=("square",))
    recorded = await record_question(
        session,
        workspace=CONFIG_WORKSPACE,
        slug="disavow-links",
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
    )
    session.add(post)
    await session.flush()
    return recorded.question.id, post.id, account.id
