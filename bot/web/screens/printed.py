"""Printed quotes: what was printed where, and what became of its source since."""

from starlette.responses import Response

from bot import desk
from bot.web.visit import Screen, Visit, get, post


async def show(visit: Visit) -> Response:
    """The list, the newest first."""
    return await _show(visit)


async def _show(visit: Visit, **given: object) -> Response:
    rows = await desk.list_printed(visit.context, visit.workspace)
    mails = await desk.list_given_away(visit.context, visit.workspace)
    return visit.show("printed.html", printed=rows[::-1], mails=mails, **{"used": None} | given)


async def enter(visit: Visit) -> Response:
    """A quote was printed; what to post under it is shown."""
    given = {name: (await visit.read_field(name)).strip() for name in ("reply", "url", "title", "quote")}
    named, url = given.pop("reply"), given.pop("url")
    used = await desk.record_use(visit.context, visit.workspace, named, url, by=visit.by, **given)
    return await _show(visit, used=used)


SCREEN = Screen("", (get("/running/printed", show), post("/running/printed", enter)))
