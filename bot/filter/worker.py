"""The filter in a process of its own, so that the event loop never waits for it.

Wordings go in and judgements come out in batches; the worker has no database handle.
"""

import asyncio
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing, suppress
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from bot.filter.values import FilterSettings, JudgedQuestion, JudgedWording, ReadWordings, Wording

BATCH = 500  # judgements in one message: reading it holds the loop's process for a few milliseconds

P = ParamSpec("P")
T = TypeVar("T")


class FilterWorker:
    """One spawned worker process. It starts with the first job; entering the context costs nothing.

    A worker that dies is replaced and the job repeated once; if that one dies too, BrokenProcessPool is raised.
    """

    def __init__(self, settings: FilterSettings = FilterSettings()) -> None:  # noqa: B008  # frozen
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None
        self._opening = asyncio.Lock()
        self._jobs = itertools.count(1)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
            self._pool = None

    async def judge(self, asked: JudgedQuestion, read: ReadWordings) -> AsyncGenerator[list[JudgedWording], None]:
        """Judge all answers to one question in the worker: see `bot.context.Judges`."""
        pool = await self._open_pool()
        try:
            async for batch in self._run_job(pool, asked, read()):
                yield batch
        except BrokenProcessPool:
            self._forget(pool)
            async for batch in self._run_job(await self._open_pool(), asked, read()):
                yield batch

    async def make_prints(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Make the prints of texts in the worker: see `bot.context.Judges`."""
        pool = await self._open_pool()
        try:
            return await _call(pool, _print_texts, texts)
        except BrokenProcessPool:
            self._forget(pool)
            return await _call(await self._open_pool(), _print_texts, texts)

    async def _run_job(
        self, pool: ProcessPoolExecutor, asked: JudgedQuestion, wordings: AsyncGenerator[list[Wording], None]
    ) -> AsyncGenerator[list[JudgedWording], None]:
        job = next(self._jobs)
        try:
            async with aclosing(wordings):
                async for batch in wordings:
                    await _call(pool, _receive, job, batch)
            for start in range(0, await _call(pool, _judge, job, asked, self._settings), BATCH):
                yield await _call(pool, _fetch, job, start)
        finally:
            with suppress(RuntimeError):
                pool.submit(_drop, job)  # refused by a pool that is broken or closed: it holds nothing any more

    async def _open_pool(self) -> ProcessPoolExecutor:
        """Make the pool in a thread: its semaphores start a process of their own, 20 ms on the loop."""
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncio.to_thread(_make_pool)
            return self._pool

    def _forget(self, broken: ProcessPoolExecutor) -> None:
        """Let go of *broken*, unless another job has replaced it already."""
        if self._pool is broken:
            self._pool = None
        broken.shutdown(wait=False)


def _make_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_start)


async def _call(pool: ProcessPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Submit from a thread: the first submit spawns the process, which takes longer than the loop may wait."""
    future = await asyncio.to_thread(pool.submit, work, *args, **kwargs)
    return await asyncio.wrap_future(future)


# What follows runs in the worker process.

_received: dict[int, list[Wording]] = {}
_judged: dict[int, list[JudgedWording]] = {}


def _start() -> None:
    """Leave ctrl-C to the bot, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _receive(job: int, batch: list[Wording]) -> None:
    _received.setdefault(job, []).extend(batch)


def _judge(job: int, asked: JudgedQuestion, settings: FilterSettings) -> int:
    """Return how many judgements there are to fetch."""
    from bot.filter.wordings import judge_wordings  # here, where the work is done

    _judged[job] = judge_wordings(asked, _received.pop(job, []), settings)
    return len(_judged[job])


def _fetch(job: int, start: int) -> list[JudgedWording]:
    return _judged[job][start : start + BATCH]


def _drop(job: int) -> None:
    _received.pop(job, None)
    _judged.pop(job, None)


def _print_texts(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    from bot.filter.wordings import print_texts

    return print_texts(texts)
