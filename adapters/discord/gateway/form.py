"""The form behind the Answer button: what somebody says, how to name them, and whether they may be quoted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from adapters.contract.errors import Rejected
from adapters.contract.forms import ConsentDecision, PostedQuestion
from adapters.contract.reading import Author, Reply
from adapters.discord.gateway.counter import show_counts
from adapters.discord.gateway.responses import is_silenced, report_failures, respond
from adapters.discord.sending.choices import list_choices, make_decision
from adapters.discord.sending.keys import name_form
from adapters.discord.text import cut
from adapters.discord.wire import Wire

_TITLE = 45
_LABEL = 45
_HINT = 100
_OPTION = 100
_LONGEST_ANSWER = 4_000
_LONGEST_CREDIT = 200
_LIFE = 900.0  # seconds that an interaction's token is good for


def make_form(asked: PostedQuestion) -> ui.Modal:
    """Nothing is chosen beforehand, and who quotes is said. An earlier answer is there to be changed."""
    words = asked.labels
    form = ui.Modal(title=cut(words["title"], _TITLE), custom_id=name_form(asked.post_id), timeout=_LIFE)
    answer: ui.TextInput[Any] = ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id="answer",
        default=asked.earlier_answer[:_LONGEST_ANSWER] or None,
        max_length=_LONGEST_ANSWER,
    )
    credit: ui.TextInput[Any] = ui.TextInput(
        custom_id="credit", placeholder=cut(words["credit_hint"], _HINT), required=False, max_length=_LONGEST_CREDIT
    )
    leave: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="leave",
        options=[
            discord.RadioGroupOption(label=cut(words[each], _OPTION), value=each)
            for each in list_choices(votes=bool(asked.options))
        ],
    )
    form.add_item(ui.Label(text=cut(words["text"], _LABEL), description=cut(asked.question, _HINT), component=answer))
    form.add_item(ui.Label(text=cut(words["credit"], _LABEL), component=credit))
    form.add_item(ui.Label(text=cut(words["leave"], _LABEL), description=describe_use(asked), component=leave))
    return form


def describe_use(asked: PostedQuestion) -> str:
    """For whom it is asked."""
    said = asked.labels["leave_for"].format(outlet=asked.outlet) if asked.outlet else asked.labels["leave_hidden"]
    return cut(said, _HINT)


async def hand_in(interaction: discord.Interaction[Any], wire: Wire, post_id: int) -> None:
    """A form came back: acknowledged first, then kept, then said so."""
    async with report_failures(interaction, wire.forms.get_labels(str(interaction.locale))):
        await interaction.response.defer()
        asked = await wire.forms.get_question(post_id)
        if asked is None:
            await respond(interaction, wire.forms.get_labels(str(interaction.locale))["unknown"])
            return
        values = read_values(interaction.data or {})
        text = values.get("answer", "")
        if is_silenced(interaction.user, wire.host.now()):
            await respond(interaction, asked.labels["timed_out"])
        elif not text.strip():
            await respond(interaction, asked.labels["empty"])
        elif not asked.open:
            await respond(interaction, asked.labels["closed"])
        else:
            await _keep(interaction, wire, asked, values)


async def _keep(
    interaction: discord.Interaction[Any], wire: Wire, asked: PostedQuestion, values: Mapping[str, str]
) -> None:
    reply = replace(make_reply(interaction, asked, values["answer"]), posted_at=wire.host.now())
    try:
        answers = await wire.forms.inbox.answered(str(interaction.id), reply, read_decision(asked, values))
    except Rejected:
        await respond(interaction, asked.labels["closed"])
        return
    await respond(interaction, asked.labels["thanks"])
    await show_counts(interaction, wire, asked, answers=answers)


def make_reply(interaction: discord.Interaction[Any], asked: PostedQuestion, text: str) -> Reply:
    """One answer a member: a later one has the same id. Its link is the question's message."""
    user, message = interaction.user, interaction.message
    return Reply(
        remote_id=f"form:{asked.post_id}:{user.id}",
        post_id=asked.post_id,
        author=Author(
            remote_id=str(user.id),
            handle=user.name,
            display_name=user.display_name,
            link=f"https://discord.com/users/{user.id}",
        ),
        text=text,
        posted_at=interaction.created_at,
        link=message.jump_url if message else "",
        parent_remote_id=str(message.id) if message else None,
        extra={"guild": str(interaction.guild_id or ""), "channel": str(interaction.channel_id or "")},
    )


def read_decision(asked: PostedQuestion, values: Mapping[str, str]) -> ConsentDecision:
    """What was chosen, with the very words of the form."""
    choice = values.get("leave", "no")
    wording = f"{asked.labels['leave']} {describe_use(asked)} {asked.labels.get(choice, '')}"
    return make_decision(choice, wording, values.get("credit", ""))


def read_values(data: Mapping[str, Any]) -> dict[str, str]:
    """What was entered, by the ids of the inputs. It is read from the bytes: the form may be of an earlier process."""
    return dict(_walk(data.get("components", ())))


def _walk(components: Any) -> Iterator[tuple[str, str]]:
    for each in components:
        inner = each.get("component") or each
        if inner.get("custom_id") and inner.get("value") is not None:
            yield inner["custom_id"], str(inner["value"])
        elif inner.get("custom_id") and inner.get("values"):
            yield inner["custom_id"], str(inner["values"][0])
        yield from _walk(each.get("components", ()))
