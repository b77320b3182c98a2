"""What is running: `status` in sentences."""

from starlette.responses import Response

from bot import desk
from bot.web.visit import Screen, Visit, get


async def show(visit: Visit) -> Response:
    """What fails, and the state of each account and question."""
    status = await desk.read_status(visit.context, visit.workspace)
    return visit.show("running.html", status=status, problems=list(desk.list_problems(status)))


SCREEN = Screen("running", (get("/running", show),))
