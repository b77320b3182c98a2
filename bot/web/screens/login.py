"""A login: tried at once, its secret written into a file of its own."""

from starlette.responses import Response

from bot import desk
from bot.web.visit import Screen, Visit, get, post


async def show(visit: Visit) -> Response:
    """One form a platform; which of them is needed stays the visitor's choice."""
    platforms = [(each, desk.list_login_keys(each)) for each in desk.list_login_platforms()]
    return visit.show("login.html", platforms=platforms, draft_id=visit.number("draft") or "", done=None)


async def log_in(visit: Visit) -> Response:
    """Try it, and write it down where it works."""
    form = await visit.read_form()
    given = {name: await visit.read_field(name) for name in form}
    login = desk.read_login(visit.context.config, given.pop("platform", ""), given)
    done = await desk.add_login(visit.context, login, zone=visit.zone)
    return visit.show("login.html", platforms=[], draft_id=given.get("draft", ""), done=done)


SCREEN = Screen("", (get("/login", show), post("/login", log_in)))
"""Not in the navigation: it is led to where an account is missing."""
