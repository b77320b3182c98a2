"""The strip on top of every screen: the open questions with clock and counts, and what will never go out."""

from datetime import timedelta

from starlette.responses import Response

from bot import desk
from bot.desk import DeskError, Remedy
from bot.web.screens.running import make_teller
from bot.web.visit import Screen, Visit, get, post
from storage.states import PostState

OF_POSTS = (Remedy.TRY, Remedy.AGAIN)
"""Told even where nothing is open: what went wrong with a post."""
LONGER = timedelta(hours=2)
GONE = {PostState.REMOVED, PostState.CANCELLED}
"""Of a post that its asker took back: nothing of it can be made longer or deleted once more."""


async def show(visit: Visit) -> Response:
    """The strip; every screen asks for it again and again."""
    status = await desk.read_status(visit.context, visit.workspace)
    asked = [each for each in status.questions if not each.closed and {post.state for post in each.posts} - GONE]
    problems = [line for line in make_teller(visit).tell_problems(status) if asked or line.remedy in OF_POSTS]
    return visit.show("_strip.html", asked=asked, problems=problems)


async def extend(visit: Visit) -> Response:
    """Two hours more."""
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    closes_at = await desk.extend(visit.context, question, LONGER)
    return visit.tell(visit.say("strip.extended", at=visit.speech.tell_time(closes_at)))


async def remind(visit: Visit) -> Response:
    """One reminder under each of its posts, once."""
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    accounts = await desk.remind(visit.context, question)
    visit.start(f"post {question.slug}", desk.post_now(visit.context, question))
    return visit.tell(visit.say("strip.reminded", where=", ".join(accounts)))


async def take_back(visit: Visit) -> Response:
    """Remove the own posts of a question everywhere."""
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    reports = await desk.take_back(visit.context, question)
    failed = [f"{report.account}: {report.message}" for report in reports if not report.done]
    if failed:
        raise DeskError("; ".join(failed))
    return visit.tell(visit.say("strip.taken_back"))


async def try_now(visit: Visit) -> Response:
    """What waits for another try goes out at once, or it is told why not."""
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    posts = await desk.hurry(visit.context, question)
    teller = make_teller(visit)
    return visit.tell("; ".join(f"{post.account}: {teller.describe_state(post)}" for post in posts))


SCREEN = Screen(
    "",
    (
        get("/strip", show),
        post("/strip/extend", extend),
        post("/strip/remind", remind),
        post("/strip/take-back", take_back),
        post("/strip/try", try_now),
    ),
)
