"""Answers: the list on its shelves, one answer beside it, and what an editor decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot import desk
from bot.desk import DeskError, Shelf
from bot.web.screens import basket, decoys, read_back
from bot.web.visit import PageState, Screen, Visit, get, post
from storage.models import Question
from storage.states import VerdictValue

# ---------------------------------------------------------------- reading a post


def read_on(state: PageState, question: Question) -> None:
    """Collect a question and judge what comes, while the screen shows what there is."""
    state.start(name_reading(question.slug), desk.read_question(state.context, question))


def name_reading(slug: str) -> str:
    """The name of that work."""
    return f"read {slug}"


# ---------------------------------------------------------------- showing


async def show_newest(visit: Visit) -> Response:
    """The newest question's."""
    question = await desk.pick_question(visit.context, visit.workspace, None)
    return visit.go(f"/answers/{question.slug}")


async def show(visit: Visit) -> Response:
    """The screen: the list, and beside it the answer that was asked for, else the best so far.

    While they are read, what nobody judged yet is no best one.
    """
    listed = await _list(visit)
    best = (each.id for each in listed["found"].answers if each.verdict is not None or not listed["is_reading"])
    wanted = visit.number("reply") or next(best, 0)
    shown = await _read(visit, wanted) if wanted else {"answer": None}
    return visit.show("answers.html", **shown, **listed)


async def show_list(visit: Visit) -> Response:
    """The list alone."""
    return visit.show("_answers.html", **await _list(visit))


async def _list(visit: Visit) -> dict[str, Any]:
    asked = visit.request.query_params
    shelf = asked.get("shelf", Shelf.WORTH)
    if shelf not in set(Shelf):
        raise DeskError(visit.say("answers.no_shelf"))
    slug, words, page = visit.request.path_params["slug"], asked.get("words", "")[:200], max(1, visit.number("page"))
    found = await desk.list_answers(visit.context, visit.workspace, slug, Shelf(shelf), words=words, page=page)
    name = name_reading(slug)
    return {
        "found": found,
        "slug": found.question,
        "shelf": shelf,
        "shelves": list(Shelf),
        "words": words,
        "address": _Addresses(slug, {"shelf": shelf, "words": words}),
        "is_reading": visit.is_busy(name),
        "problem": visit.find_problem(name),
    }


class _Addresses:
    """Of the list, with what is looked for in it."""

    def __init__(self, slug: str, asked: Mapping[str, str]) -> None:
        self._path, self._asked = f"/answers/{slug}", asked

    def __call__(self, part: str = "", **others: object) -> str:
        asked = {**self._asked, **{key: str(value) for key, value in others.items()}}
        return f"{self._path}{part}?{urlencode(asked)}"


async def show_one(visit: Visit) -> Response:
    """One answer; opened without the list, the whole screen."""
    reply_id = visit.number("reply")
    if not visit.is_fragment:
        return visit.go(
            f"/answers/{visit.request.path_params['slug']}?{urlencode({'shelf': 'all', 'reply': reply_id})}"
        )
    return visit.show("_answer.html", **await _read(visit, reply_id))


async def _read(visit: Visit, reply_id: int) -> dict[str, Any]:
    shown = await read_back.show_answer(visit, reply_id)
    visit.start(f"look {shown['answer'].id}", desk.note_look(visit.context, visit.workspace, shown["answer"].id))
    return shown


# ---------------------------------------------------------------- deciding


async def decide(visit: Visit) -> Response:
    """An editor's verdict."""
    given = visit.request.path_params["value"]
    if given not in set(VerdictValue):
        raise DeskError(visit.say("nothing_here"))
    decided = await desk.decide_as_seen(
        visit.context,
        [visit.workspace],
        visit.number("reply"),
        VerdictValue(given),
        editor=visit.by,
        is_same=lambda _: True,  # the last word of an editor stands, whatever another tab shows
    )
    return await _tell(visit, visit.say(f"answers.done.{given}"), decided.act)


async def _tell(visit: Visit, sentence: str, act: int | None = None) -> Response:
    shown = await read_back.show_answer(visit, visit.number("reply"))
    if (why_not := shown["answer"].told_why_not) is not None:
        sentence = f"{sentence} {visit.say('answers.but', why=why_not.tell(visit.speech.language))}"
    return visit.tell(sentence, act=act, template="_answer.html", **shown)


async def choose(visit: Visit) -> Response:
    """The passage, proven; who quotes it keeps it."""
    words = await visit.read_field("words")
    act = await desk.keep_passage(visit.context, visit.workspace, visit.number("reply"), words, by=visit.by)
    return await _tell(visit, visit.say("answers.chosen"), act)


async def quote_public(visit: Visit) -> Response:
    """Quote a public post whose author was not asked, by the editor's word."""
    await desk.quote_as_public(visit.context, visit.workspace, visit.number("reply"), by=visit.by)
    return await _tell(visit, visit.say("answers.is_public"))


SCREEN = Screen(
    "answers",
    (
        get("/answers", show_newest),
        get("/answers/{slug}", show),
        get("/answers/{slug}/list", show_list),
        *basket.ROUTES,
        *decoys.ROUTES,
        *read_back.ROUTES,
        get("/answers/{slug}/{reply}", show_one),
        post("/answers/{slug}/{reply}/passage", choose),
        post("/answers/{slug}/{reply}/public", quote_public),
        post("/answers/{slug}/{reply}/{value}", decide),
    ),
)
