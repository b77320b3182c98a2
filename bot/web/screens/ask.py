"""Ask: the question is written, the post as each network will show it stands beside it, and a yes sends it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot import desk
from bot.desk import DeskError
from bot.desk.asking.filled import OTHER, USUAL
from bot.questions.clock import nominal_now
from bot.web.screens.running import make_teller
from bot.web.visit import Screen, Visit, get, post
from bot.words import list_languages
from bot.words.grammar import write_date
from bot.words.money import show_money
from storage.states import OUT

CALL_OUT = ("asker", "region", "medium", "pitches", "link")
TEXTS = ("text", "options", "wanted", "closes", "closes_at", "when", "at", "outlet", "enough", "language", *CALL_OUT)
SWITCHES = ("hide_outlet", "thread", "human_only")
FIELDS = ("text", "options", "closes", "at", "accounts", "outlet", "enough", "pitches")
"""Beside which it is said what is wrong; all else stands above the button."""


async def show(visit: Visit) -> Response:
    """The form: empty, with what was pasted on the first screen, a draft, or what was asked and did not go out."""
    kept = await desk.list_forms(visit.context, visit.workspace, visit.by)
    held, draft_id = visit.find_held(visit.request.query_params.get("held", "")), visit.number("draft")
    filled: Mapping[str, Any] = {"text": held.data.decode(errors="replace")} if held is not None else {}
    if draft_id:
        kept_words = await desk.load_form(visit.context, visit.workspace, visit.by, draft_id)
        # where it was begun before there was an account to choose, the first one is
        filled = {name: value for name, value in kept_words.items() if value or name != "accounts"}
    if again := visit.request.query_params.get("again", ""):
        filled = await desk.fill_again(visit.context, visit.workspace, again)
    others = [each for each in kept if each.id != draft_id]
    return visit.show("ask.html", drafts=others, **await _describe(visit, filled, draft_id))


async def keep(visit: Visit) -> Response:
    """Every change is saved, and shown as it would be posted."""
    filled, draft_id = await _read(visit)
    if draft_id or any(filled[name].strip() for name in ("text", "options", "wanted")):
        draft_id = await desk.keep_form(visit.context, visit.workspace, visit.by, filled, draft_id or None)
    shown = visit.show("_ask_preview.html", is_live=True, **await _describe(visit, filled, draft_id))
    if draft_id:
        shown.headers["HX-Replace-Url"] = f"/ask?draft={draft_id}"
    return shown


async def _read(visit: Visit) -> tuple[dict[str, Any], int]:
    """What stands in the form, and which draft it is; 0 for a new one."""
    form = await visit.read_form()
    filled: dict[str, Any] = {name: await visit.read_field(name) for name in TEXTS}
    filled |= {name: str(form.get(name, "")) for name in form if name.startswith("place:") or name in SWITCHES}
    filled["accounts"] = [str(each) for each in form.getlist("accounts")]
    draft = await visit.read_field("draft")
    return filled, int(draft) if draft.isascii() and draft.isdecimal() and len(draft) < 19 else 0


async def _describe(visit: Visit, filled: Mapping[str, Any], draft_id: int) -> dict[str, Any]:
    context = visit.context
    wheres = desk.list_wheres(context)
    usual = USUAL | {"language": context.config.pullquote.language, "when": "", "accounts": _choose_usual(wheres)}
    filled = usual | {name: value for name, value in filled.items() if value or name in usual}
    understood = await desk.understand(context, filled, visit.zone, language=visit.speech.language)
    faults = dict(understood.faults or {})
    return {
        "filled": filled,
        "draft_id": draft_id or "",
        "understood": understood,
        "faults": faults,
        "other_faults": [fault for field, fault in faults.items() if field not in FIELDS],
        "fields": FIELDS,
        "wheres": wheres,
        "closes": desk.list_choices(context, visit.zone),
        "other": OTHER,
        "tell_ahead": partial(_tell_ahead, visit),
        "soonest": nominal_now(context.now(), visit.zone),
        "outlet": context.name,
        "languages": list_languages(),
        "show_money": show_money,
        "now": context.now(),
    }


def _tell_ahead(visit: Visit, moment: datetime) -> str:
    """A moment within a week, as people name it: today, tomorrow, or by its weekday."""
    zone = ZoneInfo(visit.zone)
    local, today = moment.astimezone(zone), visit.context.now().astimezone(zone).date()
    days = (local.date() - today).days
    name = {0: "today", 1: "tomorrow", 7: "in_a_week"}.get(days, "weekday")
    weekday = write_date("{weekday}", local.date(), visit.speech.language, {})
    return visit.say(f"ask.{name}", time=f"{local:%H:%M}", weekday=weekday)


def _choose_usual(wheres: list[desk.Where]) -> list[str]:
    return [each.name for each in wheres if not each.needs_place][:1]


async def send(visit: Visit) -> Response:
    """The yes: a question is made of the draft, once, and it goes out."""
    filled, draft_id = await _read(visit)
    draft_id = await desk.keep_form(visit.context, visit.workspace, visit.by, filled, draft_id or None)
    question, goes_out_now = await desk.ask_filled(
        visit.context, visit.workspace, visit.by, draft_id, visit.zone, language=visit.speech.language
    )
    if goes_out_now:
        visit.state.start(f"post {question.id}", desk.post_now(visit.context, question))
    return visit.go(f"/ask/sent/{question.slug}")


async def discard(visit: Visit) -> Response:
    """A draft is dropped."""
    _, draft_id = await _read(visit)
    if not draft_id:
        raise DeskError(visit.say("ask.nothing_yet"))
    await desk.drop_form(visit.context, visit.workspace, visit.by, draft_id)
    return visit.go("/ask")


async def show_sent(visit: Visit) -> Response:
    """What became of it, account by account, until it is out or it is clear that it is not."""
    question = await desk.pick_question(visit.context, visit.workspace, visit.request.path_params["slug"])
    name = f"post {question.id}"
    given = {
        "question": question,
        "posts": await desk.list_posts(visit.context, question.id),
        "due_at": await desk.find_due(visit.context, question),
        "out": OUT,
        "teller": make_teller(visit),
        "is_busy": visit.is_busy(name),
        "problem": visit.find_problem(name),
        "call_out": await desk.read_call_out(visit.context, question),
    }
    return visit.show("_ask_sent.html" if visit.is_fragment else "ask_sent.html", **given)


SCREEN = Screen(
    "ask",
    (
        get("/ask", show),
        post("/ask/draft", keep),
        post("/ask/send", send),
        post("/ask/discard", discard),
        get("/ask/sent/{slug}", show_sent),
    ),
)
