"""Check: a draft is pasted or dropped, and its quotations are shown in its text with what was found about each.

The draft stays in the browser: every act sends it along, and nothing of it is kept here.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from bot import desk
from bot.articles import Paragraph, UnreadableArticle, read_article
from bot.articles.advice import advise, caution, describe_unpaired, name_author, suggest_words, tell_naming
from bot.articles.check import check_article
from bot.articles.drafts.conclusion import conclude, tell_vouched, write_for_editor
from bot.articles.drafts.facts import list_facts
from bot.articles.drafts.given import GivenSource
from bot.articles.drafts.marked import mark_text
from bot.articles.drafts.pasted import read_pasted, take_over
from bot.articles.report import ArticleReport, CheckedQuotation
from bot.desk import DeskError
from bot.web.visit import Screen, Visit, get, post
from bot.words import words

FRESH_FOR = timedelta(minutes=10)
"""For how long what was read again need not be read once more for another act."""


@dataclass(frozen=True, slots=True)
class PastedDraft:
    """What a browser holds. since: when its sources were read again, None for not yet."""

    article: Sequence[Paragraph]
    given: Sequence[GivenSource] = ()
    since: datetime | None = None
    ticked: frozenset[tuple[int, str]] = frozenset()


async def show(visit: Visit) -> Response:
    """The field, the result for what was brought from the first screen, and what is watched."""
    held = visit.find_held(visit.request.query_params.get("held", ""))
    shown: dict[str, Any] = {}
    if held is not None:
        article = _read(visit, held.data, held.name) if held.name else read_pasted(held.data.decode(errors="replace"))
        shown = await _check(visit, PastedDraft(article))
    drafts = await desk.list_watched(visit.context, visit.workspace)
    return visit.show("check.html", drafts=drafts, **shown)


async def check(visit: Visit) -> Response:
    """Check what was pasted or dropped."""
    form = await visit.read_form()
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        article = _read(visit, await file.read(), file.filename)
    else:
        article = _paste(visit, await visit.read_field("text"), await visit.read_field("rich"))
    if not article:
        raise DeskError(visit.say("check.nothing"))
    return visit.show("_checked.html", **await _check(visit, PastedDraft(article, await _read_sources(visit, form))))


def _read(visit: Visit, data: bytes, name: str) -> list[Paragraph]:
    try:
        return read_article(data, name)
    except UnreadableArticle as error:
        raise DeskError(f"{name}: {error.tell(visit.speech.language)}") from error


def _paste(visit: Visit, text: str, rich: str) -> list[Paragraph]:
    try:
        return read_pasted(text, rich)
    except UnreadableArticle as error:
        raise DeskError(error.tell(visit.speech.language)) from error


async def _read_sources(visit: Visit, form: FormData) -> list[GivenSource]:
    """What was given for this check alone."""
    fields = [form.getlist(f"source_{name}") for name in ("words", "name", "link")]
    rows = [tuple(str(value).replace("\r\n", "\n") for value in row) for row in zip(*fields, strict=False)]
    return [await desk.read_given(visit.context, *row) for row in rows if row[0].strip() or row[2].strip()]


# ---------------------------------------------------------------- acts on a checked draft


async def check_again(visit: Visit) -> Response:
    """With all sources read once more."""
    draft = await _read_draft(visit)
    return visit.show(
        "_checked.html", **await _check(visit, PastedDraft(draft.article, draft.given, ticked=draft.ticked))
    )


async def take_words(visit: Visit) -> Response:
    """The author's words in place of a quotation's."""
    draft, report, checked = await _find(visit)
    said = suggest_words(checked)
    if not said:
        raise DeskError(visit.say("check.no_words"))
    article = take_over(draft.article, checked.quotation, said)
    shown = await _check(visit, PastedDraft(article, draft.given, report.at, draft.ticked), is_taken=True)
    return visit.tell(visit.say("check.taken"), template="_checked.html", **shown)


async def vouch(visit: Visit) -> Response:
    """The writer answers for a quotation, once and for all."""
    draft, report, checked = await _find(visit)
    act = await desk.vouch_for(visit.context, visit.workspace, report, checked.quotation.number, visit.by)
    shown = await _check(visit, PastedDraft(draft.article, draft.given, report.at, draft.ticked))
    return visit.tell(visit.say("check.vouched"), act=act, template="_checked.html", **shown)


async def write_out(visit: Visit) -> Response:
    """What is copied for the editor, with what is ticked by now."""
    draft = await _read_draft(visit)
    report = await _run(visit, draft)
    return visit.show("_editor.html", report=report, **_write(visit, report, draft))


async def watch(visit: Visit) -> Response:
    """Watch the draft until it is printed."""
    draft = await _read_draft(visit)
    until = _read_time(visit, await visit.read_field("until"))
    report = await _run(visit, draft)
    seen = await desk.watch_draft(visit.context, visit.workspace, report, until=until, by=visit.by)
    drafts = await desk.list_watched(visit.context, visit.workspace)
    told = visit.say("check.watching", seen.quotes, until=visit.speech.tell_time(seen.until))
    return visit.tell(told, template="_watched.html", drafts=drafts)


async def stop(visit: Visit) -> Response:
    """Watch one no longer."""
    await desk.stop_watching(visit.context, visit.workspace, visit.number("draft"))
    drafts = await desk.list_watched(visit.context, visit.workspace)
    return visit.tell(visit.say("check.stopped"), template="_watched.html", drafts=drafts)


async def show_watched(visit: Visit) -> Response:
    """What is watched, and what became of it."""
    return visit.show("_watched.html", drafts=await desk.list_watched(visit.context, visit.workspace))


def _read_time(visit: Visit, written: str) -> datetime | None:
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(visit.zone))
    except ValueError as error:
        raise DeskError(visit.say("check.no_time")) from error


# ---------------------------------------------------------------- the draft that a browser holds


async def _read_draft(visit: Visit) -> PastedDraft:
    form = await visit.read_form()
    try:
        article = [Paragraph(*row) for row in json.loads(str(form.get("draft", "")))]
        given = [GivenSource(**row) for row in json.loads(str(form.get("given", "[]")))]
        ticked = frozenset((int(number), str(fact)) for number, fact in map(json.loads, map(str, form.getlist("tick"))))
        since = datetime.fromisoformat(str(form.get("since", "")))
        is_whole = all(isinstance(each.text, str) and isinstance(each.line, int) for each in article)
    except (ValueError, TypeError) as error:
        raise DeskError(visit.say("check.nothing")) from error
    if not is_whole or since.tzinfo is None or not all(isinstance(each.text, str) for each in given):
        raise DeskError(visit.say("check.nothing"))
    now = visit.context.now()
    return PastedDraft(article, given, since if now - FRESH_FOR < since <= now else None, ticked)


async def _find(visit: Visit) -> tuple[PastedDraft, ArticleReport, CheckedQuotation]:
    """The draft, checked, and the quotation of the address."""
    draft = await _read_draft(visit)
    report = await _run(visit, draft)
    number = visit.number("number")
    found = next((each for each in report.checked if each.quotation.number == number), None)
    if found is None:
        raise DeskError(visit.say("check.no_quotation"))
    return draft, report, found


async def _run(visit: Visit, draft: PastedDraft) -> ArticleReport:
    return await check_article(visit.context, visit.workspace, draft.article, given=draft.given, since=draft.since)


async def _check(visit: Visit, draft: PastedDraft, *, is_taken: bool = False) -> dict[str, Any]:
    """All that the result shows."""
    report, language = await _run(visit, draft), visit.speech.language
    quotations = [
        {
            "checked": checked,
            "author": name_author(checked, language) if checked.answer is not None else "",
            "live": words(language)["article"]["live"][checked.live_state],
            "vouched": tell_vouched(checked, visit.zone, language),
            "advice": advise(checked, language),
            "cautions": caution(checked, language) + ([tell_naming(checked, language)] if checked.lacks_name else []),
            "words": suggest_words(checked),
            "facts": [
                (fact, json.dumps([checked.quotation.number, fact]), (checked.quotation.number, fact) in draft.ticked)
                for fact in list_facts(checked.quotation.text)
            ],
        }
        for checked in report.checked
    ]
    return {
        "report": report,
        "quotations": quotations,
        "paragraphs": list(zip(draft.article, mark_text(draft.article, report), strict=True)),
        "draft": json.dumps(
            [[each.text, each.line, each.is_quotation, each.is_heading, each.row] for each in draft.article],
            ensure_ascii=False,
        ),
        "given": json.dumps([asdict(each) for each in draft.given], ensure_ascii=False),
        "since": (draft.since or report.at).isoformat(),
        "unpaired": [describe_unpaired(mark, language) for mark in report.unpaired],
        "text_now": "\n\n".join(each.text for each in draft.article),
        "is_taken": is_taken,
        "can_watch": any(each.holds and each.answer and not each.answer.is_given for each in report.checked),
        **_write(visit, report, draft),
    }


def _write(visit: Visit, report: ArticleReport, draft: PastedDraft) -> dict[str, Any]:
    language = visit.speech.language
    return {
        "conclusion": conclude(report, visit.zone, language),
        "for_editor": write_for_editor(report, visit.zone, language, draft.ticked),
    }


SCREEN = Screen(
    "check",
    (
        get("/check", show),
        post("/check", check),
        post("/check/again", check_again),
        post("/check/words/{number}", take_words),
        post("/check/mine/{number}", vouch),
        post("/check/editor", write_out),
        post("/check/watch", watch),
        get("/check/watched", show_watched),
        post("/check/watched/{draft}/stop", stop),
    ),
)
