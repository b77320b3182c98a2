"""`/pullquote review`: one answer at a time, one press each; a wrong press is taken back by the next."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import partial
from hashlib import sha256

from adapters.discord.text import cut
from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.components import make_link
from bot.commands.parts.posts import show_link
from bot.commands.parts.questions import find_named
from bot.commands.parts.shown import Button, ButtonStyle, Field, Form, LinkButton, Shown
from bot.commands.parts.text import escape, fit, moment, plain, quote
from bot.desk import FoundReply, Review, Seen, Why
from storage.states import VerdictValue

WAITING = "waiting"
"""The barrier that consent takes away."""
NOT_ASKED = "not_asked"
"""The barrier that an editor's word takes away."""
HELD = "held"
"""The barrier that an editor's look takes away."""
MOST_HINTS = 3


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
    return await _show_next(call, ReviewPosition(call.args[1], skipped=call.args[0]))


async def find_reply(call: Call) -> tuple[str, int, ReviewPosition]:
    """The workspace and the id of the reply that a button is about, and where in the review it stands. Raises DeskError
    where the reply is not this server's.
    """
    reply_id = int(call.args[0])
    workspace = await desk.workspace_of_reply(call.context, call.guild, reply_id)
    return workspace, reply_id, ReviewPosition(call.args[1], call.args[2])


async def _show_next(call: Call, place: ReviewPosition, note: str = "", decided: int | None = None) -> Shown:
    """decided: the reply that was judged just now, which can be undone."""
    labels = call.labels["review"]
    question_id = int(place.question) if place.question else None
    after = int(place.skipped) if place.skipped else None
    found = await desk.next_review(call.context, call.guild.workspaces, question_id=question_id, after=after)
    undo = None if decided is None else Button(labels["undo"], "review-undo", (decided, *astuple(place), ""))
    if found is not None:
        return _show(call, found, place, note, undo)
    slug = (await find_named(call, f"#{place.question}")).slug if place.question else ""
    name = "only_skipped" if after is not None else "nothing_of" if slug else "nothing"
    return Shown(f"{note}\n\n{labels[name].format(slug=plain(slug))}".strip(), ([undo],) if undo else ())


async def show_one(
    call: Call, workspace: str, reply_id: int, place: ReviewPosition, note: str, *, undo: Button | None = None
) -> Shown:
    """The same answer as it is now; `note` stands above. undo: takes back what was done just now."""
    return _show(call, await desk.read_review(call.context, workspace, reply_id), place, note, undo)


# ---------------------------------------------------------------- how it looks


def _show(call: Call, review: Review, place: ReviewPosition, note: str, undo: Button | None = None) -> Shown:
    text = review.text
    head, tail = [*_say_head(call, review, note)], [*_say_known(call, review)]
    whole = quote(text) if text else str(call.labels["review"]["no_words"])
    shown, is_cut = fit(head, whole, tail)
    files = {f"{review.reply.id}.txt": text.encode()} if is_cut else {}
    return Shown(shown, _rows(call, review, place, undo), files)


def mark(seen: Seen) -> str:
    """A short name for what an editor saw: other words or another decision have another."""
    return sha256(f"{seen.text}\n{seen.decided_by}\n{seen.decided_at}".encode()).hexdigest()[:8]


def _say_head(call: Call, review: Review, note: str) -> Iterator[str]:
    labels, reply = call.labels["review"], review.reply
    if note:
        yield note
        yield ""
    if review.left:
        yield labels["left"].format(n=review.left, slug=plain(reply.question))
    else:
        yield labels["of"].format(slug=plain(reply.question))
    handle = f" (@{plain(reply.handle)})" if reply.handle and reply.handle != reply.author else ""
    author = plain(reply.author) or labels["somebody"]
    yield f"**{author}**{handle}, {plain(reply.platform)}, {moment(reply.posted_at, 'R')}"


def _say_known(call: Call, review: Review) -> Iterator[str]:
    labels, reply = call.labels["review"], review.reply
    yield _say_verdict(call, review)
    yield from _say_hints(call, reply)
    yield labels["leave"].format(leave=labels["consent"][review.consent or "unasked"])
    if review.barrier == WAITING and review.cannot_ask:
        yield f"-# {escape(review.cannot_ask)}"
    elif review.barrier:
        yield _say_barrier(call, review.barrier)
    if review.passage not in ("", review.text):
        yield f"{labels['passage']}\n{quote(cut(review.passage, 300))}"
    if review.credit:
        yield labels["credit_is"].format(credit=plain(review.credit, 200))
    for used in review.used:
        yield labels["taken"].format(
            title=plain(used.title) or show_link(used.url), by=plain(used.by), at=moment(used.at, "d")
        )
    if reply.note:
        yield labels["note"].format(note=plain(reply.note, 200))


def _say_barrier(call: Call, barrier: str) -> str:
    labels = call.labels["review"]
    return str(labels["barred"].format(why=labels["barriers"].get(barrier, escape(barrier))))


def _say_verdict(call: Call, review: Review) -> str:
    labels, reply = call.labels["review"], review.reply
    value = labels["verdicts"][reply.verdict or "none"]
    if review.decided_by and review.decided_at:
        by, at = plain(review.decided_by), moment(review.decided_at, "R")
        return str(labels["decided"].format(value=value, by=by, at=at))
    why = f": {_say_why(call, reply.top_reason)}" if reply.top_reason else ""
    return f"{labels['judged'].format(value=value)}{why}"


def _say_hints(call: Call, reply: FoundReply) -> Iterator[str]:
    """What was noticed, with the numbers of the other replies; their words are where they are looked up."""
    for hint in reply.hints[:MOST_HINTS]:
        numbers = ", ".join(f"#{other.reply}" for other in hint.others)
        yield f"-# {_say_why(call, hint)}{f' {numbers}' if numbers else ''}"


def _say_why(call: Call, why: Why) -> str:
    return escape(call.labels["review"]["because"].format(sentence=why.tell(call.language)))


def _rows(
    call: Call, review: Review, place: ReviewPosition, undo: Button | None
) -> tuple[list[Button | LinkButton], ...]:
    labels, args = call.labels["review"], (review.reply.id, *astuple(place), mark(review))
    gone = all(part.text is None for part in review.parts)
    link = make_link(labels["open"], review.reply.link)
    decide: list[Button | LinkButton] = [
        Button(labels["keep"], "review-keep", args, ButtonStyle.GOOD, gone),
        Button(labels["maybe"], "review-maybe", args, disabled=gone),
        Button(labels["aside"], "review-aside", args, disabled=gone),
        Button(labels["skip"], "review-skip", args),
    ]
    work: list[Button | LinkButton] = [
        Button(labels["choose"], "review-choose", args, disabled=gone),
        _find_way_to_quote(call, review, args, gone=gone),
        Button(labels["credit"], "review-credit", args, disabled=gone),
        Button(labels["used"], "review-used", args, disabled=gone),
    ]
    if link is not None:
        work.append(link)
    if undo is not None:
        decide.append(undo)
    if review.barrier != HELD:
        return decide, work
    look: list[Button | LinkButton] = [
        Button(labels["no_refusal"], "review-no-refusal", args, ButtonStyle.MAIN, gone),
        Button(labels["is_refusal"], "review-refusal", args, disabled=gone),
    ]
    return decide, work, look


def _find_way_to_quote(call: Call, review: Review, args: tuple[object, ...], *, gone: bool) -> Button:
    """Ask its author; or, where a public post was not asked and nobody can be, decide it oneself."""
    labels = call.labels["review"]
    if review.barrier == NOT_ASKED and not review.can_ask:
        return Button(labels["quote_public"], "review-public", args, ButtonStyle.MAIN, gone)
    return Button(labels["ask_leave"], "review-ask", args, ButtonStyle.MAIN, gone or not review.can_ask)


# ---------------------------------------------------------------- keep, maybe, aside


async def _open_aside(call: Call) -> Form:
    labels = call.labels["review"]
    await find_reply(call)
    reason = Field("reason", labels["aside_reason"], labels["aside_hint"], required=False)
    return Form(labels["aside_title"], "review-set-aside", (reason,), call.args)


async def _set_aside(call: Call) -> Shown:
    return await _decide(call, VerdictValue.ASIDE, call.text("reason"))


async def _decide(call: Call, value: VerdictValue, note: str = "") -> Shown:
    """Of what the editor saw: where it was edited or judged meanwhile, it is shown again instead."""
    labels = call.labels["review"]
    reply_id, place = int(call.args[0]), ReviewPosition(call.args[1], call.args[2])
    decided = await desk.decide_as_seen(
        call.context,
        call.guild.workspaces,
        reply_id,
        value,
        editor=call.caller.by,
        note=note,
        is_same=lambda seen: mark(seen) == call.args[3],
    )
    workspace = decided.seen.workspace
    if not decided.is_done:
        return await show_one(call, workspace, reply_id, place, labels["changed_meanwhile"])
    await call.note(f"judged reply {reply_id}: {value}", workspace)
    done = str(labels["done"][value])
    if value is VerdictValue.KEEP and decided.barrier not in {"", WAITING}:
        done += f" {_say_barrier(call, decided.barrier)}"
    return await _show_next(call, place, done, decided=reply_id)


async def _undo_decision(call: Call) -> Shown:
    workspace, reply_id, place = await find_reply(call)
    await desk.restore(call.context, workspace, reply_id, by=call.caller.by)
    await call.note(f"took a judgement of reply {reply_id} back", workspace)
    return await show_one(call, workspace, reply_id, place, call.labels["review"]["undone"])


ACTS = {
    "review": Act(_begin),
    "review-skip": Act(_skip, in_place=True),
    "review-keep": Act(partial(_decide, value=VerdictValue.KEEP), changes=True, in_place=True),
    "review-maybe": Act(partial(_decide, value=VerdictValue.MAYBE), changes=True, in_place=True),
    "review-aside": Act(_open_aside, opens=True),
    "review-set-aside": Act(_set_aside, changes=True, in_place=True),
    "review-undo": Act(_undo_decision, changes=True, in_place=True),
}
