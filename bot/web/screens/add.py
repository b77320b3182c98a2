"""Add answers: a file or a table is brought, what is understood of it is shown, and then it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from bot import desk
from bot.desk import DeskError, HeldFile, ImportDefaults, LeaveChoices, PastedChoice
from bot.desk.answers.import_files import COLUMNS
from bot.desk.answers.imports import ImportPreview, LooksPasted
from bot.desk.bringing.cells import Leave, LeaveHeading
from bot.desk.bringing.moments import ORDERS
from bot.replies.judge import judge_question
from bot.web.visit import Screen, Visit, get, post
from storage.models import Question

MOST_CELLS = 12
"""Cells of a column that somebody is asked about at a time."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What is to be added to which question, and how it is read. key: where it is held in memory."""

    question: Question
    file: HeldFile
    key: str
    given: ImportDefaults
    table: desk.SeenTable


async def show(visit: Visit) -> Response:
    """The field; and what is understood of what was brought on the first screen."""
    status = await desk.read_status(visit.context, visit.workspace)
    held = visit.find_held(visit.request.query_params.get("held", ""))
    shown: dict[str, Any] = {"questions": status.questions[::-1], "slug": ""}
    if held is not None and status.questions:
        question = await desk.pick_question(visit.context, visit.workspace, None)
        file = HeldFile(held.name, held.data) if held.name else _hold(held.data.decode(errors="replace"))
        if file is not None:
            shown |= await _preview(visit, await _bring(visit, question, file))
    return visit.show("add.html", **shown)


async def bring(visit: Visit) -> Response:
    """Show what is understood of a file, of a pasted table, or ask who said a single answer."""
    form = await visit.read_form()
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    upload, text = form.get("file"), await visit.read_field("text")
    if isinstance(upload, UploadFile) and upload.filename:
        file: HeldFile | None = HeldFile(upload.filename, await upload.read())
    elif text.strip():
        file = _hold(text)
    else:
        raise DeskError(visit.say("add.nothing"))
    if file is None:
        return visit.show("_one_answer.html", slug=question.slug, text=text)
    return visit.show("_brought.html", **await _preview(visit, await _bring(visit, question, file)))


async def preview(visit: Visit) -> Response:
    """The same with what somebody corrected."""
    return visit.show("_brought.html", **await _preview(visit, await _read_brought(visit)))


async def take(visit: Visit) -> Response:
    """Store what was shown."""
    brought = await _read_brought(visit)
    found = await desk.preview_import(visit.context, brought.question, brought.file, brought.given)
    if found.questions:
        raise DeskError(visit.say("add.still"))
    done = await desk.take_import(visit.context, found)
    return await _tell(visit, brought.question, done.act, visit.say("add.taken", done.added))


async def take_one(visit: Visit) -> Response:
    """Store one answer."""
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    names = ("text", "author", "handle", "link", "at")
    values = {name: (await visit.read_field(name)).strip() for name in names}
    if not (values["author"] or values["handle"]):
        raise DeskError(visit.say("add.nobody"))
    given = ImportDefaults(
        await visit.read_field("network") or "import",
        consent=await visit.read_field("consent"),
        pasted=_read_pasted(await visit.read_form()),
        by=visit.by,
    )
    try:
        done = await desk.add_one(visit.context, question, values, given)
    except LooksPasted as error:
        raise DeskError(visit.say("add.looks_pasted", words=error.words or "–")) from error
    told = visit.say("add.added_one", author=values["author"] or values["handle"])
    return await _tell(visit, question, done.act, told if done.added else visit.say("add.known_one"))


async def _tell(visit: Visit, question: Question, act: int | None, told: str) -> Response:
    """Judged in the background: the answers appear on their screen while they are."""
    visit.start(f"read {question.id}", judge_question(visit.context, question.id))
    return visit.tell(told, act=act, template="_added.html", told=told, slug=question.slug)


# ---------------------------------------------------------------- how it is read


def _hold(text: str) -> HeldFile | None:
    """A pasted table or page."""
    return desk.hold_table(text) or desk.hold_page(text)


async def _bring(visit: Visit, question: Question, file: HeldFile) -> Brought:
    table = desk.look_at_table(file)
    understood = await desk.understand_file(visit.context, question, file, ImportDefaults())
    given = ImportDefaults(columns=understood.columns, guesses=False, by=visit.by)
    return Brought(question, file, visit.hold(file.name, file.data), given, table)


async def _read_brought(visit: Visit) -> Brought:
    """What is held, and how somebody wants it read. Raises DeskError where it is held no longer."""
    form = await visit.read_form()
    held = visit.find_held(str(form.get("held", "")))
    if held is None:
        raise DeskError(visit.say("add.gone"))
    question = await desk.pick_question(visit.context, visit.workspace, await visit.read_field("question"))
    file = HeldFile(held.name, held.data)
    table = desk.look_at_table(file)
    given = ImportDefaults(
        await visit.read_field("network") or "import",
        consent=(await visit.read_field("consent")).strip(),
        columns=_read_columns(form, table.headings),
        leave=_read_leave(form),
        pasted=_read_pasted(form),
        guesses=False,
        dates=_read_dates(form),
        by=visit.by,
    )
    return Brought(question, file, visit.hold(held.name, held.data), given, table)


def _read_columns(form: FormData, headings: tuple[str, ...]) -> dict[str, str]:
    chosen = {column: str(form.get(f"column_{column}", "")) for column in COLUMNS}
    return {column: heading for column, heading in chosen.items() if heading in headings}


def _read_leave(form: FormData) -> LeaveChoices:
    """What the cells mean that were asked about, and which columns are not about quoting."""
    known = {each.name: each for each in Leave}
    pairs = zip(form.getlist("cell"), form.getlist("means"), strict=False)
    means = {str(cell): known[str(meant)] for cell, meant in pairs if str(meant) in known}
    return LeaveChoices(ignored=tuple(map(str, form.getlist("ignored"))), means=means)


def _read_dates(form: FormData) -> str:
    wanted = str(form.get("dates", ""))
    return wanted if wanted in ORDERS else ""


def _read_pasted(form: FormData) -> PastedChoice:
    wanted = str(form.get("pasted", ""))
    return PastedChoice(wanted) if wanted in [*PastedChoice] else PastedChoice.ASK


# ---------------------------------------------------------------- what is shown


async def _preview(visit: Visit, brought: Brought) -> dict[str, Any]:
    """What would be added, and what has to be said before; nothing is stored."""
    shown: dict[str, Any] = {
        "slug": brought.question.slug,
        "held": brought.key,
        "name": brought.file.name,
        "given": brought.given,
        "headings": brought.table.headings,
        "orders": ORDERS,
        "chosen": brought.given.columns,
        "columns": COLUMNS,
        "leaves": [each for each in Leave if each is not Leave.UNASKED],
        "preview": None,
        "ignored": brought.given.leave.ignored,
        "means": {cell: leave.name for cell, leave in brought.given.leave.means.items()},
    }
    if brought.table.headings and "text" not in brought.given.columns:
        return shown
    found = await desk.preview_import(visit.context, brought.question, brought.file, brought.given)
    return (
        shown
        | {
            "preview": found,
            "unclear": [_describe_unclear(each) for each in found.unclear],
            "naming": _find_naming(found),
        }
        | {"how": [each.tell(visit.speech.language) for each in found.found.how]}
        | _count(found)
    )


def _describe_unclear(told: Any) -> Mapping[str, Any]:
    cells = told.cells.most_common(MOST_CELLS)
    return {"name": told.column.name, "asks": told.column.asks.name, "cells": cells}


def _find_naming(found: ImportPreview) -> list[str]:
    """Columns that ask for the name, where nothing says that anybody may be quoted."""
    if not found.questions or found.unclear:
        return []
    return [each.name for each in found.columns.values() if each.asks is LeaveHeading.NAMING and not each.ignored]


def _count(found: ImportPreview) -> dict[str, Any]:
    done = found.found
    return {
        "counts": [
            (name, number)
            for name, number in (
                ("known", done.known),
                ("granted", done.granted),
                ("refused", done.refused),
                ("deleted", done.deleted),
                ("left_out", done.left_out),
                ("undated", done.undated),
                ("marked", done.marked),
                ("skipped", sum(done.skipped.values())),
                ("heard", done.heard),
                ("newer", done.newer),
                ("over", done.over),
            )
            if number
        ],
        "rows": [(name, rows) for name, rows in (("bad", done.bad), ("held_back", done.held_back)) if rows],
    }


SCREEN = Screen(
    "add",
    (
        get("/add", show),
        post("/add", bring),
        post("/add/preview", preview),
        post("/add/take", take),
        post("/add/one", take_one),
    ),
)
