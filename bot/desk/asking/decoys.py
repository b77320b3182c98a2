"""Decoys of a question: what a chat model answers to it. They are judged with, and stand in no post and no digest."""

import asyncio
import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.desk.errors import DeskError, refuse
from bot.questions.content import LONGEST_DECOY, Content, check_decoys
from bot.words.cleaning import clean, shorten
from storage.acts import acts
from storage.engine import Session
from storage.models import Question
from storage.questions import decoys, questions

PATIENCE = 120.0
"""Seconds that a command may take: a model on a laptop is slow."""
MOST_BYTES = 64 * 1024
"""That are read of what a command says; one that says more is stopped."""
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
"""What colours a terminal: ECMA-48 control sequences, and operating system commands."""


@dataclass(frozen=True, slots=True)
class Decoy:
    """One of them. by, at: who added it and when; of the config: "" and None."""

    text: str
    by: str = ""
    at: datetime | None = None


async def list_decoys(context: Context, question: Question) -> list[Decoy]:
    """Those of the config, then those that editors added."""
    async with context.store.read() as session:
        return await _list(session, question.id)


async def add_decoys(
    context: Context, question: Question, texts: Sequence[str], *, by: str, replace: bool = False
) -> list[Decoy]:
    """Add what a chat model answers to a question; its replies are judged again at the next tick.

    replace: instead of those that editors added before. Raises DeskError with what is wrong with a text.
    """
    new = [clean(_ESCAPES.sub("", text)).strip() for text in texts]
    async with context.store.write() as session:
        found = await decoys.lock_question(session, question.id)
        standing = await _list(session, question.id)
        kept = [] if replace else list(found.decoys)
        known = {each.text for each in standing if each.at is None} | {str(each["text"]) for each in kept}
        try:
            checked = check_decoys([each.text for each in standing if each.at is None or not replace] + new)
        except ValueError as error:
            raise refuse("bad_decoy", question=question.slug, why=error) from None
        at = context.now().isoformat()
        added = [{"text": text, "by": by, "at": at} for text in checked if text not in known]
        if added or replace:
            decoys.set_decoys(found, [*kept, *added], context.now())
            await _record(session, found, by, context.now())
        return await _list(session, question.id)


async def clear_decoys(context: Context, question: Question, *, by: str) -> int:
    """Take away those that editors added; answers how many. Those of the config stay."""
    async with context.store.write() as session:
        found = await decoys.lock_question(session, question.id)
        count = len(found.decoys)
        if count:
            decoys.set_decoys(found, [], context.now())
            await _record(session, found, by, context.now())
    return count


async def fetch_decoy(context: Context, question: Question) -> str:
    """What `decoy_command` answers to a question: data and nothing else, without control characters, cut where it is
    too long. Raises DeskError with why there is none.
    """
    command = context.config.filter.decoy_command
    if not command:
        raise DeskError('no command is set that asks a chat model: in [filter] write decoy_command = "llm …"')
    async with context.store.read() as session:
        _, version = await questions.load_question(session, question.id)
    asked = Content.model_validate(version.content)
    said = await run_command(shlex.split(command), "\n".join([asked.text, *asked.options]))
    text = clean(_ESCAPES.sub("", said)).strip()
    if not text:
        raise DeskError(f"{command!r} answered nothing")
    return text[:LONGEST_DECOY].rstrip()


async def run_command(words: Sequence[str], given: str, patience: float = PATIENCE) -> str:
    """What a program says that is given a text; no shell reads either. Raises DeskError with what went wrong."""
    name = shorten(shlex.join(words), 100)
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
    except (OSError, ValueError) as error:
        raise DeskError(f"{name} cannot be run: {getattr(error, 'strerror', None) or error}") from None
    try:
        async with asyncio.timeout(patience):
            said, complained = await _talk(process, given.encode())
    except TimeoutError:
        raise DeskError(f"{name} has not answered within {patience:.0f} seconds: it was stopped") from None
    finally:
        if process.returncode is None:
            _stop(process)
            await process.wait()
    if len(said) > MOST_BYTES:
        raise DeskError(f"{name} answered more than {MOST_BYTES // 1024} KiB: it was stopped, and nothing is kept")
    if process.returncode:
        why = shorten(_ESCAPES.sub("", complained.decode(errors="replace")), 300)
        raise DeskError(f"{name} failed with exit code {process.returncode}{f': {why}' if why else ''}")
    return said.decode(errors="replace")


async def _talk(process: asyncio.subprocess.Process, given: bytes) -> tuple[bytes, bytes]:
    """What it says, read no further than shows that it is too much, and how its complaints begin."""
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None  # noqa: PT018
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_give(process.stdin, given))
        said = tasks.create_task(_read(process.stdout))
        complained = tasks.create_task(_read_all(process.stderr))
        if len(await said) > MOST_BYTES:
            _stop(process)
            await _read_all(process.stdout)  # what is left in a pipe keeps it open
        await process.wait()
    return said.result(), complained.result()


async def _give(stdin: asyncio.StreamWriter, given: bytes) -> None:
    """A program need not listen."""
    with suppress(ConnectionError):
        stdin.write(given)
        await stdin.drain()
        stdin.close()


async def _read(stream: asyncio.StreamReader) -> bytes:
    found = b""
    while len(found) <= MOST_BYTES and (more := await stream.read(MOST_BYTES + 1 - len(found))):
        found += more
    return found


async def _read_all(stream: asyncio.StreamReader) -> bytes:
    """How it begins; the rest is read too, since a program waits for that."""
    found = await _read(stream)
    while await stream.read(MOST_BYTES):
        pass
    return found


def _stop(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


async def _list(session: Session, question_id: int) -> list[Decoy]:
    question, version = await questions.load_question(session, question_id)
    configured = [Decoy(text) for text in Content.model_validate(version.content).decoys]
    added = [Decoy(each["text"], each["by"], datetime.fromisoformat(each["at"])) for each in question.decoys]
    return [*configured, *added]


async def _record(session: Session, question: Question, by: str, now: datetime) -> None:
    await acts.record_act(session, question.workspace, acts.DECOYS, f"question {question.slug}", by=by, now=now)
