"""`pullquote replies`: list, search, and say why."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import complete_question
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.page import count, say_leave, shorten, show_moment, wrap, wrap_text
from bot.cli.parts.terminal import show, show_json
from storage.states import VerdictValue

if TYPE_CHECKING:
    from bot.desk import FoundReplies, FoundReply

UNJUDGED = "none"
COLOURS = {VerdictValue.KEEP: "green", VerdictValue.MAYBE: "yellow", VerdictValue.ASIDE: "red"}


@click.command()
@click.argument("words", required=False, default="")
@click.option("--question", shell_complete=complete_question, help="Only those to this question.")
@click.option(
    "--verdict",
    type=click.Choice([*(str(value) for value in VerdictValue), UNJUDGED]),
    help="Only those judged so; none: not yet.",
)
@click.option("--held", is_flag=True, help="Only what may ask not to be quoted, until you have looked.")
@click.option("--ranked-out", is_flag=True, help="Only what is not set aside, and not worth reading by the estimate.")
@click.option("--why", metavar="REPLY", help="All reasons for the verdict on one reply: its ID, or who said it.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many are shown.")
@click.option("--page", type=click.IntRange(min=1), default=1, help="Which page of so many: 2 shows the next ones.")
@prints_json
def replies(
    shell: Shell,
    *,
    words: str,
    question: str | None,
    verdict: str | None,
    held: bool,
    ranked_out: bool,
    why: str | None,
    limit: int,
    page: int,
    as_json: bool,
) -> None:
    """List replies, best first; with WORDS those whose text has all of them, or whose author's name, nearest first."""
    from bot.quotes import Barrier

    with open_pullquote(shell) as pullquote:
        if why is not None:
            _show_why(pullquote, why, as_json=as_json)
            return
        found = pullquote.do(
            desk.search,
            question=question,
            words=words,
            verdict=None if verdict is None or verdict == UNJUDGED else VerdictValue(verdict),
            unjudged=verdict == UNJUDGED,
            barrier=Barrier.HELD if held else None,
            ranked_out=ranked_out,
            limit=limit,
            page=page,
        )
        meant = not found.total and bool(words) and pullquote.do(desk.is_question, words)
    if as_json:
        show_json([asdict(reply) for reply in found.replies])
        return
    for reply in found.replies:
        _print_reply(reply, pullquote.zone)
    if meant:
        show(f"no reply has the words {words!r}; those to the question of this name: --question {words}")
    elif not found.replies:
        is_any = not words and verdict is None and not (held or ranked_out) and page == 1
        show("no reply yet: pullquote collect asks the networks now" if is_any else "no reply matches")
    else:
        _print_rest(found, limit, page)


def _print_rest(found: FoundReplies, limit: int, page: int) -> None:
    if found.total > limit * page:
        more = f"--page {page + 1} shows the next, --limit {min(found.total, 10 * limit)} shows more"
        show(f"{len(found.replies)} of {found.total:,} shown; {more}", gap=True)
    else:
        total = count(found.total, "reply", "replies")
        show(f"{total}; pullquote replies --why ID says why one was judged so", gap=True)


# ---------------------------------------------------------------- one reply


def _print_reply(reply: FoundReply, zone: str) -> None:
    verdict = reply.verdict or "not judged"
    score = "" if reply.score is None else f" {reply.score:.2f}"
    score += ", hardly worth reading" if reply.ranked_out else ""
    show(f"{reply.id}  {verdict}{score}", gap=True, fg=COLOURS.get(reply.verdict) if reply.verdict else None, nl=False)
    handle = f" (@{shorten(reply.handle, 40)})" if reply.handle and reply.handle != reply.author else ""
    author = shorten(reply.author, 40) or "somebody"
    show(f"  {author}{handle}, {show_moment(reply.posted_at, zone)}", bold=True)
    show(wrap_text(_show_text(reply), "    "))
    if reply.link:
        show(f"    {shorten(reply.link, 500)}", dim=True)
    colour = None if reply.may_be_quoted else "yellow"
    show(wrap(_describe_leave(reply), "    "), dim=reply.may_be_quoted, fg=colour)
    if decision := _describe_decision(reply):
        show(wrap(decision, "    "), dim=True)


def _show_text(reply: FoundReply) -> str:
    if reply.text is not None:
        return reply.text
    if reply.stays:
        return f"[its author has not agreed to be quoted: its words stay on {reply.platform}]"
    return f"[{reply.state}: there is no text]"


def _describe_leave(reply: FoundReply) -> str:
    """Whether it may be quoted, and the words of the reply that seem to speak of that."""
    words = f" (“{shorten(reply.wish, 200)}”)" if reply.wish else ""
    return f"It {say_leave(reply.why_not, unnamed=reply.unnamed)}{words}."


def _describe_decision(reply: FoundReply) -> str:
    """Who decided, or the reason that weighs most."""
    if reply.editor and not reply.reasons:
        return f"{reply.verdict} by {reply.editor}{': ' + reply.note if reply.note else ''}"
    return f"This reply {reply.top_reason.sentence}." if reply.top_reason else ""


def _show_why(pullquote: Opened, named: str, *, as_json: bool) -> None:
    from bot.quotes import Barrier

    reply = pullquote.do(desk.explain, pullquote.do(desk.name_reply, named))
    if as_json:
        show_json(asdict(reply))
        return
    _print_reply(reply, pullquote.zone)
    show()
    if reply.editor:
        show(f"decided by {reply.editor}{': ' + reply.note if reply.note else ''}")
    elif reply.verdict is None:
        show("not judged yet")
    for reason in reply.reasons:
        show(wrap(f"{reason.weight:+.2f}  This reply {reason.sentence}.", "  "))
        if reason.evidence and reason.evidence not in reason.sentence:
            show(wrap(f"“{reason.evidence}”", "         "), dim=True)
        for other in reason.others:
            words = f": “{other.text}”" if other.text else ", whose words stay where they were written"
            show(wrap(f"{other.reply}, {shorten(other.author, 40) or 'somebody'}{words}", "         "), dim=True)
    _show_mail(pullquote, reply.id)
    if reply.barrier == Barrier.HELD:
        look = f"pullquote consent {reply.id} no-refusal, or refused, says which it is"
        show(wrap(f"It may ask not to be quoted, and is quoted nowhere until you have looked: {look}."), gap=True)
    show("keep, maybe or aside decide otherwise; restore takes that back", gap=True)


def _show_mail(pullquote: Opened, reply_id: int) -> None:
    """Who sent it, what its author said when it was read back, and the whole mail; of what is no mail nothing."""
    for fact in pullquote.do(desk.read_sender, reply_id):
        show(wrap(fact.tell("en"), "  "))
    for told in pullquote.do(desk.tell_read_backs, reply_id):
        show(wrap(f"Read back: {told.sentence}.", "  "))
        if told.said:
            show(wrap_text(told.said, "    "))
    for mail in pullquote.do(desk.read_whole_mails, reply_id):
        show("The whole mail; what is marked ┊ are not the words of who sent it:", gap=True)
        for piece in mail:
            show(wrap_text(piece.text, "    " if piece.is_own else "  ┊ "), dim=not piece.is_own)
