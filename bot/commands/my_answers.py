"""`/my-answers`: what a member said here and what becomes of it; change it, change the consent, take it back.

Spoken in the language of each question, and seen by nobody but the member.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from adapters.discord.sending.choices import list_choices, make_decision
from bot import desk
from bot.commands.answering import LONGEST_ANSWER
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.components import make_link
from bot.commands.parts.posts import show_link
from bot.commands.parts.shown import Button, ButtonStyle, Choice, Field, Form, LinkButton, Pick, Shown
from bot.commands.parts.text import escape, fit, moment, plain, quote
from bot.desk import DeskError, MyAnswer
from bot.words import words


async def _load(call: Call) -> tuple[list[MyAnswer], int | None]:
    """Newest first; and the place of the answer that a button is about. Nobody finds another's."""
    found = await desk.my_answers(call.context, call.account_id, call.caller.id)
    return found, next((place for place, each in enumerate(found) if (str(each.reply_id),) == call.args[:1]), None)


async def _find(call: Call) -> tuple[MyAnswer, Mapping[str, Any]]:
    """That answer, and the labels of its language. Raises DeskError."""
    found, place = await _load(call)
    if place is None:
        raise DeskError(call.labels["mine"]["gone"])
    return found[place], words(found[place].language)["face"]["mine"]


async def _turn_to(call: Call) -> Shown:
    found, place = await _load(call)
    return _show(call, found, place or 0) if found else Shown(call.labels["mine"]["none"])


async def _show_again(call: Call, note: str) -> Shown:
    """The same answer as it is now, with what was done to it."""
    found, place = await _load(call)
    return Shown(note) if place is None else _show(call, found, place, note)


# ---------------------------------------------------------------- how it looks


def _show(call: Call, found: list[MyAnswer], place: int, note: str = "") -> Shown:
    answer = found[place]
    call = replace(call, language=answer.language)
    labels = call.labels["mine"]
    head = [note, ""] if note else []
    head += [labels["which"].format(n=place + 1, of=len(found)), f"**{plain(answer.question, 300)}**"]
    tail = [*_describe_state(call, answer)]
    whole = quote(answer.text) if answer.text is not None else labels["no_words"]
    shown, is_cut = fit(head, whole, tail)
    files = {f"{answer.reply_id}.txt": (answer.text or "").encode()} if is_cut else {}
    return Shown(shown, _rows(call, found, place), files)


def _describe_state(call: Call, answer: MyAnswer) -> Iterator[str]:
    labels = call.labels["mine"]
    yield f"-# {moment(answer.posted_at, 'f')}"
    yield labels["consent"][answer.consent or "unasked"]
    if answer.covers_vote:
        yield labels["covers_vote"]
    if answer.credit:
        yield labels["credit_is"].format(credit=plain(answer.credit, 200))
    if answer.quoted_in:
        yield labels["quoted_in"]
    for url in answer.printed:
        yield labels["printed"].format(url=show_link(url) or escape(url))
    if answer.text is not None and not answer.can_edit:
        yield labels["edit_there" if not answer.by_form else "closed"]


def _rows(call: Call, found: list[MyAnswer], place: int) -> tuple[list[Button | LinkButton], ...]:
    labels, answer = call.labels["mine"], found[place]
    id_ = (answer.reply_id,)
    gone = answer.text is None
    first: list[Button | LinkButton] = []
    if answer.can_edit:
        first.append(Button(labels["edit"], "mine-edit", id_, ButtonStyle.MAIN, gone))
    elif (link := make_link(labels["open"], answer.link)) is not None:
        first.append(link)
    first.append(
        Button(labels["withdraw"], "mine-withdraw", id_, ButtonStyle.DANGER, gone or answer.consent in WITHDRAWN)
    )
    rows = [first]
    if len(found) > 1:
        newer, older = found[place - 1], found[(place + 1) % len(found)]
        turn: list[Button | LinkButton] = [
            Button(labels["newer"], "mine-turn", (newer.reply_id, "n"), disabled=place == 0),
            Button(labels["older"], "mine-turn", (older.reply_id, "o"), disabled=place == len(found) - 1),
        ]
        rows.append(turn)
    return tuple(rows)


WITHDRAWN = ("withdrawn", "refused")


# ---------------------------------------------------------------- what can be done


async def _open_edit(call: Call) -> Form:
    answer, labels = await _find(call)
    if not answer.can_edit or answer.text is None:
        raise DeskError(labels["closed"].removeprefix("-# "))
    choices = tuple(Choice(each, labels[f"leave_{each}"]) for each in list_choices(votes=bool(answer.options)))
    return Form(
        labels["edit_title"],
        "mine-edited",
        (
            Field("text", labels["edit_text"], value=answer.text, long=True, most=LONGEST_ANSWER),
            Field("credit", labels["edit_credit"], labels["edit_credit_hint"], answer.credit, required=False),
            Pick("leave", labels["edit_leave"], choices, labels["edit_leave_hint"].format(outlet=call.context.name)),
        ),
        (answer.reply_id,),
    )


async def _edit(call: Call) -> Shown:
    answer, labels = await _find(call)
    if not answer.can_edit:  # closed while the form was open: told in the member's language, as the desk would refuse
        raise DeskError(labels["closed"].removeprefix("-# "))
    chosen = call.text("leave")
    asked = f"{labels['edit_leave']} {labels['edit_leave_hint'].format(outlet=call.context.name)}"
    decision = make_decision(chosen, f"{asked} {labels[f'leave_{chosen}']}", call.text("credit"))
    await desk.edit_answer(
        call.context,
        call.account_id,
        call.caller.id,
        answer.reply_id,
        call.text("text"),
        decision,
        interaction_id=call.interaction_id,
    )
    return await _show_again(call, labels["edited"])


async def _confirm_withdraw(call: Call) -> Shown:
    answer, labels = await _find(call)
    yes = Button(labels["withdraw_yes"], "mine-withdrawn", (answer.reply_id,), ButtonStyle.DANGER)
    no = Button(labels["withdraw_no"], "mine-turn", (answer.reply_id, "b"))
    printed = f"\n{labels['printed_stays']}" if answer.printed else ""
    return Shown(f"{labels['withdraw_sure']}{printed}", ([yes, no],))


async def _withdraw(call: Call) -> Shown:
    answer, labels = await _find(call)
    await desk.withdraw_answer(
        call.context, call.account_id, call.caller.id, answer.reply_id, interaction_id=call.interaction_id
    )
    return await _show_again(call, labels["withdrawn_now"])


ACTS = {
    "mine": Act(_turn_to, needs=None),
    "mine-turn": Act(_turn_to, needs=None, in_place=True),
    "mine-edit": Act(_open_edit, needs=None, opens=True),
    "mine-edited": Act(_edit, needs=None, changes=True, in_place=True),
    "mine-withdraw": Act(_confirm_withdraw, needs=None, in_place=True),
    "mine-withdrawn": Act(_withdraw, needs=None, in_place=True),  # the desk notes the interaction itself
}
