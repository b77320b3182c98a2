"""What to tell an editor of a checked draft: one line, and what is still to be done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.articles.advice import advise, caution, describe_unpaired, name_author, tell_naming
from bot.articles.drafts.facts import list_facts
from bot.articles.report import ArticleReport, CheckedQuotation, Light, LiveState
from bot.words import FALLBACK, words
from bot.words.cleaning import clean_line, shorten

_SHOWN = 160
_SIGNS = {Light.GREEN: "✓", Light.AMBER: "!", Light.RED: "✗"}


def conclude(report: ArticleReport, zone: str, language: str = FALLBACK) -> str:
    """One line to forward: `6 quotations match, all still up at 17:52 CET`."""
    said = words(language)["article"]["conclusion"]
    if not report.unpaired:
        return _conclude_checked(report, zone, said)
    lines, n = ", ".join(dict.fromkeys(str(mark.line) for mark in report.unpaired)), len(report.unpaired)
    told = str(said["marks"].choose(n).format(n=n, lines=lines))
    return f"{_conclude_checked(report, zone, said)}; {told}" if report.checked else told


def write_for_editor(
    report: ArticleReport, zone: str, language: str = FALLBACK, ticked: Collection[tuple[int, str]] = ()
) -> str:
    """The conclusion, and below it each quotation with who said it, where, and what is wrong or open.

    ticked: numbers and names in a quotation that somebody has checked, each with the number of the quotation.
    """
    blocks = [
        conclude(report, zone, language),
        *("\n".join(_write_quotation(checked, zone, language, ticked)) for checked in report.checked),
        *(describe_unpaired(mark, language) for mark in report.unpaired),
    ]
    return "\n\n".join(blocks) + "\n"


def tell_vouched(checked: CheckedQuotation, zone: str, language: str = FALLBACK) -> str:
    """Since when the writer vouches for a quotation; "" where they do not."""
    if checked.vouched_at is None:
        return ""
    said = words(language)["article"]["vouched"]
    return str(said.format(at=f"{checked.vouched_at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"))


def _write_quotation(
    checked: CheckedQuotation, zone: str, language: str, ticked: Collection[tuple[int, str]]
) -> Iterator[str]:
    said, number = words(language)["article"], checked.quotation.number
    yield f"{number} {_SIGNS[checked.light]} “{shorten(checked.quotation.text, _SHOWN)}”"
    if checked.answer is not None:
        links = [reply.link for reply in checked.quoted_replies[:1] if reply.link]
        given = [said["given"]] if checked.answer.is_given else []
        yield "  " + ", ".join([clean_line(name_author(checked, language)), *given, *links])
    for sentence in (*advise(checked, language), *caution(checked, language)):
        yield f"  → {clean_line(sentence)}"
    if checked.lacks_name:
        yield f"  → {tell_naming(checked, language)}"
    if checked.vouched_at is not None:
        yield f"  → {tell_vouched(checked, zone, language)}"
    left = [fact for fact in list_facts(checked.quotation.text) if (number, fact) not in ticked]
    if left:
        yield f"  □ {said['unticked'].format(facts=', '.join(left))}"


def _conclude_checked(report: ArticleReport, zone: str, said: Mapping[str, Any]) -> str:
    total = len(report.checked)
    if not total:
        return str(said["none"])
    good = [each for each in report.checked if each.holds and each.vouched_at is None]
    bad = ", ".join(str(each.quotation.number) for each in report.checked if not each.holds)
    unnamed, vouched = (
        sum(each.lacks_name for each in report.checked),
        sum(each.vouched_at is not None for each in report.checked),
    )
    rest = said["to_mend"].format(numbers=bad) if bad else ""
    rest += said["unnamed"].format(n=f"{unnamed:,}") if unnamed else ""
    rest += said["vouched"].format(n=f"{vouched:,}") if vouched else ""
    if not good:
        return f"{said['no_match'].format(n=total)}{rest}"
    matching = said["all" if len(good) == total else "some"].choose(total).format(n=f"{total:,}", good=len(good))
    return f"{matching}, {_describe_live_state(good, report, zone, said)}{rest}"


def _describe_live_state(
    good: Sequence[CheckedQuotation], report: ArticleReport, zone: str, said: Mapping[str, Any]
) -> str:
    at = f"{report.at.astimezone(ZoneInfo(zone)):%H:%M %Z}"
    if report.offline:
        return str(said["offline"].format(at=at))
    up = sum(each.live_state is LiveState.UP for each in good)
    given = sum(each.live_state is LiveState.GIVEN for each in good)
    if up == len(good):
        return str(said["up_all"].choose(up).format(at=at))
    if given == len(good):
        return str(said["given_all"].format(at=at))
    if not up and not given:
        return str(said["stored_all"].format(at=at))
    counts = {"up": up, "given": given, "stored": len(good) - up - given}
    return ", ".join(said[name].format(n=number, at=at) for name, number in counts.items() if number)
