"""The questions of the server where a command was given, and the question of a post that was pressed."""

import discord
from discord import app_commands

from adapters.contract.forms import FormHost, PostedQuestion
from bot.commands.parts.acts import Call, Face
from bot.desk import DeskError, Right, list_guild_questions
from bot.questions.content import Content
from bot.words.cleaning import clean_line, shorten
from storage.models import Question

MOST_SUGGESTED = 25


async def find_by_id(call: Call, question_id: str) -> tuple[Question, Content]:
    """A question that this server sees. Raises DeskError: another server's, or erased."""
    found = {
        question.id: (question, content) for question, content in await list_guild_questions(call.context, call.guild)
    }
    try:
        return found[int(question_id)]
    except (KeyError, ValueError):
        raise DeskError(call.labels["no_question"]) from None


async def find_named(call: Call, name: str) -> Question:
    """What was typed or chosen in a command: `#id` of a suggestion, or a name. "" is the newest. Raises DeskError."""
    known = await list_guild_questions(call.context, call.guild)
    if not known:
        raise DeskError(call.labels["no_question_yet"])
    if not name:
        return known[0][0]
    for question, _ in known:
        if name in (f"#{question.id}", question.slug):
            return question
    raise DeskError(call.labels["no_question_named"].format(name=name))


async def suggest_questions(face: Face, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Questions whose name or text has what was typed so far, newest first; none for those who may not."""
    caller = face.find_caller(interaction)
    if caller.guild is None or caller.right is not Right.EDIT:
        return []
    wanted = clean_line(typed).casefold()
    return [
        app_commands.Choice(name=shorten(f"{question.slug}: {content.text}", 100), value=f"#{question.id}")
        for question, content in await list_guild_questions(face.context, caller.guild)
        if wanted in f"{question.slug} {content.text}".casefold()
    ][:MOST_SUGGESTED]


async def find_open(call: Call, forms: FormHost, author: str = "") -> PostedQuestion:
    """What the post asks whose id the button has; author: as in `FormHost.get_question`. Raises DeskError with why
    the caller cannot answer it or vote.
    """
    asked = await forms.get_question(int(call.args[0]), author, call.server)
    if asked is None:
        raise DeskError(forms.get_labels(call.language)["unknown"])
    if not asked.open:
        raise DeskError(asked.labels["closed"])
    if call.caller.is_silenced:
        raise DeskError(asked.labels["timed_out"])
    return asked
