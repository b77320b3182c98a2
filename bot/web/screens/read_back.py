"""Reading back, beside Answers: the letter with passage, credit and one question more, and sending it once."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot import desk
from bot.web.visit import Visit, get, post


async def show_answer(visit: Visit, reply_id: int) -> dict[str, Any]:
    """An answer, with what became of reading it back: what its template needs."""
    answer = await desk.read_answer(visit.context, visit.workspace, reply_id)
    told = await desk.tell_read_backs(visit.context, visit.workspace, reply_id, visit.speech.language)
    return {"answer": answer, "read_backs": told}


async def show(visit: Visit) -> Response:
    """The letter as it would go out, with a question about what the credit lacks."""
    reply_id = visit.number("reply")
    if not visit.is_fragment:
        return visit.go(f"/answers/{visit.request.path_params['slug']}?shelf=all&reply={reply_id}")
    card = await desk.prepare_read_back(visit.context, visit.workspace, reply_id)
    if card.suggested:
        card = await desk.prepare_read_back(visit.context, visit.workspace, reply_id, follow_up=card.suggested)
    return _show(visit, card)


async def draft(visit: Visit) -> Response:
    """The letter with another question, or to another address."""
    return _show(visit, await desk.prepare_read_back(visit.context, visit.workspace, **await _read(visit)))


async def send(visit: Visit) -> Response:
    """The yes: it is sent, or noted as sent by hand."""
    card = await desk.ask_read_back(visit.context, visit.workspace, **await _read(visit), by=visit.by)
    if card.address:
        shown = await show_answer(visit, card.reply_id)
        return visit.tell(shown["read_backs"][0].sentence, template="_answer.html", **shown)
    told = visit.say("read_back.by_hand")
    return visit.tell(told, template="_read_back.html", **_describe(visit, card), is_noted=True)


async def _read(visit: Visit) -> dict[str, Any]:
    follow_up, to = await visit.read_field("follow_up"), (await visit.read_field("to")).strip()
    return {"reply_id": visit.number("reply"), "follow_up": follow_up, "to": to}


def _show(visit: Visit, card: desk.ReadBackCard) -> Response:
    return visit.show("_read_back.html", **_describe(visit, card), is_noted=False)


def _describe(visit: Visit, card: desk.ReadBackCard) -> dict[str, Any]:
    return {"card": card, "slug": visit.request.path_params["slug"], "reply": visit.number("reply")}


ROUTES = (
    get("/answers/{slug}/{reply}/read-back", show),
    post("/answers/{slug}/{reply}/read-back/draft", draft),
    post("/answers/{slug}/{reply}/read-back", send),
)
