"""How a checked article is printed."""

from typing import Any

from bot.articles.advice import advise, caution, describe_unpaired, name_author, tell_naming
from bot.articles.drafts.conclusion import conclude, tell_vouched
from bot.articles.report import ArticleReport, CheckedQuotation, LiveState
from bot.cli.parts.page import shorten, show_moment, wrap
from bot.cli.parts.terminal import show
from bot.words import FALLBACK, words
from bot.words.cleaning import clean_line
from storage.states import GRANTS

PROVES = "This proves words, not persons: who stands behind a profile is for you to know."
UNREACHED = "What was not reached may be gone; --offline checks the words alone, against what is stored."


def print_report(report: ArticleReport, zone: str) -> None:
    """Every quotation, what is wrong with it and what to do; the last line is for forwarding."""
    for checked in report.checked:
        _print_checked(checked, zone)
    if report.passed_over:
        words = ", ".join(f"“{shorten(each.text, 40)}”" for each in report.passed_over)
        show(wrap(f"No quotations: {words}"), gap=True, dim=True)
    for mark in report.unpaired:
        show(wrap(describe_unpaired(mark), "", "  "), gap=True, fg="red")
    for error in report.errors:
        show(wrap(error), err=True, fg="yellow")
    if any(each.live_state is LiveState.UNKNOWN for each in report.checked):
        show(wrap(UNREACHED), gap=True)
    show(wrap(PROVES), gap=True, dim=True)
    show(conclude(report, zone), bold=True, fg="green" if report.holds else "red")


def _print_checked(checked: CheckedQuotation, zone: str) -> None:
    fails = not checked.holds
    state = "fails" if fails else str(checked.proof.fidelity if checked.proof else "vouched for")
    show(f"{checked.quotation.number}  {state}", gap=True, fg="red" if fails else "green", bold=True, nl=False)
    show(f"  line {checked.quotation.line}", dim=True)
    show(wrap(f"“{clean_line(checked.quotation.text)}”", "    "))
    if checked.answer is not None:
        for line in _describe_source(checked, zone):
            show(wrap(line, "    "), dim=True)
    if checked.vouched_at is not None:
        show(wrap(f"! {tell_vouched(checked, zone)}", "    ", "      "), fg="yellow")
    for sentence in advise(checked):
        show(wrap(f"→ {sentence}", "    ", "      "), fg="red")
    for sentence in caution(checked):
        show(wrap(f"! {sentence}", "    ", "      "), fg="yellow")
    if checked.lacks_name:
        show(wrap(f"! {tell_naming(checked)}", "    ", "      "), fg="yellow")


def _describe_source(checked: CheckedQuotation, zone: str) -> list[str]:
    """Who said it and where, and the link."""
    reply = checked.quoted_replies[0]
    fidelity = [str(checked.proof.fidelity)] if checked.proof else ["nearest reply"]
    consent = (
        []
        if checked.barrier or checked.answer is None or checked.answer.is_given
        else ["consent granted" if checked.consent in GRANTS else "may be quoted"]
    )
    origin = [name_author(checked)]
    if checked.answer is not None and not checked.answer.is_given:
        origin += [f"on {reply.platform}", show_moment(reply.posted_at, zone)]
    states = [*fidelity, *consent, words(FALLBACK)["article"]["live"][checked.live_state]]
    return [f"{', '.join(origin)}; {', '.join(states)}", *filter(None, [reply.link])]


# ---------------------------------------------------------------- for programs


def as_data(report: ArticleReport, zone: str) -> dict[str, Any]:
    """All of it for programs."""
    return {
        "holds": report.holds,
        "at": report.at,
        "offline": report.offline,
        "conclusion": conclude(report, zone),
        "quotations": [_describe(checked) for checked in report.checked],
        "no_quotations": [{"number": each.number, "line": each.line, "text": each.text} for each in report.passed_over],
        "unpaired": [{"line": each.line, "mark": each.mark, "text": each.text} for each in report.unpaired],
        "errors": report.errors,
    }


def _describe(checked: CheckedQuotation) -> dict[str, Any]:
    replies = checked.quoted_replies
    return {
        "number": checked.quotation.number,
        "line": checked.quotation.line,
        "text": checked.quotation.text,
        "holds": checked.holds,
        "fidelity": checked.proof.fidelity if checked.proof else "fail",
        "edits": [{"kind": edit.kind, "text": edit.text} for edit in (checked.proof.edits if checked.proof else ())],
        "warnings": checked.warnings,
        "problems": checked.problems,
        "barrier": checked.barrier,
        "consent": checked.consent,
        "standing": checked.live_state,
        "vouched_at": checked.vouched_at,
        "attribution": {"found": checked.speaker.naming, "named": checked.speaker.name},
        "said_by": {"name": replies[0].display_name, "handle": replies[0].handle} if replies else None,
        "replies": [
            {"id": reply.id, "network": reply.platform, "link": reply.link, "at": reply.posted_at} for reply in replies
        ],
        "nearest": checked.near and {"passage": checked.near.passage, "likeness": round(checked.near.likeness, 2)},
        "advice": advise(checked),
        "cautions": caution(checked),
    }
