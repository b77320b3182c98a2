"""What would a chat model say? A part of Answers: the flood as one sentence and one picture, two texts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from bot import desk
from bot.web.visit import Visit, get, post

if TYPE_CHECKING:
    from bot.desk import Flood


async def show(visit: Visit) -> Response:
    """The flood, the decoys that there are, and a field for another one."""
    return visit.show("_decoys.html", **await _read(visit))


async def _read(visit: Visit) -> dict[str, Any]:
    slug = visit.request.path_params["slug"]
    question = await desk.pick_question(visit.context, visit.workspace, slug)
    flood = await desk.read_flood(visit.context, visit.workspace, slug)
    decoys = await desk.list_decoys(visit.context, question)
    return {"slug": question.slug, "flood": flood, "told": _tell(visit, flood), "decoys": decoys}


def _tell(visit: Visit, flood: Flood) -> str:
    parts = [visit.say("decoys.worth", flood.worth)]
    if flood.common is not None:
        parts.append(visit.say("decoys.common", flood.common))
    if flood.grouped:
        parts.append(visit.say("decoys.senders", flood.senders, grouped=flood.grouped))
    return f"{visit.say('decoys.came', flood.came)} {', '.join(parts)}."


async def add(visit: Visit) -> Response:
    """Another one; the answers are judged with it at once."""
    slug = visit.request.path_params["slug"]
    question = await desk.pick_question(visit.context, visit.workspace, slug)
    await desk.add_decoys(visit.context, question, [await visit.read_field("text")], by=visit.by)
    await desk.judge_now(visit.context, question)
    return visit.tell(visit.say("decoys.added"), template="_decoys.html", **await _read(visit))


async def lay_beside(visit: Visit) -> Response:
    """An answer beside a decoy, or beside another answer."""
    reply_id, other = visit.number("reply"), visit.number("other")
    left, right = await desk.lay_beside(visit.context, visit.workspace, reply_id, other)
    return visit.show("_beside.html", slug=visit.request.path_params["slug"], sides=(left, right), reply=reply_id)


ROUTES = (
    get("/answers/{slug}/decoys", show),
    post("/answers/{slug}/decoys", add),
    get("/answers/{slug}/{reply}/beside", lay_beside),
)
