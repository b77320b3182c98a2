"""Compiling a digest: from the store to a row that says what it selects."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import wraps
from typing import ParamSpec

from adapters.contract.capabilities import Capabilities
from bot.digest.garbage import without_cycle_search
from bot.digest.model import Cost, Kind, Selection
from bot.digest.page.costs import gather_costs, start_of
from bot.digest.rows import ErasedMeanwhile, Frame, load_selection, save_selection
from bot.digest.selection.block import Material, build_block
from bot.digest.selection.gather import gather_material, gather_rounds
from bot.digest.selection.week import Gathered, Week, WeekSection, find_known, find_section, select_week
from bot.questions.clock import start_of_day
from bot.quotes import Edition
from storage.digests.digests import question_ids, weeks_before
from storage.engine import Session, Store
from storage.erasing.generation import read_generation
from storage.questions.questions import load_question

MOST_QUOTES = 10
"""Quotes a question; the rest is counted."""


P = ParamSpec("P")


def _until_nobody_is_erased(compile_it: Callable[P, Awaitable[int]]) -> Callable[P, Awaitable[int]]:
    """Compile again where somebody was erased meanwhile: their name must not come back with what was read before."""

    @wraps(compile_it)
    async def compiled(*args: P.args, **kwargs: P.kwargs) -> int:
        while True:
            with suppress(ErasedMeanwhile):
                return await compile_it(*args, **kwargs)

    return compiled


@_until_nobody_is_erased
@without_cycle_search
async def compile_question(
    store: Store,
    question_id: int,
    *,
    as_of: datetime,
    zone: str,
    edition: Edition,
    final: bool,
    capabilities: Mapping[str, Capabilities],
    most_quotes: int = MOST_QUOTES,
) -> int:
    """Compile the digest of one question and answer the id of its row.

    Of a question that is asked again and again it is the round that last began. Where nothing changed since the
    last revision, that one is the answer. capabilities: by platform. Raises LookupError.
    """
    async with store.read() as session:
        generation = await read_generation(session)
        question, _ = await load_question(session, question_id)
        slug, content, rounds = await gather_rounds(session, question_id)
        material = _pick_last(await gather_material(session, question_id, slug, content, rounds), as_of)
        costs = await _gather_costs(session, [material], start_of([material], as_of), as_of, edition)
    block = await asyncio.to_thread(
        build_block, material, capabilities, edition=edition, as_of=as_of, most_quotes=most_quotes
    )
    period = slug if material.round is None or not material.round.name else f"{slug}@{material.round.name}"
    frame = Frame(question.workspace, Kind.QUESTION, period, edition, as_of, zone, final)
    return await save_selection(store, frame, Selection(content.language, (block,), costs=costs), generation)


async def _gather_costs(
    session: Session, materials: list[Material], since: datetime, until: datetime, edition: Edition
) -> tuple[Cost, ...]:
    return await gather_costs(session, materials, since, until) if edition is Edition.PRIVATE else ()


def _pick_last(materials: list[Material], as_of: datetime) -> Material:
    begun = [each for each in materials if each.round is not None and each.round.starts_at <= as_of]
    return begun[-1] if begun else materials[0]


@_until_nobody_is_erased
@without_cycle_search
async def compile_week(
    store: Store,
    workspace: str,
    monday: date,
    *,
    as_of: datetime,
    zone: str,
    edition: Edition,
    capabilities: Mapping[str, Capabilities],
    most_quotes: int = MOST_QUOTES,
) -> int:
    """Compile the digest of the week that begins on `monday` in `zone` and answer the id of its row.

    In full what closed in it, then what became usable since of what closed before, then a line for each open
    question. It is final where `as_of` is past its Sunday. Raises ValueError where `monday` is none.
    """
    if monday.weekday() != 0:
        raise ValueError(f"{monday} is no Monday; a week begins on one")
    week = Week(start_of_day(monday, zone), start_of_day(monday + timedelta(days=7), zone), as_of)
    async with store.read() as session:
        generation = await read_generation(session)
    gathered = await _gather_week(store, workspace, monday, edition, week)
    async with store.read() as session:
        until = min(as_of, week.ends_at)
        costs = await _gather_costs(session, list(gathered.materials), week.starts_at, until, edition)
    selection = await asyncio.to_thread(
        select_week, gathered, week, edition=edition, capabilities=capabilities, most_quotes=most_quotes
    )
    frame = Frame(workspace, Kind.WEEK, monday.isoformat(), edition, as_of, zone, week.is_over)
    return await save_selection(store, frame, replace(selection, costs=costs), generation)


async def list_week(store: Store, workspace: str, monday: date, *, as_of: datetime, zone: str) -> list[int]:
    """The ids of the questions of which a week can quote something, in whatever edition."""
    week = Week(start_of_day(monday, zone), start_of_day(monday + timedelta(days=7), zone), as_of)
    async with store.read() as session:
        firsts = [await _find_first(session, workspace, edition, monday) for edition in Edition]
        first = min((each for each in firsts if each is not None), default=None)
        found = []
        for question_id in await question_ids(session, workspace):
            _, _, rounds = await gather_rounds(session, question_id)
            if any(find_section(each, week, first) in {WeekSection.CLOSED, WeekSection.LATE} for each in rounds):
                found.append(question_id)
    return found


async def _find_first(session: Session, workspace: str, edition: Edition, monday: date) -> datetime | None:
    """The start of the first weekly digest there was, None where this is it."""
    rows = await weeks_before(session, workspace=workspace, edition=edition, monday=monday.isoformat())
    return start_of_day(date.fromisoformat(rows[0].period), rows[0].zone) if rows else None


async def _gather_week(store: Store, workspace: str, monday: date, edition: Edition, week: Week) -> Gathered:
    """Everything of the rounds that belong into the week, and what earlier weeks knew."""
    materials: list[Material] = []
    async with store.read() as session:
        rows = await weeks_before(session, workspace=workspace, edition=edition, monday=monday.isoformat())
        first = start_of_day(date.fromisoformat(rows[0].period), rows[0].zone) if rows else None
        for question_id in await question_ids(session, workspace):
            slug, content, rounds = await gather_rounds(session, question_id)
            if any(find_section(each, week, first) for each in rounds):
                found = await gather_material(session, question_id, slug, content, rounds)
                materials += [each for each in found if find_section(each.round, week, first)]
    return Gathered(materials, find_known(load_selection(row) for row in rows), first)
