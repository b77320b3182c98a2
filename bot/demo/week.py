"""The simulated week as data: what is asked, who answers what and when."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.questions.content import Duration

FOLDER = Path(__file__).parent


class DemoTable(BaseModel):
    """A table of the data files: nothing unknown in it, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoReply(DemoTable):
    """One reply. after: since the question was posted; the other moments count from the reply.

    in_reply_to: the `id` of another reply to the same question, empty for the question itself. vote: the number of
    an option, from 1. kind: what the reply was written to be.
    """

    author: str
    after: Duration
    kind: str
    text: str
    id: str = ""
    in_reply_to: str = ""
    language: str = "en"
    vote: int | None = None
    edit_after: Duration | None = None
    edit_to: str = ""
    delete_after: Duration | None = None
    hide_after: Duration | None = None


class DemoQuestion(DemoTable):
    """One question, in the words of the config; `at` is local time. silent_votes: of people who write nothing.
    decoys: what a chat model answers to it.
    """

    slug: str
    text: str
    options: tuple[str, ...] = ()
    why: str = ""
    wanted: str = ""
    language: str
    at: str
    closes_after: Duration
    silent_votes: tuple[int, ...] = ()
    decoys: tuple[str, ...] = ()
    replies: tuple[DemoReply, ...] = ()


class Profile(DemoTable):
    """Who replies."""

    handle: str
    display_name: str
    labels: tuple[str, ...] = ()
    opted_out: bool = False
    verified_by: str = ""


class DemoWeek(DemoTable):
    """The whole week, Monday first."""

    zone: str
    begins: date
    questions: tuple[DemoQuestion, ...]
    profiles: tuple[Profile, ...]

    @property
    def ends(self) -> date:
        """Its Sunday."""
        return self.begins + timedelta(days=6)


def load_week(folder: Path = FOLDER) -> DemoWeek:
    """Read week.toml and the replies to each of its questions."""
    table = _read(folder / "week.toml")
    labels, opted_out, verified_by = table["labels"], set(table["opted_out"]["handles"]), table["verified_by"]
    profiles = [
        Profile(
            handle=handle,
            display_name=name,
            labels=labels.get(handle, ()),
            opted_out=handle in opted_out,
            verified_by=verified_by.get(handle, ""),
        )
        for handle, name in table["people"].items()
    ]
    questions = [
        DemoQuestion(**question, **_read(folder / "replies" / f"{question['slug']}.toml"))
        for question in table["questions"]
    ]
    return DemoWeek(zone=table["zone"], begins=table["begins"], questions=tuple(questions), profiles=tuple(profiles))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
