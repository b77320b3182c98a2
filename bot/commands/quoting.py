"""What can be done in `/pullquote review` to quote an answer: passage, consent, credit, and where it was printed."""

from functools import partial

from adapters.discord.text import count_units
from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.shown import Button, Field, Form, Shown
from bot.commands.review import find_reply, mark, show_one
from bot.desk import DeskError

LONGEST_PASSAGE = 4_000
"""Characters that a field of a form takes."""


async def _open_passage(call: Call) -> Form:
    labels = call.labels["review"]
    text = (await desk.read_seen(call.context, call.guild.workspaces, int(call.args[0]))).text
    if not text:
        raise DeskError(labels["no_words"])
    value = text if count_units(text) <= LONGEST_PASSAGE else ""
    asked = Field("words", labels["choose_words"], labels["choose_hint"], value, long=True, most=LONGEST_PASSAGE)
    return Form(labels["choose_title"], "review-chosen", (asked,), call.args)


async def _choose(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    await desk.choose_passage(call.context, workspace, reply_id, str(call.values.get("words", "")), by=call.caller.by)
    await call.note(f"chose a passage of reply {reply_id}", workspace)
    return await show_one(call, workspace, reply_id, place, call.labels["review"]["chosen"])


async def _ask_consent(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    asking = await desk.ask_consent(call.context, workspace, reply_id, by=call.caller.by, guild=call.guild)
    await call.note(f"asked the author of reply {reply_id} for leave", workspace)
    told = call.labels["review"]["asked"].format(left=asking.left_today)
    return await show_one(call, workspace, reply_id, place, told)


async def _quote_as_public(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    await desk.quote_as_public(call.context, workspace, reply_id, by=call.caller.by)
    await call.note(f"decided to quote reply {reply_id} as a public post", workspace)
    return await show_one(call, workspace, reply_id, place, call.labels["review"]["quoted_public"])


async def _say_what_it_is(call: Call, decision: str, note: str) -> Shown:
    """Whether what may be a refusal is one, of the words that the editor saw."""
    labels = call.labels["review"]
    workspace, reply_id, place = await find_reply(call)
    seen = await desk.read_seen(call.context, call.guild.workspaces, reply_id)
    if mark(seen) != call.args[3]:
        return await show_one(call, workspace, reply_id, place, labels["changed_meanwhile"])
    await desk.record_consent(call.context, workspace, reply_id, decision, by=call.caller.by, proof=call.caller.by)
    await call.note(f"looked whether reply {reply_id} is a refusal: {decision}", workspace)
    return await show_one(call, workspace, reply_id, place, labels[note])


async def _open_credit(call: Call) -> Form:
    labels = call.labels["review"]
    await find_reply(call)
    return Form(
        labels["credit_title"],
        "review-credited",
        (
            Field("name", labels["credit_name"], required=False),
            Field("role", labels["credit_role"], required=False),
            Field("organisation", labels["credit_organisation"], required=False),
            Field("link", labels["credit_link"], required=False),
            Field("said_by", labels["credit_said_by"], labels["credit_said_by_hint"]),
        ),
        call.args,
    )


async def _credit(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    _, act = await desk.record_credit(
        call.context,
        workspace,
        reply_id,
        name=call.text("name"),
        role=call.text("role"),
        organisation=call.text("organisation"),
        link=call.text("link"),
        said_by=call.text("said_by"),
        by=call.caller.by,
    )
    await call.note(f"entered how the author of reply {reply_id} is credited", workspace)
    undo = _offer_undo(call, act)
    return await show_one(call, workspace, reply_id, place, call.labels["review"]["credited"], undo=undo)


async def _open_used(call: Call) -> Form:
    labels = call.labels["review"]
    await find_reply(call)
    url = Field("url", labels["used_url"], labels["used_url_hint"], most=500)
    title = Field("title", labels["used_title_field"], required=False)
    return Form(labels["used_title"], "review-was-used", (url, title), call.args)


async def _use(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    used = await desk.record_use(
        call.context, workspace, str(reply_id), call.text("url"), title=call.text("title"), by=call.caller.by
    )
    await call.note(f"noted where reply {reply_id} was printed", workspace)
    labels = call.labels["review"]
    told = labels["was_used"] + (f" {labels['used_but']}" if used.barrier else "")
    undo = _offer_undo(call, used.act)
    return await show_one(call, workspace, reply_id, place, told, undo=undo)


def _offer_undo(call: Call, act_id: int | None) -> Button | None:
    """A button that takes back what the caller has entered just now; None where it was entered before."""
    if act_id is None:
        return None
    return Button(call.labels["review"]["undo"], "review-take-back", (*call.args[:3], act_id))


async def _take_back(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    done = await desk.undo(call.context, workspace, int(call.args[3]), by=call.caller.by, about=f"reply {reply_id}")
    await call.note(f"took back what was entered about reply {reply_id} ({done.act.kind})", workspace)
    return await show_one(call, workspace, reply_id, place, call.labels["review"]["taken_back"])


ACTS = {
    "review-choose": Act(_open_passage, opens=True),
    "review-chosen": Act(_choose, changes=True, in_place=True),
    "review-no-refusal": Act(
        partial(_say_what_it_is, decision="no-refusal", note="cleared"), changes=True, in_place=True
    ),
    "review-refusal": Act(
        partial(_say_what_it_is, decision="refused", note="refusal_noted"), changes=True, in_place=True
    ),
    "review-ask": Act(_ask_consent, changes=True, in_place=True),
    "review-public": Act(_quote_as_public, changes=True, in_place=True),
    "review-credit": Act(_open_credit, opens=True),
    "review-credited": Act(_credit, changes=True, in_place=True),
    "review-used": Act(_open_used, opens=True),
    "review-was-used": Act(_use, changes=True, in_place=True),
    "review-take-back": Act(_take_back, changes=True, in_place=True),
}
