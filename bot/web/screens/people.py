"""People: who answered, all that is held on one of them, and erasing them."""

import json

from starlette.responses import Response

from bot import desk
from bot.web.visit import Screen, Visit, get, post

SHOWN = 100


async def show(visit: Visit) -> Response:
    """The list, or those with a name."""
    named = visit.request.query_params.get("named", "")[:200]
    found = await desk.list_people(visit.context, visit.workspace, named, most=SHOWN + 1)
    return visit.show("people.html", people=found[:SHOWN], named=named, has_more=len(found) > SHOWN, shown=SHOWN)


async def show_one(visit: Visit) -> Response:
    """One person."""
    return await _show(visit, "person.html")


async def confirm(visit: Visit) -> Response:
    """What would be erased, by name, and a button that does it."""
    return await _show(visit, "forget.html")


async def _show(visit: Visit, template: str) -> Response:
    report = await desk.read_source(visit.context, visit.workspace, str(visit.number("person")))
    return visit.show(template, report=report, person=report.author)


async def hand_over(visit: Visit) -> Response:
    """All that is held, as a file."""
    number = visit.number("person")
    held = await desk.read_about(visit.context, visit.workspace, str(number))
    headers = {"content-disposition": f'attachment; filename="person-{number}.json"'}
    text = json.dumps(held, ensure_ascii=False, indent=1, default=str)
    return Response(text, media_type="application/json", headers=headers)


async def forget(visit: Visit) -> Response:
    """Erase a person."""
    number = str(visit.number("person"))
    author = (await desk.read_source(visit.context, visit.workspace, number)).author
    name = author.display_name or author.handle
    done = await desk.forget_author(visit.context, visit.workspace, number, by=visit.by)
    return visit.show("forgotten.html", name=name, done=done)


SCREEN = Screen(
    "",
    (
        get("/running/people", show),
        get("/running/people/{person}", show_one),
        get("/running/people/{person}/about", hand_over),
        get("/running/people/{person}/forget", confirm),
        post("/running/people/{person}/forget", forget),
    ),
)
