"""What a community sees: its own questions, and those of the config where it may."""

from bot.config.communities import Guild
from bot.context import Context
from bot.desk.errors import DeskError
from bot.questions.content import Content
from bot.steps import report_event
from storage.accounts import interactions
from storage.models import Question
from storage.questions import questions
from storage.replies import replies
from storage.states import QuestionState


def find_guild(context: Context, guild_id: str) -> Guild:
    """A community by its id. Raises DeskError where the config does not name it."""
    found = context.guilds.get(guild_id)
    if found is None:
        raise DeskError(f"this server is not in the config of pullquote: add [guilds.{guild_id}] there, and restart it")
    return found


async def list_guild_questions(context: Context, guild: Guild) -> list[tuple[Question, Content]]:
    """All questions that a community sees, the newest first; not those that were taken back."""
    async with context.store.read() as session:
        rows = [row for name in guild.workspaces for row in await questions.list_questions(session, name)]
    found = [(question, version) for question, version in rows if question.state is not QuestionState.WITHDRAWN]
    newest = sorted(found, key=lambda row: row[0].id, reverse=True)
    return [(question, Content.model_validate(version.content)) for question, version in newest]


async def workspace_of_reply(context: Context, guild: Guild, reply_id: int) -> str:
    """Where a reply belongs. Raises DeskError where this community does not see it: that it exists is not told."""
    async with context.store.read() as session:
        found = await replies.find_reply(session, guild.workspaces, reply_id)
    if found is None:
        raise DeskError(f"there is no reply {reply_id}")
    return found[1].workspace


async def is_new(context: Context, account_id: int, interaction_id: str, kind: str) -> bool:
    """Note an interaction; False where it was handled before."""
    async with context.store.write() as session:
        return await interactions.record(session, account_id, interaction_id, kind, context.now())


async def note(context: Context, workspace: str, by: str, did: str, *, subject: str) -> None:
    """Tell what an editor did, for `status` and the log channel. subject: the interaction's id, told once.

    did: without a word of a member: what is told can be read by others, and longer than they want.
    """
    async with context.store.write() as session:
        await report_event(session, "editor", subject, f"{by} {did}", now=context.now(), workspace=workspace)
