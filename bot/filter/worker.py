"""The filter in a process of its own, so that the event loop never waits for it; a few replies are judged here.

Wordings go in and judgements come out in batches; the worker has no database handle.
"""

import asyncio
import itertools
import os
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar

from bot.filter.collecting import collect_rarely
from bot.filter.values import FilterSettings, JudgedQuestion, JudgedWording, ReadWordings, StoredThread, Wording

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from bot.filter.wordings import ThreadJob

BATCH = 500  # judgements in one message: reading it holds the loop's process for a few milliseconds
FEW_WORDINGS, FEW_OUTLINES = 20, 5_000
"""With so many at most a job takes some 50 ms, and no process is started for it."""
NOTHING_STORED = StoredThread()

P = ParamSpec("P")
T = TypeVar("T")


class FilterWorker:
    """One spawned worker process. It starts with the first job that is not small; entering the context costs nothing.

    Until then small jobs run in a thread of this process.
    A worker that dies is replaced and the job repeated once; if that one dies too, BrokenProcessPool is raised.
    """

    def __init__(self, settings: FilterSettings = FilterSettings()) -> None:  # noqa: B008  # frozen
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
            self._pool = None

    async def judge(
        self, asked: JudgedQuestion, read: ReadWordings, stored: StoredThread = NOTHING_STORED
    ) -> AsyncGenerator[list[JudgedWording], None]:
        """Judge what is new of a question, and what that changes: see `bot.context.Judges`."""
        new, outlines = await _take_few(read(), FEW_WORDINGS), await _take_few(stored.outlines(), FEW_OUTLINES)
        if self._pool is None and new.is_all and outlines.is_all:
            async for batch in self._run_job(_HERE, asked, new, outlines, stored):
                yield batch
            return
        pool = await self._open_pool()
        try:
            async for batch in self._run_job(_Runs(partial(_call, pool), pool.submit), asked, new, outlines, stored):
                yield batch
        except BrokenExecutor:
            self._forget(pool)
            pool = await self._open_pool()
            again = _Taken([], read(), is_all=False), _Taken([], stored.outlines(), is_all=False)
            async for batch in self._run_job(_Runs(partial(_call, pool), pool.submit), asked, *again, stored):
                yield batch

    async def make_prints(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Make the prints of texts: see `bot.context.Judges`."""
        if self._pool is None and len(texts) <= FEW_WORDINGS:
            return await _call_here(_print_texts, texts)
        pool = await self._open_pool()
        try:
            return await _call(pool, _print_texts, texts)
        except BrokenExecutor:
            self._forget(pool)
            return await _call(await self._open_pool(), _print_texts, texts)

    async def _run_job(
        self,
        runs: "_Runs",
        asked: JudgedQuestion,
        new: "_Taken[list[Wording]]",
        outlines: "_Taken[list[tuple[int, bytes]]]",
        stored: StoredThread,
    ) -> AsyncGenerator[list[JudgedWording], None]:
        job, call = next(_numbers), runs.call
        try:
            await call(_begin, job, asked, self._settings)
            async for wordings in new.read():
                await call(_receive, job, wordings)
            async for some in outlines.read():
                await call(_receive_outlines, job, some)
            while (needed := await call(_plan, job)) is not None:
                if needed:
                    async with aclosing(stored.words(needed)) as words:
                        async for wordings in words:
                            await call(_receive_words, job, wordings)
                for number in range(await call(_judge, job)):
                    yield await call(_fetch, job, number)
        finally:
            with suppress(RuntimeError):  # refused by a pool that is broken or closed: it holds nothing any more
                runs.submit(_drop, job)

    async def _open_pool(self) -> "ProcessPoolExecutor":
        """Make the pool in a thread: its semaphores start a process of their own, 20 ms on the loop."""
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncio.to_thread(_make_pool)
            return self._pool

    def _forget(self, broken: "ProcessPoolExecutor") -> None:
        """Let go of *broken*, unless another job has replaced it already."""
        if self._pool is broken:
            self._pool = None
        broken.shutdown(wait=False)


def _make_pool() -> "ProcessPoolExecutor":
    import multiprocessing  # 10 ms that a command without work for it does not pay
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_start)


async def _call(pool: "ProcessPoolExecutor", work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Submit from a thread: the first submit spawns the process, which takes longer than the loop may wait."""
    future = await asyncio.to_thread(pool.submit, work, *args, **kwargs)
    return await asyncio.wrap_future(future)


async def _call_here(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """In a thread of this process: little work, and the loop goes on beside it."""
    return await asyncio.to_thread(work, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class _Runs:
    """How a job's functions are run: one that is waited for, and one that is not."""

    call: Callable[..., Awaitable[Any]]
    submit: Callable[..., object]


_HERE = _Runs(_call_here, lambda work, *args: work(*args))


@dataclass(slots=True)
class _Taken(Generic[T]):
    """What was read of batches so far, and the rest of them."""

    first: list[T]
    rest: AsyncGenerator[T, None]
    is_all: bool

    async def read(self) -> AsyncGenerator[T, None]:
        for each in self.first:
            yield each
        async with aclosing(self.rest):
            async for each in self.rest:
                yield each


async def _take_few(batches: AsyncGenerator[list[T], None], most: int) -> _Taken[list[T]]:
    """Read until it is more than `most`, or all."""
    first: list[list[T]] = []
    while sum(map(len, first)) <= most:
        try:
            first.append(await anext(batches))
        except StopAsyncIteration:
            return _Taken(first, batches, is_all=True)
    return _Taken(first, batches, is_all=False)


# What follows runs in the worker process, or where little is to be done in a thread of this one.

_numbers = itertools.count(1)
_jobs: "dict[int, ThreadJob]" = {}
_plans: dict[int, Iterator[list[int]]] = {}
_judged: dict[int, list[list[JudgedWording]]] = {}


def _start() -> None:
    """Leave ctrl-C to the bot, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _begin(job: int, asked: JudgedQuestion, settings: FilterSettings) -> None:
    from bot.filter.wordings import ThreadJob  # here, where the work is done

    _jobs[job] = ThreadJob(asked, settings)
    _plans[job] = _jobs[job].plan()


def _receive(job: int, batch: list[Wording]) -> None:
    _jobs[job].new.extend(batch)


def _receive_outlines(job: int, batch: list[tuple[int, bytes]]) -> None:
    _jobs[job].outlines.update(batch)


def _plan(job: int) -> list[int] | None:
    """Return the heads whose words the next slice takes; None where all is judged."""
    return next(_plans[job], None)


def _receive_words(job: int, batch: list[Wording]) -> None:
    _jobs[job].words.extend(batch)


def _judge(job: int) -> int:
    """Return how many batches of judgements of a slice there are to fetch."""
    _judged[job] = list(_split(_jobs[job].judge()))
    return len(_judged[job])


def _split(judged: list[JudgedWording]) -> Iterator[list[JudgedWording]]:
    """Batches of BATCH at most, but that the parts of an answer stay together."""
    start = 0
    while len(judged) - start > BATCH:
        ends = (end for end in range(start + BATCH, start, -1) if judged[end].outline)
        end = next(ends, start + BATCH)
        yield judged[start:end]
        start = end
    if judged:
        yield judged[start:]


def _fetch(job: int, number: int) -> list[JudgedWording]:
    return _judged[job][number]


def _drop(job: int) -> None:
    _jobs.pop(job, None)
    _plans.pop(job, None)
    _judged.pop(job, None)


def _print_texts(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    from bot.filter.wordings import print_texts

    return print_texts(texts)
