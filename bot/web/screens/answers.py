"""Answers: the list, one answer beside it, what an editor decides about it."""

from starlette.responses import Response

from bot import desk
from bot.web.visit import PageState, Screen, Visit, get, post
from storage.models import Question
from storage.states import VerdictValue


def read_on(state: PageState, question: Question) -> None:
    """Collect a question and judge what comes, while the screen shows what there is."""
    state.start(name_reading(question), desk.read_question(state.context, question))


def name_reading(question: Question) -> str:
    """The name of that work."""
    return f"read {question.id}"


# ---------------------------------------------------------------- showing


async def show_newest(visit: Visit) -> Response:
    """The newest question's."""
    question = await desk.pick_question(visit.context, visit.workspace, None)
    return visit.go(f"/answers/{question.slug}")


async def show(visit: Visit) -> Response:
    """The screen: the list, and the best so far beside it."""
    question = await desk.pick_question(visit.context, visit.workspace, visit.request.path_params["slug"])
    return visit.show("answers.html", question=question, **await _list(visit, question))


async def show_list(visit: Visit) -> Response:
    """The list alone."""
    question = await desk.pick_question(visit.context, visit.workspace, visit.request.path_params["slug"])
    return visit.show("_answers.html", question=question, **await _list(visit, question))


async def _list(visit: Visit, question: Question) -> dict[str, object]:
    name = name_reading(question)
    found = await desk.search(visit.context, visit.workspace, question=question.slug)
    return {"found": found, "is_reading": visit.is_busy(name), "problem": visit.find_problem(name)}


async def show_one(visit: Visit) -> Response:
    """One answer."""
    review = await desk.read_review(visit.context, visit.workspace, visit.number("reply"))
    return visit.show("_answer.html", review=review)


# ---------------------------------------------------------------- deciding


async def decide(visit: Visit) -> Response:
    """An editor's verdict."""
    reply_id = visit.number("reply")
    value = VerdictValue(visit.request.path_params["value"])
    await desk.decide(visit.context, visit.workspace, reply_id, value, editor=visit.by)
    act = await desk.find_last_about(visit.context, visit.workspace, "judged", f"reply {reply_id}", visit.by)
    review = await desk.read_review(visit.context, visit.workspace, reply_id)
    return visit.tell(visit.say(f"answers.done.{value}"), act=act, template="_answer.html", review=review)


SCREEN = Screen(
    "answers",
    (
        get("/answers", show_newest),
        get("/answers/{slug}", show),
        get("/answers/{slug}/list", show_list),
        get("/answers/{slug}/{reply}", show_one),
        post("/answers/{slug}/{reply}/{value}", decide),
    ),
)
