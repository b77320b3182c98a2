"""The button Answer and its form: what a member says, how to name them, and whether they may be quoted."""

from collections.abc import Mapping
from functools import partial

from adapters.contract.errors import Rejected
from adapters.contract.forms import FormHost, PostedQuestion
from adapters.contract.reading import Reply
from adapters.discord.sending.choices import list_choices, make_decision
from adapters.discord.sending.keys import ANSWER, FORM, write_id
from adapters.discord.translate import to_author
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.components import count_on
from bot.commands.parts.questions import find_open
from bot.commands.parts.shown import Choice, Field, Form, Pick, Shown
from bot.desk import DeskError

LONGEST_ANSWER = 4_000


async def _open_form(forms: FormHost, call: Call) -> Form:
    """Nothing is chosen beforehand, and who quotes is said. An earlier answer is there to be changed."""
    asked = await find_open(call, forms, call.caller.id)
    labels = asked.labels
    choices = tuple(Choice(each, labels[each]) for each in list_choices(votes=bool(asked.options)))
    answer = Field("answer", labels["text"], asked.question, asked.earlier_answer, long=True, most=LONGEST_ANSWER)
    credit = Field("credit", labels["credit"], labels["credit_hint"], required=False)
    consent = Pick("leave", labels["leave"], choices, _describe_use(asked))
    return Form(labels["title"], FORM, (answer, credit, consent), (asked.post_id,))


def _describe_use(asked: PostedQuestion) -> str:
    """For whom it is asked."""
    return asked.labels["leave_for"].format(outlet=asked.outlet) if asked.outlet else asked.labels["leave_hidden"]


async def _take_form(forms: FormHost, call: Call) -> Shown:
    asked = await find_open(call, forms)
    if not call.text("answer"):
        raise DeskError(asked.labels["empty"])
    choice = call.text("leave")
    wording = f"{asked.labels['leave']} {_describe_use(asked)} {asked.labels.get(choice, '')}"
    decision = make_decision(choice, wording, call.text("credit"))
    try:
        count = await forms.inbox.answered(call.interaction_id, _make_reply(call, asked), decision)
    except Rejected:
        raise DeskError(asked.labels["closed"]) from None
    label = count_on(asked.labels["answer"], count)
    return Shown(asked.labels["thanks"], labels={write_id(ANSWER, (asked.post_id,)): label})


def _make_reply(call: Call, asked: PostedQuestion) -> Reply:
    """One answer a member: a later one has the same id. Its link is the question's message."""
    caller, message = call.caller, call.message
    return Reply(
        remote_id=f"form:{asked.post_id}:{caller.id}",
        post_id=asked.post_id,
        author=to_author({"id": caller.id, "username": caller.handle, "global_name": caller.name}),
        text=str(call.values["answer"]),
        posted_at=call.context.now(),
        link=message.link if message else "",
        parent_remote_id=message.remote_id if message else None,
        extra={"guild": call.server, "channel": call.channel},
    )


def make_acts(forms: FormHost) -> Mapping[str, Act]:
    """The button and the form."""
    return {
        ANSWER: Act(partial(_open_form, forms), needs=None, opens=True),
        FORM: Act(partial(_take_form, forms), needs=None, below=True),
    }
