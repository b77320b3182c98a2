"""`/pullquote ask`: a form, the post as each network will show it, and a yes; or an asker's wish to the editors."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot import desk
from bot.commands.parts.acts import Act, Call, Face
from bot.commands.parts.posts import say_posts
from bot.commands.parts.previews import show_previews
from bot.commands.parts.question_form import list_call_out, list_fields, read_call_out, read_filled
from bot.commands.parts.shown import Button, ButtonStyle, Choice, Form, Pick, Shown
from bot.commands.parts.text import escape
from bot.desk import DeskError, Right
from bot.desk.asking.forms import drop_form, keep_form, load_form, take_form
from bot.questions.content import Content
from bot.words import words

POLL, BUTTONS, HIDDEN = "poll", "buttons", "hidden"
MOST_PLACES = 25


def make_command(face: Face) -> app_commands.Command[Any, Any, Any]:
    """`/pullquote ask`."""
    labels = words("en")["face"]["commands"]

    @app_commands.command(name="ask", description=labels["ask"])
    @app_commands.describe(
        channel=labels["ask_channel"],
        votes=labels["ask_votes"],
        language=labels["ask_language"],
        hide=labels["ask_hide"],
    )
    @app_commands.choices(
        votes=[app_commands.Choice(name=labels[f"votes_{each}"], value=each) for each in (POLL, BUTTONS, HIDDEN)],
        language=[app_commands.Choice(name="English", value="en"), app_commands.Choice(name="Deutsch", value="de")],
    )
    async def ask(
        interaction: discord.Interaction,
        channel: discord.TextChannel | None = None,
        votes: str = POLL,
        language: str = "",
        hide: bool = False,
    ) -> None:
        place = str(channel.id if channel else interaction.channel_id)
        values = {"channel": place, "votes": votes, "language": language, "hide": "yes" if hide else ""}
        await face.perform(interaction, "ask", values=values)

    return ask


# ---------------------------------------------------------------- the form


async def _open_form(call: Call) -> Form:
    given = {key: call.text(key) for key in ("channel", "votes", "language", "hide")}
    given["language"] = given["language"] or call.guild.keys.language
    return _make_form(call, given, draft="")


async def _reopen_form(call: Call) -> Form:
    filled = await load_form(call.context, call.guild.workspace, call.caller.id, int(call.args[0]))
    return _make_form(call, filled, draft=call.args[0])


def _make_form(call: Call, filled: Mapping[str, Any], *, draft: str) -> Form:
    labels = call.labels["ask"]
    places = _list_places(call, filled)
    where = Pick("where", labels["where"], places, labels["where_hint"], most=len(places)) if len(places) > 1 else None
    args = (filled["channel"], filled["votes"], filled["language"], filled["hide"], draft)
    return Form(labels["title"], "ask-form", list_fields(call, filled, where), args)


def _list_places(call: Call, filled: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Where it can be asked: the channel, and the other networks that the config grants this server."""
    chosen = filled.get("where")
    entries = _list_entries(call, filled["channel"])
    return tuple(
        Choice(entry, label, chosen=(entry in chosen if chosen else number == 0))
        for number, (entry, label) in enumerate(entries[:MOST_PLACES])
    )


def _list_entries(call: Call, channel: str) -> list[tuple[str, str]]:
    guild, context = call.guild, call.context
    here = (f"{guild.keys.account}:{channel}", call.labels["ask"]["this_channel"])
    others = [
        (name, name)
        for name, account_id in guild.accounts.items()
        if name != guild.keys.account and not context.accounts.capabilities_of(account_id).needs_place
    ]
    return [here, *others]


# ---------------------------------------------------------------- what it will look like


async def _take_form(call: Call) -> Shown:
    channel, votes, language, hide, draft = call.args
    filled = {"channel": channel, "votes": votes, "language": language, "hide": hide}
    return await _keep_and_show(call, filled, int(draft) if draft else None)


async def _open_call_out(call: Call) -> Form:
    filled = await load_form(call.context, call.guild.workspace, call.caller.id, int(call.args[0]))
    return Form(call.labels["ask"]["call_out"], "ask-call-out-form", list_call_out(call, filled), (call.args[0],))


async def _take_call_out(call: Call) -> Shown:
    return await _keep_and_show(call, {}, int(call.args[0]))


async def _keep_and_show(call: Call, filled: Mapping[str, Any], draft_id: int | None) -> Shown:
    """What one of the two windows brought is laid over what was filled in before."""
    workspace, by = call.guild.workspace, call.caller.id
    before = {} if draft_id is None else await load_form(call.context, workspace, by, draft_id)
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in call.values.items()}
    whole = {**before, **filled, **given}
    return await _show_preview(call, whole, await keep_form(call.context, workspace, by, whole, draft_id))


async def _show_preview(call: Call, filled: Mapping[str, Any], draft_id: int) -> Shown:
    """The question as each network will show it; with what is wrong instead of a yes where something is."""
    labels = call.labels["ask"]
    change = Button(labels["change"], "ask-change", (draft_id,))
    more = Button(labels["more"], "ask-call-out", (draft_id,))
    discard = Button(labels["discard"], "ask-discard", (draft_id,), ButtonStyle.DANGER)
    try:
        content = _read_content(call, filled)
        previews = await desk.preview(call.context, content, call.guild.accounts, call.context.now())
    except DeskError as error:
        return Shown(f"{labels['wrong']}\n{escape(error.tell(call.language))}", ((change, more, discard),))
    if any(preview.problems for preview in previews):
        return Shown(f"{show_previews(call, previews)}\n\n{labels['does_not_fit']}", ((change, more, discard),))
    label, following = ("post", "editor_next") if call.caller.right is Right.EDIT else ("hand_in", "asker_next")
    yes = Button(labels[label], "ask-yes", (draft_id,), ButtonStyle.GOOD)
    return Shown(f"{show_previews(call, previews)}\n\n{labels[following]}", ((yes, change, more, discard),))


def _read_content(call: Call, filled: Mapping[str, Any]) -> Content:
    """Raises DeskError with everything that is wrong with what was filled in."""
    granted = [entry for entry, _ in _list_entries(call, filled["channel"])]
    more = {
        "language": filled["language"],
        "outlet": call.context.name,
        "hide_outlet": bool(filled["hide"]),
        "votes": "native" if filled["votes"] == POLL else "buttons",
        "hide_results": filled["votes"] == HIDDEN,
        "zone": call.context.zone,
        **read_call_out(filled),
        "accounts": [entry for entry in filled.get("where") or granted[:1] if entry in granted],
    }
    return read_filled(call, filled, more)


# ---------------------------------------------------------------- the yes


async def _say_yes(call: Call) -> Shown:
    workspace, accounts = call.guild.workspace, call.guild.accounts
    async with take_form(call.context, workspace, call.caller.id, int(call.args[0])) as filled:
        content = _read_content(call, filled)
        if call.caller.right is not Right.EDIT:
            question = await desk.propose(call.context, content, accounts, workspace=workspace, by=call.caller.by)
            return Shown(call.labels["ask"]["handed_in"].format(slug=escape(question.slug)))
        question = await desk.ask(call.context, content, accounts, workspace=workspace)
    await call.note(f"asked {question.slug}", workspace)
    posts = await desk.post_now(call.context, question)
    oops = Button(call.labels["queue"]["take_back"], "queue-take-back", (question.id,), ButtonStyle.DANGER)
    return Shown(say_posts(call, question.slug, posts), ((oops,),))


async def _discard(call: Call) -> Shown:
    await drop_form(call.context, call.guild.workspace, call.caller.id, int(call.args[0]))
    return Shown(call.labels["ask"]["discarded"])


ACTS = {
    "ask": Act(_open_form, Right.ASK, opens=True),
    "ask-change": Act(_reopen_form, Right.ASK, opens=True),
    "ask-call-out": Act(_open_call_out, Right.ASK, opens=True),
    "ask-call-out-form": Act(_take_call_out, Right.ASK, changes=True, in_place=True),
    "ask-form": Act(_take_form, Right.ASK, changes=True, in_place=True),
    "ask-yes": Act(_say_yes, Right.ASK, changes=True, in_place=True),
    "ask-discard": Act(_discard, Right.ASK, changes=True, in_place=True),
}
