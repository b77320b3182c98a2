"""`/pullquote status`: whether it runs, what each question has gathered, what did not go out, what fails."""

from collections.abc import Iterator

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.posts import say_post
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import escape, moment, plain
from bot.desk import QuestionStatus, Status
from storage.states import OPEN, AccountState, QuestionState

MOST_TOLD = 10
"""Events of the last seven days, the newest."""


async def _show(call: Call) -> Shown:
    found = [await desk.read_status(call.context, workspace) for workspace in call.guild.workspaces]
    return Shown("\n\n".join("\n".join(lines) for lines in _blocks(call, found) if lines))


def _blocks(call: Call, found: list[Status]) -> Iterator[list[str]]:
    labels, first = call.labels["status"], found[0]
    yield [*_say_running(call, first)]
    yield [*_say_accounts(call, first)]
    questions = [question for status in found for question in status.questions]
    shown = [line for question in reversed(questions) for line in _say_question(call, question)]
    asked = sum(status.asked for status in found)
    if rest := asked - len(questions):
        shown.append(labels["older"].format(n=rest, all=asked))
    yield [f"**{labels['questions']}**", *(shown or [labels["no_questions"]])]
    not_out = [each for status in found for each in status.not_out]
    if not_out:
        yield [f"**{labels['not_out']}**", *(f"- {plain(slug)}: {say_post(call, post)}" for slug, post in not_out)]
    if first.failing:
        yield [f"**{labels['fails']}**", *(f"- {plain(each.name)}: {escape(each.error)}" for each in first.failing)]
    told = sorted((each for status in found for each in status.told), key=lambda each: each[0])[-MOST_TOLD:]
    if told:
        yield [f"**{labels['told']}**", *(f"- {moment(at, 'R')} {escape(message)}" for at, _, message in told)]
    yield [labels["retention"].format(days=first.retention_days)]


def _say_running(call: Call, status: Status) -> Iterator[str]:
    labels = call.labels["status"]
    if status.is_running and status.ticked_at is not None:
        yield labels["running"].format(at=moment(status.ticked_at, "R"))
    else:
        yield labels["not_running"]
    if status.paused:
        yield labels["paused"]


def _say_accounts(call: Call, status: Status) -> Iterator[str]:
    """Those this server may ask through; of others it is told nothing."""
    labels = call.labels["status"]
    yield f"**{labels['accounts']}**"
    for account in status.accounts:
        if account.name in call.guild.accounts:
            state = labels["works"] if account.state is AccountState.ACTIVE else labels["stopped"]
            reason = f": {escape(account.reason)}" if account.reason else ""
            collected = labels["collected"].format(at=moment(account.collected_at, "R")) if account.collected_at else ""
            yield f"- {plain(account.name)}: {state}{reason}{collected}"


def _say_question(call: Call, question: QuestionStatus) -> Iterator[str]:
    labels = call.labels["status"]
    is_active = question.state is QuestionState.ACTIVE
    state = "" if is_active else f" ({labels['states'].get(question.state, question.state)})"
    due = labels["next"].format(at=moment(question.next_due_at)) if question.next_due_at else ""
    enough = labels["enough" if question.is_enough else "too_few" if question.closed else "so_far"]
    counted = labels["usable"].format(usable=question.usable, target=question.target) + enough
    counted += labels["held"].format(n=question.held) if question.held else ""
    yield f"- **{plain(question.slug)}**{state}: {counted}{due}"
    yield from (f"  - {escape(fault)}" for fault in question.faults)
    for post in question.posts:
        if post.state in OPEN:
            closes = labels["closes"].format(at=moment(post.closes_at, "R")) if post.closes_at else ""
            of = "" if post.counted is None else labels["of"].format(n=post.counted)
            yield f"  - {plain(post.account)}: {labels['stored'].format(n=post.stored)}{of}{closes}"
        if post.lacks_notice:
            yield f"  - {plain(post.account)}: {labels['no_notice']}"


ACTS = {"status": Act(_show)}
