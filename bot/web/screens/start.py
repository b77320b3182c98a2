"""The first screen: one field that takes a link, a file, a draft or a question, and leads on."""

from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot import desk
from bot.desk import BroughtKind, DeskError
from bot.web.screens.answers import read_on
from bot.web.visit import Screen, Visit, get, post

LEADS_TO = {BroughtKind.DRAFT: "check", BroughtKind.ANSWERS: "add", BroughtKind.QUESTION: "ask"}


async def show(visit: Visit) -> Response:
    """The field, and the questions that there are."""
    status = await desk.read_status(visit.context, visit.workspace)
    return visit.show("start.html", questions=status.questions[::-1])


async def take(visit: Visit) -> Response:
    """Lead to the screen for what was brought; a link is read at once."""
    form = await visit.read_form()
    file, text = form.get("file"), await visit.read_field("text")
    if isinstance(file, UploadFile) and file.filename:
        name, data = file.filename, await file.read()
    else:
        name, data = "", text.strip().encode()
    if not data:
        raise DeskError(visit.say("start.nothing"))
    kind = desk.guess_kind(text.strip(), name)
    if kind is BroughtKind.LINK:
        return await take_link(visit, text.strip())
    if LEADS_TO[kind] not in visit.state.screens:
        raise DeskError(visit.say("start.not_here"))
    rich = await visit.read_field("rich") if kind is BroughtKind.DRAFT and not name else ""
    if rich.strip():
        name, data = "pasted.html", rich.encode()
    return visit.go(f"/{LEADS_TO[kind]}?{urlencode({'held': visit.hold(name, data)})}")


async def take_link(visit: Visit, link: str) -> Response:
    """The post becomes a question, and its answers appear while they are read."""
    sighting = await desk.sight(visit.context, link)
    question, _, _ = await desk.adopt(
        visit.context, link, workspace=visit.workspace, zone=visit.zone, sighting=sighting
    )
    read_on(visit.state, question)
    return visit.go(f"/answers/{question.slug}")


SCREEN = Screen("", (get("/", show), post("/take", take)))
