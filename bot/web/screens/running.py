"""What is running: `status` in sentences, backing up, notices, and the ways to the lists."""

from datetime import datetime

from starlette.responses import Response

from bot import desk
from bot.desk import Remedy, StatusTeller
from bot.web.visit import Screen, Visit, get, post
from bot.words.money import show_money


async def show(visit: Visit) -> Response:
    """The screen."""
    status = await desk.read_status(visit.context, visit.workspace)
    teller = make_teller(visit)
    accounts = [each for each in status.accounts if each.configured]
    return visit.show(
        "running.html",
        status=status,
        teller=teller,
        problems=list(teller.tell_problems(status)),
        accounts=accounts,
        notices=desk.list_notices(visit.context),
        show_money=show_money,
    )


def make_teller(visit: Visit) -> StatusTeller:
    """How the page says how things stand."""

    def tell_time(moment: datetime | None) -> str:
        return visit.say("running.never") if moment is None else visit.speech.tell_time(moment)

    remedies = {remedy: visit.say(f"running.remedies.{remedy}") for remedy in Remedy}
    return StatusTeller(visit.speech.language, tell_time, remedies)


async def pause(visit: Visit) -> Response:
    """Nothing is posted until it goes on."""
    await desk.pause_all(visit.context, visit.workspace, visit.by)
    return visit.tell(visit.say("running.paused"))


async def resume(visit: Visit) -> Response:
    """Posting goes on, and accounts that waited are tried again."""
    names = await desk.resume_all(visit.context, visit.workspace, visit.by)
    return visit.tell(visit.say("running.resumed_accounts" if names else "running.resumed", accounts=", ".join(names)))


async def back_up(visit: Visit) -> Response:
    """A copy of everything into a new file beside the config."""
    path, size = await desk.back_up_beside(visit.context)
    beside = visit.context.config.barred_key
    return visit.tell(visit.say("running.backed_up", file=path, mb=f"{size / 1024 / 1024:.1f}", with_it=beside))


async def export(visit: Visit) -> Response:
    """All tables as files."""
    folder, rows = await desk.export_beside(visit.context)
    return visit.tell(visit.say("running.exported", folder=folder, rows=rows))


async def try_notice(visit: Visit) -> Response:
    """One notice, to see whether it arrives."""
    place = await visit.read_field("place")
    await desk.try_notice(visit.context, place)
    return visit.tell(visit.say("running.notice_tried", place=place))


SCREEN = Screen(
    "running",
    (
        get("/running", show),
        post("/running/pause", pause),
        post("/running/resume", resume),
        post("/running/back-up", back_up),
        post("/running/export", export),
        post("/running/try-notice", try_notice),
    ),
)
