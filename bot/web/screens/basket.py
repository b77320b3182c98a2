"""The basket, the drawer of Answers: what is kept in an order of one's own, and copying it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot import desk
from bot.desk import DeskError
from bot.web.visit import Visit, get, post

if TYPE_CHECKING:
    from bot.desk import BasketItem, Citation
    from storage.models import Question


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def show(visit: Visit) -> Response:
    """The drawer."""
    return await _show(visit)


async def _show(visit: Visit) -> Response:
    question, items = await _read(visit)
    return visit.show("_basket.html", slug=question.slug, items=items)


async def _read(visit: Visit) -> tuple[Question, list[BasketItem]]:
    return await desk.read_basket(visit.context, visit.workspace, visit.request.path_params["slug"])


async def move(visit: Visit) -> Response:
    """One place up or down."""
    by = {"up": -1, "down": 1}.get(visit.request.path_params["way"], 0)
    slug = visit.request.path_params["slug"]
    await desk.move_kept(visit.context, visit.workspace, slug, visit.number("reply"), by)
    return await _show(visit)


async def credit(visit: Visit) -> Response:
    """Name, role, firm and link, with who said so."""
    form = await visit.read_form()
    name, role, organisation, link, said_by = (
        str(form.get(key, "")) for key in ("name", "role", "organisation", "link", "said_by")
    )
    reply_id = visit.number("reply")
    await desk.record_credit(
        visit.context,
        visit.workspace,
        reply_id,
        name=name,
        role=role,
        organisation=organisation,
        link=link,
        said_by=said_by,
        by=visit.by,
    )
    act = await desk.find_last_about(visit.context, visit.workspace, "credit", f"reply {reply_id}", visit.by)
    question, items = await _read(visit)
    told = visit.say("basket.credited")
    return visit.tell(told, act=act, template="_basket.html", slug=question.slug, items=items)


# ---------------------------------------------------------------- copying


async def copy_one(visit: Visit) -> Response:
    """One quote for the clipboard, in three forms."""
    cited = await desk.cite(visit.context, visit.workspace, visit.number("reply"))
    return _give(visit, [cited])


async def copy_all(visit: Visit) -> Response:
    """All that may be quoted."""
    return _give(visit, (await _list_cited(visit))[1])


async def _list_cited(visit: Visit) -> tuple[Question, list[Citation]]:
    question, items = await _read(visit)
    cited = [item.citation for item in items if item.citation is not None]
    if not cited:
        raise DeskError(visit.say("basket.nothing"))
    return question, cited


def _give(visit: Visit, cited: list[Citation]) -> Response:
    told = visit.render("_told.html", sentence=visit.say("basket.copied", len(cited)), act=None)
    return JSONResponse(
        {
            "html": "\n".join(each.html for each in cited),
            "plain": "\n\n".join(each.plain for each in cited),
            "markdown": "\n\n".join(each.markdown for each in cited),
            "told": told,
        }
    )


async def give_file(visit: Visit) -> Response:
    """The same as a file."""
    kind, (question, cited) = visit.request.path_params["kind"], await _list_cited(visit)
    headers = {"content-disposition": f'attachment; filename="{visit.request.path_params["slug"]}.{kind}"'}
    if kind == "md":
        return PlainTextResponse("\n\n".join(each.markdown for each in cited) + "\n", headers=headers)
    if kind == "html":
        body = "\n".join(each.html for each in cited)
        return HTMLResponse(f'<!doctype html><meta charset="utf-8"><title>pullquote</title>\n{body}\n', headers=headers)
    if kind == "docx":
        content = await asyncio.to_thread(desk.write_word_file, question, cited, visit.context.now())
        return Response(content, media_type=WORD, headers=headers)
    raise DeskError(visit.say("nothing_here"))


ROUTES = (
    get("/answers/{slug}/basket", show),
    get("/answers/{slug}/basket/copy", copy_all),
    get("/answers/{slug}/basket/file.{kind}", give_file),
    post("/answers/{slug}/basket/{reply}/credit", credit),
    post("/answers/{slug}/basket/{reply}/{way}", move),
    get("/answers/{slug}/{reply}/copy", copy_one),
)
