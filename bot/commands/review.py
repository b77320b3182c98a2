"""`/pullquote review`: one answer at a time, one press each; a wrong press is taken back by the next."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from typing import Any

import discord
from discord import app_commands

from bot import desk
from bot.commands.parts.acts import Act, Call, Face
from bot.commands.parts.components import make_link
from bot.commands.parts.posts import show_link
from bot.commands.parts.questions import find_named, suggest_questions
from bot.commands.parts.shown import Button, ButtonStyle, Field, Form, LinkButton, Shown
from bot.commands.parts.text import LONGEST, cut, escape, measure, moment, plain, quote
from bot.desk import DeskError, FoundReply, Review, Seen
from bot.words import words
from storage.states import VerdictValue

LONGEST_PASSAGE = 4_000
"""Characters that a field of a form takes."""
WAITING = "waiting"
"""The barrier that leave takes away."""
LEAST_ROOM = 400
"""Units that an answer has at least beside what is known of it; a longer one is attached too."""


def make_command(face: Face) -> app_commands.Command[Any, Any, Any]:
    """`/pullquote review`."""
    said = words("en")["face"]["commands"]

    @app_commands.command(name="review", description=said["review"])
    @app_commands.describe(question=said["review_question"])
    async def review(interaction: discord.Interaction, question: str = "") -> None:
        await face.perform(interaction, "review", values={"question": question})

    @review.autocomplete("question")
    async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return await suggest_questions(face, interaction, current)

    return review


# ---------------------------------------------------------------- which one


@dataclass(frozen=True, slots=True)
class ReviewPosition:
    """Where an editor is in a review; it stands in the ids of the buttons. question: the id of the only one that is
    reviewed, "" for all. skipped: the id of the answer that was skipped last, "" for none: it goes on after that.
    """

    question: str = ""
    skipped: str = ""


async def _begin(call: Call) -> Shown:
    question = await find_named(call, call.text("question")) if call.text("question") else None
    return await _show_next(call, ReviewPosition(str(question.id) if question else ""))


async def _skip(call: Call) -> Shown:
    reply_id, place = _read(call)
    return await _show_next(call, replace(place, skipped=str(reply_id)))


def _read(call: Call) -> tuple[int, ReviewPosition]:
    """The reply that a button is about, and where in the review it stands."""
    return int(call.args[0]), ReviewPosition(call.args[1], call.args[2])


async def _show_next(call: Call, place: ReviewPosition, note: str = "", decided: int | None = None) -> Shown:
    """decided: the reply that was judged just now, which can be undone."""
    said = call.labels["review"]
    question_id = int(place.question) if place.question else None
    after = int(place.skipped) if place.skipped else None
    found = await desk.next_review(call.context, call.guild.workspaces, question_id=question_id, after=after)
    undo = None if decided is None else Button(said["undo"], "review-undo", (decided, *astuple(place), ""))
    if found is not None:
        return _show(call, found, place, note, undo)
    slug = (await find_named(call, f"#{place.question}")).slug if place.question else ""
    name = "only_skipped" if after is not None else "nothing_of" if slug else "nothing"
    return Shown(f"{note}\n\n{said[name].format(slug=plain(slug))}".strip(), ([undo],) if undo else ())


async def _show_one(call: Call, workspace: str, reply_id: int, place: ReviewPosition, note: str) -> Shown:
    return _show(call, await desk.read_review(call.context, workspace, reply_id), place, note)


# ---------------------------------------------------------------- how it looks


def _show(call: Call, review: Review, place: ReviewPosition, note: str, undo: Button | None = None) -> Shown:
    text = review.text
    head, tail = [*_say_head(call, review, note)], [*_say_known(call, review)]
    whole = quote(text) if text else str(call.labels["review"]["no_words"])
    shown = cut(whole, max(LEAST_ROOM, LONGEST - measure("\n".join([*head, *tail])) - 2))
    files = {} if shown == whole else {f"{review.reply.id}.txt": text.encode()}
    return Shown("\n".join([*head, shown, *tail]), _rows(call, review, place, undo), files)


def _mark(seen: Seen) -> str:
    """A short name for what an editor saw: other words or another decision have another."""
    return sha256(f"{seen.text}\n{seen.decided_by}\n{seen.decided_at}".encode()).hexdigest()[:8]


def _say_head(call: Call, review: Review, note: str) -> Iterator[str]:
    said, reply = call.labels["review"], review.reply
    if note:
        yield note
        yield ""
    if review.left:
        yield said["left"].format(n=review.left, slug=plain(reply.question))
    else:
        yield said["of"].format(slug=plain(reply.question))
    handle = f" (@{plain(reply.handle)})" if reply.handle and reply.handle != reply.author else ""
    author = plain(reply.author) or said["somebody"]
    yield f"**{author}**{handle}, {plain(reply.platform)}, {moment(reply.posted_at, 'R')}"


def _say_known(call: Call, review: Review) -> Iterator[str]:
    said, reply = call.labels["review"], review.reply
    yield _say_verdict(call, review)
    yield said["leave"].format(leave=said["consent"][review.consent or "unasked"])
    if review.barrier == WAITING and review.cannot_ask:
        yield f"-# {escape(review.cannot_ask)}"
    elif review.barrier:
        yield said["barred"].format(why=said["barriers"].get(review.barrier, escape(review.barrier)))
    if review.passage not in ("", review.text):
        yield f"{said['passage']}\n{quote(cut(review.passage, 300))}"
    if review.credit:
        yield said["credit_is"].format(credit=plain(review.credit, 200))
    for used in review.used:
        yield said["taken"].format(
            title=plain(used.title) or show_link(used.url), by=plain(used.by), at=moment(used.at, "d")
        )
    if reply.note:
        yield said["note"].format(note=plain(reply.note, 200))


def _say_verdict(call: Call, review: Review) -> str:
    said, reply = call.labels["review"], review.reply
    value = said["verdicts"][reply.verdict or "none"]
    if review.decided_by and review.decided_at:
        return str(said["decided"].format(value=value, by=plain(review.decided_by), at=moment(review.decided_at, "R")))
    why = _say_why(reply)
    return f"{said['judged'].format(value=value)}{': ' + why if why else ''}"


def _say_why(reply: FoundReply) -> str:
    return escape(f"This reply {reply.top_reason.sentence}.") if reply.top_reason else ""


def _rows(
    call: Call, review: Review, place: ReviewPosition, undo: Button | None
) -> tuple[list[Button | LinkButton], ...]:
    said, args = call.labels["review"], (review.reply.id, *astuple(place), _mark(review))
    gone = all(part.text is None for part in review.parts)
    link = make_link(said["open"], review.reply.link)
    decide: list[Button | LinkButton] = [
        Button(said["keep"], "review-keep", args, ButtonStyle.GOOD, gone),
        Button(said["maybe"], "review-maybe", args, disabled=gone),
        Button(said["aside"], "review-aside", args, disabled=gone),
        Button(said["skip"], "review-skip", args),
    ]
    work: list[Button | LinkButton] = [
        Button(said["choose"], "review-choose", args, disabled=gone),
        Button(said["ask_leave"], "review-ask", args, ButtonStyle.MAIN, gone or not review.can_ask),
        Button(said["credit"], "review-credit", args, disabled=gone),
        Button(said["used"], "review-used", args, disabled=gone),
    ]
    if link is not None:
        work.append(link)
    if undo is not None:
        decide.append(undo)
    return decide, work


# ---------------------------------------------------------------- keep, maybe, aside


async def _keep(call: Call) -> Shown:
    return await _decide(call, VerdictValue.KEEP)


async def _maybe(call: Call) -> Shown:
    return await _decide(call, VerdictValue.MAYBE)


async def _open_aside(call: Call) -> Form:
    said = call.labels["review"]
    await _check(call)
    reason = Field("reason", said["aside_reason"], said["aside_hint"], required=False)
    return Form(said["aside_title"], "review-set-aside", (reason,), call.args)


async def _set_aside(call: Call) -> Shown:
    return await _decide(call, VerdictValue.ASIDE, call.text("reason"))


async def _check(call: Call) -> str:
    """The workspace of the reply. Raises DeskError where it is not this server's."""
    return await desk.workspace_of_reply(call.context, call.guild, int(call.args[0]))


async def _decide(call: Call, value: VerdictValue, note: str = "") -> Shown:
    """Of what the editor saw: where it was edited or judged meanwhile, it is shown again instead."""
    said = call.labels["review"]
    reply_id, place = _read(call)
    seen = await desk.read_seen(call.context, call.guild.workspaces, reply_id)
    workspace = seen.workspace
    if _mark(seen) != call.args[3]:
        return await _show_one(call, workspace, reply_id, place, said["changed_meanwhile"])
    await desk.decide(call.context, workspace, reply_id, value, editor=call.caller.by, note=note)
    await _note(call, workspace, f"judged reply {reply_id}: {value}")
    return await _show_next(call, place, said["done"][value], decided=reply_id)


async def _undo_decision(call: Call) -> Shown:
    reply_id, place = _read(call)
    workspace = await _check(call)
    await desk.restore(call.context, workspace, reply_id)
    await _note(call, workspace, f"took a judgement of reply {reply_id} back")
    return await _show_one(call, workspace, reply_id, place, call.labels["review"]["undone"])


# ---------------------------------------------------------------- passage, leave, credit, use


async def _open_passage(call: Call) -> Form:
    said = call.labels["review"]
    text = (await desk.read_seen(call.context, call.guild.workspaces, int(call.args[0]))).text
    if not text:
        raise DeskError(said["no_words"])
    value = text if measure(text) <= LONGEST_PASSAGE else ""
    asked = Field("words", said["choose_words"], said["choose_hint"], value, long=True, most=LONGEST_PASSAGE)
    return Form(said["choose_title"], "review-chosen", (asked,), call.args)


async def _choose(call: Call) -> Shown:
    reply_id, place = _read(call)
    workspace = await _check(call)
    await desk.choose_passage(call.context, workspace, reply_id, str(call.values.get("words", "")), by=call.caller.by)
    await _note(call, workspace, f"chose a passage of reply {reply_id}")
    return await _show_one(call, workspace, reply_id, place, call.labels["review"]["chosen"])


async def _ask_consent(call: Call) -> Shown:
    reply_id, place = _read(call)
    workspace = await _check(call)
    asking = await desk.ask_consent(call.context, workspace, reply_id, by=call.caller.by, guild=call.guild)
    await _note(call, workspace, f"asked the author of reply {reply_id} for leave")
    told = call.labels["review"]["asked"].format(left=asking.left_today)
    return await _show_one(call, workspace, reply_id, place, told)


async def _open_credit(call: Call) -> Form:
    said = call.labels["review"]
    await _check(call)
    return Form(
        said["credit_title"],
        "review-credited",
        (
            Field("name", said["credit_name"], required=False),
            Field("role", said["credit_role"], required=False),
            Field("organisation", said["credit_organisation"], required=False),
            Field("link", said["credit_link"], required=False),
            Field("said_by", said["credit_said_by"], said["credit_said_by_hint"]),
        ),
        call.args,
    )


async def _credit(call: Call) -> Shown:
    reply_id, place = _read(call)
    workspace = await _check(call)
    await desk.record_credit(
        call.context,
        workspace,
        reply_id,
        name=call.text("name"),
        role=call.text("role"),
        organisation=call.text("organisation"),
        link=call.text("link"),
        said_by=call.text("said_by"),
    )
    await _note(call, workspace, f"entered how the author of reply {reply_id} is credited")
    return await _show_one(call, workspace, reply_id, place, call.labels["review"]["credited"])


async def _open_used(call: Call) -> Form:
    said = call.labels["review"]
    await _check(call)
    url = Field("url", said["used_url"], said["used_url_hint"], most=500)
    title = Field("title", said["used_title_field"], required=False)
    return Form(said["used_title"], "review-was-used", (url, title), call.args)


async def _use(call: Call) -> Shown:
    reply_id, place = _read(call)
    workspace = await _check(call)
    used = await desk.record_use(
        call.context, workspace, str(reply_id), call.text("url"), title=call.text("title"), by=call.caller.by
    )
    await _note(call, workspace, f"noted where reply {reply_id} was printed")
    said = call.labels["review"]
    told = said["was_used"] + (f" {said['used_but']}" if used.barrier else "")
    return await _show_one(call, workspace, reply_id, place, told)


async def _note(call: Call, workspace: str, did: str) -> None:
    await desk.note(call.context, workspace, call.caller.by, did, subject=call.interaction_id)


ACTS = {
    "review": Act(_begin),
    "review-skip": Act(_skip, in_place=True),
    "review-keep": Act(_keep, changes=True, in_place=True),
    "review-maybe": Act(_maybe, changes=True, in_place=True),
    "review-aside": Act(_open_aside, opens=True),
    "review-set-aside": Act(_set_aside, changes=True, in_place=True),
    "review-undo": Act(_undo_decision, changes=True, in_place=True),
    "review-choose": Act(_open_passage, opens=True),
    "review-chosen": Act(_choose, changes=True, in_place=True),
    "review-ask": Act(_ask_consent, changes=True, in_place=True),
    "review-credit": Act(_open_credit, opens=True),
    "review-credited": Act(_credit, changes=True, in_place=True),
    "review-used": Act(_open_used, opens=True),
    "review-was-used": Act(_use, changes=True, in_place=True),
}
