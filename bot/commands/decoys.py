"""`/pullquote decoys`: an editor pastes what a chat model answers to a question. Seen by nobody else."""

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.questions import find_by_id, find_named
from bot.commands.parts.shown import Button, ButtonStyle, Field, Form, Shown
from bot.commands.parts.text import moment, plain
from bot.desk import Decoy
from bot.questions.content import MOST_DECOYS
from storage.models import Question

LONGEST_PASTED = 4000
"""Characters that a form of Discord takes; a longer text is added in the shell."""
SHOWN = 120
"""Characters of each."""


async def _begin(call: Call) -> Shown:
    return await _show(call, await find_named(call, call.text("question")))


async def _open(call: Call) -> Form:
    labels = call.labels["decoys"]
    question, _ = await find_by_id(call, call.args[0])
    pasted = Field("text", labels["text"], labels["hint"], long=True, most=LONGEST_PASTED)
    return Form(labels["title"], "decoys-add", (pasted,), (question.id,))


async def _add(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.add_decoys(call.context, question, [call.text("text")], by=call.caller.by)
    await call.note(f"added a decoy to {question.slug}", question.workspace)
    return await _show(call, question)


async def _clear(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.clear_decoys(call.context, question, by=call.caller.by)
    await call.note(f"took the decoys of {question.slug} away", question.workspace)
    return await _show(call, question)


async def _show(call: Call, question: Question) -> Shown:
    labels = call.labels["decoys"]
    found = await desk.list_decoys(call.context, question)
    head = labels["some" if found else "none"].format(slug=plain(question.slug), n=len(found))
    lines = [f"{number}. {_say(call, each)}" for number, each in enumerate(found, 1)]
    add = Button(labels["add"], "decoys-open", (question.id,), ButtonStyle.MAIN, disabled=len(found) >= MOST_DECOYS)
    clear = Button(labels["clear"], "decoys-clear", (question.id,), disabled=all(each.at is None for each in found))
    return Shown("\n".join([head, *lines]), ((add, clear),))


def _say(call: Call, decoy: Decoy) -> str:
    labels = call.labels["decoys"]
    source = labels["config"] if decoy.at is None else f"{plain(decoy.by)}, {moment(decoy.at, 'R')}"
    return f"{plain(decoy.text, SHOWN)} ({source})"


ACTS = {
    "decoys": Act(_begin),
    "decoys-open": Act(_open, opens=True),
    "decoys-add": Act(_add, changes=True, in_place=True),
    "decoys-clear": Act(_clear, changes=True, in_place=True),
}
