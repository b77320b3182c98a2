"""`/pullquote queue`: what goes out next, and what waits for an editor's yes; edit, pause, post now, take back.

What is out, or closed lately, can run longer and be reminded of once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.posts import say_posts, show_link
from bot.commands.parts.previews import show_place, show_previews
from bot.commands.parts.question_form import list_fields, read_filled
from bot.commands.parts.questions import find_by_id
from bot.commands.parts.shown import Button, ButtonStyle, Choice, Field, Form, Menu, Shown
from bot.commands.parts.text import escape, moment, plain, quote
from bot.desk import DeskError, PostStatus, Queued
from bot.desk.operating.status import list_posts, list_posts_of
from bot.questions.content import Content, write_duration
from bot.words.cleaning import shorten
from storage.models import Question
from storage.states import CONFIG_WORKSPACE, OPEN, PostState, QuestionState

MOST = 25
"""Lines of a menu."""
PROPOSED = "proposed"
LATELY = timedelta(days=7)


# ---------------------------------------------------------------- all of it


async def _show_all(call: Call) -> Shown:
    labels = call.labels["queue"]
    queued = await desk.list_queue(call.context, call.guild.workspaces, most=MOST)
    running = await _list_running(call)
    lines = [_say_queued(call, number, each) for number, each in enumerate(queued, 1)]
    told = [labels["heading"], *lines] if lines else [labels["empty"]]
    told += _describe_running(labels["out"], [each for each in running if each.is_open])
    told += _describe_running(labels["closed"], [each for each in running if not each.is_open])
    names = {each.question_id: each.text for each in queued}
    names |= {each.question.id: each.content.text for each in running}
    choices = tuple(Choice(str(id_), shorten(text, 100)) for id_, text in names.items())[:MOST]
    return Shown("\n".join(told), (Menu(labels["choose"], "queue-one", choices),) if choices else ())


@dataclass(frozen=True, slots=True)
class _RunningQuestion:
    """A question with those of its posts that take answers, or else those that closed lately."""

    question: Question
    content: Content
    posts: tuple[PostStatus, ...]
    is_open: bool


async def _list_running(call: Call) -> list[_RunningQuestion]:
    """Questions with open or lately closed posts, newest first."""
    found = []
    newest = (await desk.list_guild_questions(call.context, call.guild))[:MOST]
    by_question = await list_posts_of(call.context, [question.id for question, _ in newest])
    for question, content in newest:
        posts = by_question[question.id]
        out = tuple(post for post in posts if post.state in OPEN)
        closed = tuple(post for post in posts if _closed_lately(call, post))
        if out or closed:
            found.append(_RunningQuestion(question, content, out or closed, bool(out)))
    return found


def _closed_lately(call: Call, post: PostStatus) -> bool:
    is_late = post.closes_at is not None and call.context.now() - post.closes_at < LATELY
    return post.state is PostState.CLOSED and is_late


def _describe_running(heading: str, running: Sequence[_RunningQuestion]) -> Iterator[str]:
    if running:
        yield from ("", heading)
    for each in running:
        where = ", ".join(f"{plain(post.account)} {show_link(post.link)}".rstrip() for post in each.posts)
        closes = max((post.closes_at for post in each.posts if post.closes_at), default=None)
        until = f" · {moment(closes, 'R')}" if closes else ""
        yield f"- {plain(each.content.text)} · {where}{until}"


def _say_queued(call: Call, number: int, queued: Queued) -> str:
    labels = call.labels["queue"]
    state = labels["states"][queued.state]
    due = f"{moment(queued.due_at)} ({moment(queued.due_at, 'R')}) · " if queued.due_at else ""
    by = labels["by"].format(by=plain(queued.by)) if queued.by and queued.state == PROPOSED else ""
    reason = f": {escape(queued.reason)}" if queued.reason else ""
    where = f"{queued.account}:{queued.place}" if queued.place else queued.account
    at = f" · {show_place(where)}" if queued.account else ""
    return f"{number}. {due}{plain(queued.text)} · {state}{reason}{by}{at}"


# ---------------------------------------------------------------- one question


async def _show_one(call: Call) -> Shown:
    return await show_question(call, call.text("chosen") or call.args[0])


async def show_question(call: Call, question_id: str, note: str = "") -> Shown:
    """One question as each network will show it, with what can be done to it; `note` stands above."""
    question, content = await find_by_id(call, question_id)
    previews = await desk.preview(call.context, content, call.guild.accounts, call.context.now(), question)
    told = [note] if note else []
    told += [f"**{plain(question.slug)}**{_say_state(call, question)}", *_say_if_config(call, question)]
    told += [show_previews(call, previews) if previews else quote(content.text)]
    posts = await list_posts(call.context, question.id)
    return Shown("\n".join(told), tuple(filter(None, (_first_row(call, question), _second_row(call, question, posts)))))


def _say_state(call: Call, question: Question) -> str:
    if question.state is QuestionState.ACTIVE:
        return ""
    reason = f": {escape(question.state_reason)}" if question.state_reason else ""
    return f" ({call.labels['status']['states'].get(question.state, question.state)}{reason})"


def _say_if_config(call: Call, question: Question) -> Iterator[str]:
    if question.workspace == CONFIG_WORKSPACE:
        yield call.labels["queue"]["of_config"]


def _first_row(call: Call, question: Question) -> list[Button]:
    labels, id_ = call.labels["queue"], (question.id,)
    back = Button(labels["back"], "queue-back")
    if question.state is QuestionState.PROPOSED:
        yes = Button(labels["approve"], "queue-approve", id_, ButtonStyle.GOOD)
        no = Button(labels["decline"], "queue-decline", id_)
        return [yes, no, Button(labels["edit"], "queue-edit", id_), back]
    first: list[Button] = [Button(labels["post_now"], "queue-post", id_, ButtonStyle.MAIN)]
    if question.state is QuestionState.PAUSED:
        first = [Button(labels["resume"], "queue-resume", id_, ButtonStyle.GOOD)]
    elif question.state is QuestionState.ACTIVE:
        first.append(Button(labels["pause"], "queue-pause", id_))
    if question.workspace != CONFIG_WORKSPACE:
        first.append(Button(labels["edit"], "queue-edit", id_))
    return [*first, Button(labels["take_back"], "queue-take-back", id_, ButtonStyle.DANGER), back]


def _second_row(call: Call, question: Question, posts: Sequence[PostStatus]) -> list[Button]:
    """For what is out or closed lately."""
    labels, row = call.labels["queue"], []
    if any(post.state in OPEN or _closed_lately(call, post) for post in posts):
        row.append(Button(labels["extend"], "queue-extend", (question.id,)))
    if any(post.state in OPEN for post in posts):
        row.append(Button(labels["remind"], "queue-remind", (question.id,)))
    return row


# ---------------------------------------------------------------- what can be done to it


async def _pause(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.pause_question(call.context, question, call.caller.by)
    await call.note(f"paused {question.slug}", question.workspace)
    return await show_question(call, call.args[0], call.labels["queue"]["paused"])


async def _resume(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.resume_question(call.context, question)
    await call.note(f"resumed {question.slug}", question.workspace)
    return await show_question(call, call.args[0], call.labels["queue"]["resumed"])


async def _post(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    posts = await desk.hurry(call.context, question)
    await call.note(f"posted {question.slug} ahead of its time", question.workspace)
    return Shown(say_posts(call, question.slug, posts), ([Button(call.labels["queue"]["back"], "queue-back")],))


async def _approve(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    approved = await desk.approve(call.context, question, by=call.caller.by)
    await call.note(f"approved {question.slug}", question.workspace)
    return Shown(say_posts(call, approved.slug, await desk.post_now(call.context, approved)))


async def _open_decline(call: Call) -> Form:
    labels = call.labels["queue"]
    question, _ = await find_by_id(call, call.args[0])
    reason = Field("reason", labels["decline_reason"], labels["decline_hint"], required=False)
    return Form(labels["decline_title"], "queue-declined", (reason,), (question.id,))


async def _decline(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.decline(call.context, question, by=call.caller.by, reason=call.text("reason"))
    await call.note(f"declined {question.slug}", question.workspace)
    return Shown(call.labels["queue"]["declined"].format(slug=plain(question.slug)))


# ---------------------------------------------------------------- other words


async def _open_edit(call: Call) -> Form:
    question, content = await find_by_id(call, call.args[0])
    filled = {
        "text": content.text,
        "options": "\n".join(content.options),
        "wanted": content.wanted,
        "closes": "" if content.closes_after is None else write_duration(content.closes_after),
        "enough": str(content.enough),
    }
    return Form(call.labels["queue"]["edit_title"], "queue-edited", list_fields(call, filled), (question.id,))


async def _edit(call: Call) -> Shown:
    labels = call.labels["queue"]
    question, content = await find_by_id(call, call.args[0])
    try:
        changed = read_filled(call, call.values, content.model_dump(mode="json"))
        await desk.edit_question(call.context, question, changed, call.guild.accounts, by=call.caller.by)
    except DeskError as error:
        again = Button(labels["edit"], "queue-edit", (question.id,))
        told = [
            f"{labels['not_edited']} {escape(error.tell(call.language))}",
            labels["typed"],
            quote(call.text("text")),
        ]
        return Shown("\n".join(told), ([again, Button(labels["back"], "queue-back")],))
    await call.note(f"changed the words of {question.slug}", question.workspace)
    return await show_question(call, call.args[0], labels["edited"])


ACTS = {
    "queue": Act(_show_all),
    "queue-back": Act(_show_all, in_place=True),
    "queue-one": Act(_show_one, in_place=True),
    "queue-again": Act(_show_one, in_place=True),
    "queue-pause": Act(_pause, changes=True, in_place=True),
    "queue-resume": Act(_resume, changes=True, in_place=True),
    "queue-post": Act(_post, changes=True, in_place=True),
    "queue-approve": Act(_approve, changes=True, in_place=True),
    "queue-decline": Act(_open_decline, opens=True),
    "queue-declined": Act(_decline, changes=True, in_place=True),
    "queue-edit": Act(_open_edit, opens=True),
    "queue-edited": Act(_edit, changes=True, in_place=True),
}
