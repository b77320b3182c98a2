"""How a checked article is printed."""

from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.articles.advice import advise, caution, name_author
from bot.articles.naming import Naming
from bot.articles.quotation import UnpairedMark
from bot.articles.report import ArticleReport, CheckedQuotation, LiveState
from bot.cli.parts.page import count, shorten, show_moment, wrap
from bot.words.cleaning import clean_line

PROVES = "This proves words, not persons: who stands behind a profile is for you to know."
UNREACHED = "What was not reached may be gone; --offline checks the words alone, against what is stored."
_LIVE_STATES = {
    LiveState.UP: "still up",
    LiveState.GONE: "gone",
    LiveState.UNKNOWN: "not reached",
    LiveState.NOT_READABLE: "cannot be read again (a form or an import)",
    LiveState.NOT_ASKED: "not read again",
}


def print_report(report: ArticleReport, zone: str) -> None:
    """Every quotation, what is wrong with it and what to do; the last line is for forwarding."""
    for checked in report.checked:
        _print_checked(checked, zone)
    if report.passed_over:
        words = ", ".join(f"“{shorten(each.text, 40)}”" for each in report.passed_over)
        click.secho(wrap(f"\nNo quotations: {words}"), dim=True)
    for mark in report.unpaired:
        click.secho(wrap(f"\n{describe_unpaired(mark)}", "", "  "), fg="red")
    for error in report.errors:
        click.secho(wrap(error), err=True, fg="yellow")
    if any(each.live_state is LiveState.UNKNOWN for each in report.checked):
        click.echo(wrap(f"\n{UNREACHED}"))
    click.secho(wrap(f"\n{PROVES}"), dim=True)
    click.secho(conclude(report, zone), bold=True, fg="green" if report.holds else "red")


def _print_checked(checked: CheckedQuotation, zone: str) -> None:
    fails = not checked.holds
    state = "fails" if fails else str(checked.proof.fidelity if checked.proof else "")
    click.secho(f"\n{checked.quotation.number}  {state}", fg="red" if fails else "green", bold=True, nl=False)
    click.secho(f"  line {checked.quotation.line}", dim=True)
    click.echo(wrap(f"“{clean_line(checked.quotation.text)}”", "    "))
    if checked.answer is not None:
        click.secho(wrap(_describe_source(checked, zone), "    "), dim=True)
    for sentence in advise(checked):
        click.secho(wrap(f"→ {sentence}", "    ", "      "), fg="red")
    for sentence in caution(checked):
        click.secho(wrap(f"! {sentence}", "    ", "      "), fg="yellow")
    if checked.lacks_name:
        click.secho(wrap(f"! {_tell_naming(checked)}", "    ", "      "), fg="yellow")


def _tell_naming(checked: CheckedQuotation) -> str:
    author = name_author(checked)
    if checked.speaker.naming is Naming.STRANGER:
        return (
            f"“{clean_line(checked.speaker.name)}” stands beside it, as nobody is called who answered: {author} said it"
        )
    return f"nobody is named near it: it was said by {author}"


def _describe_source(checked: CheckedQuotation, zone: str) -> str:
    reply = checked.quoted_replies[0]
    fidelity = [str(checked.proof.fidelity)] if checked.proof else ["nearest reply"]
    consent = [] if checked.barrier else ["consent granted" if checked.consent else "may be quoted"]
    origin = [name_author(checked), f"on {reply.platform}", show_moment(reply.posted_at, zone)]
    states = [*fidelity, *consent, _LIVE_STATES[checked.live_state]]
    return f"{', '.join(origin)}; {', '.join(states)}\n{reply.link}".strip()


def describe_unpaired(mark: UnpairedMark) -> str:
    """One sentence about a mark of which nobody can tell what it quotes."""
    around = clean_line(mark.text)
    return f"line {mark.line}: the mark {mark.mark} opens or closes nothing: pair it, or take it out: {around}"


def conclude(report: ArticleReport, zone: str) -> str:
    """One line to forward: `6 quotations match, all still up at 17:52 CET`."""
    if not report.unpaired:
        return _conclude_checked(report, zone)
    lines = ", ".join(dict.fromkeys(str(mark.line) for mark in report.unpaired))
    told = f"{count(len(report.unpaired), 'mark')} without a partner: line {lines}"
    return f"{_conclude_checked(report, zone)}; {told}" if report.checked else told


def _conclude_checked(report: ArticleReport, zone: str) -> str:
    if not report.checked:
        return "no quotations found"
    good = [each for each in report.checked if each.holds]
    total = len(report.checked)
    matching = count(total, "quotation") if len(good) == total else f"{len(good)} of {count(total, 'quotation')}"
    verb = "matches" if total == 1 else "match"
    bad = ", ".join(str(each.quotation.number) for each in report.checked if not each.holds)
    unnamed = sum(each.lacks_name for each in report.checked)
    rest = (f"; to mend: {bad}" if bad else "") + (f"; {unnamed} unnamed" if unnamed else "")
    if not good:
        return f"no quotation of {total} matches{rest}"
    return f"{matching} {verb}, {_describe_live_state(good, report, zone)}{rest}"


def _describe_live_state(good: list[CheckedQuotation], report: ArticleReport, zone: str) -> str:
    at = f"{report.at.astimezone(ZoneInfo(zone)):%H:%M %Z}"
    if report.offline:
        return f"as stored at {at} (not read again: --offline)"
    up = sum(each.live_state is LiveState.UP for each in good)
    if up == len(good):
        return f"{'still' if up == 1 else 'all still'} up at {at}"
    if not up:
        return f"as stored at {at} (from a form or an import: there is no place to read them again)"
    return f"{up} still up at {at}, {len(good) - up} from a form or an import without a place to read them again"


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
        "attribution": {"found": checked.speaker.naming, "named": checked.speaker.name},
        "said_by": {"name": replies[0].display_name, "handle": replies[0].handle} if replies else None,
        "replies": [
            {"id": reply.id, "network": reply.platform, "link": reply.link, "at": reply.posted_at} for reply in replies
        ],
        "nearest": checked.near and {"passage": checked.near.passage, "likeness": round(checked.near.likeness, 2)},
        "advice": advise(checked),
        "cautions": caution(checked),
    }
