"""What was done, and taking it back; what is sent or erased has no Undo and is listed first."""

from starlette.responses import Response

from bot import desk
from bot.web.visit import Screen, Visit, get, post


async def show(visit: Visit) -> Response:
    """The last acts."""
    acts = await desk.list_history(visit.context, visit.workspace)
    final = [act for act in acts if not act.can_be_undone and act.undone_at is None]
    return visit.show("history.html", final=final, others=[act for act in acts if act not in final])


async def undo(visit: Visit) -> Response:
    """Take an act back."""
    undone = await desk.undo(visit.context, visit.workspace, visit.number("act"), by=visit.by)
    return visit.tell(" ".join((visit.say("undone"), *undone.told)))


SCREEN = Screen("history", (get("/history", show), post("/history/{act}/undo", undo)))
