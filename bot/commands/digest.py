"""`/pullquote digest`: of a question or of a week, made now; what it says, and its files."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from adapters.discord.text import MOST_BYTES, MOST_FILES
from bot import desk
from bot.commands.parts.acts import Act, Call, Face
from bot.commands.parts.questions import find_named, suggest_questions
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import escape, escape_but_links, plain
from bot.delivery.digests import monday_of
from bot.desk import DeskError, Digested
from bot.words import words

THIS_WEEK = ("this", "")


def make_command(face: Face) -> app_commands.Command[Any, Any, Any]:
    """`/pullquote digest`."""
    labels = words("en")["face"]["commands"]

    @app_commands.command(name="digest", description=labels["digest"])
    @app_commands.describe(question=labels["digest_question"], week=labels["digest_week"])
    async def digest(interaction: discord.Interaction, question: str = "", week: str | None = None) -> None:
        values = {"question": question} if week is None else {"question": question, "week": week.strip() or "this"}
        await face.perform(interaction, "digest", values=values)

    @digest.autocomplete("question")
    async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await suggest_questions(face, interaction, current)

    return digest


async def _make(call: Call) -> Shown:
    labels, week = call.labels["digest"], call.text("week")
    if week and call.text("question"):
        raise DeskError(labels["one_of_both"])
    if week:
        monday = monday_of(_read_day(call, week))
        heading = labels["of_week"].format(date=monday.isoformat())
        done = [await desk.digest_week_now(call.context, monday, each) for each in call.guild.workspaces]
    else:
        question = await find_named(call, call.text("question"))
        heading = labels["of_question"].format(slug=plain(question.slug))
        done = [await desk.digest_now(call.context, question)]
    return await _hand_over(call, heading, done)


def _read_day(call: Call, week: str) -> date:
    today = call.context.now().astimezone(ZoneInfo(call.context.zone)).date()
    if week in THIS_WEEK:
        return today
    try:
        return date.fromisoformat(week)
    except ValueError:
        raise DeskError(call.labels["digest"]["no_date"].format(week=week, today=today)) from None


async def _hand_over(call: Call, heading: str, done: Iterable[Digested]) -> Shown:
    ids = [written.id for each in done for written in each.written]
    summary = escape_but_links(await desk.sum_up(call.context, ids)) if ids else call.labels["digest"]["nothing"]
    files, left_out = _fit(await desk.attach(call.context, ids))
    told = [
        heading,
        summary,
        *(f"⚠ {escape(sentence)}" for one in done for each in one.written for sentence in each.told),
        *(call.labels["digest"]["left_out"].format(name=plain(name)) for name in left_out),
        *(
            f"✗ {plain(each.account)}: {escape(str(each.error))}"
            for one in done
            for each in one.collected
            if each.error
        ),
    ]
    return Shown("\n".join(told), files=files)


def _fit(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """The files that fit into one message, and the names of those that do not."""
    fitting: dict[str, bytes] = {}
    for name, data in sorted(files.items(), key=lambda item: len(item[1])):
        if len(data) <= MOST_BYTES and len(fitting) < MOST_FILES:
            fitting[name] = data
    return fitting, [name for name in files if name not in fitting]


ACTS = {"digest": Act(_make, changes=True)}
