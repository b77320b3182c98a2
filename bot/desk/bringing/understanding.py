"""How a file is read before anybody said so: as the last one of its shape was, else as its columns look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.context import Context
from bot.desk.answers.import_files import fold_heading
from bot.desk.bringing.cells import fold
from bot.desk.bringing.columns import look_at_table
from bot.desk.bringing.given import ImportDefaults
from bot.desk.bringing.held import BroughtFile
from bot.digest.selection.gather import gather_rounds
from bot.words.cleaning import clean_line, shorten
from storage.acts.acts import find_read_as
from storage.models import Question


@dataclass(frozen=True, slots=True)
class Understanding:
    """columns: the heading of each of ours, guessed and given. asked: the question, folded. questions: what has to be
    said first, as several columns may hold the text. is_remembered: it was read so before.
    """

    columns: Mapping[str, str]
    tool: str = ""
    shape: str = ""
    asked: str = ""
    questions: tuple[str, ...] = ()
    is_remembered: bool = False

    def is_question(self, text: str, tool: str) -> bool:
        """Whether a text of a page or a chat is what was asked there, and no answer."""
        return bool(tool and self.asked) and self.asked in fold(text)

    def remember(self, given: ImportDefaults) -> Mapping[str, Any] | None:
        """What the next file of this shape is read by."""
        if not self.shape or "text" not in self.columns:
            return None
        return {"shape": self.shape, "columns": dict(self.columns), "dates": given.dates}


async def understand_file(
    context: Context, question: Question, path: BroughtFile, given: ImportDefaults
) -> Understanding:
    """How a file is read; what an editor gives stands above all that is remembered or guessed."""
    async with context.store.read() as session:
        _, content, _ = await gather_rounds(session, question.id)
        seen = look_at_table(path, content.text)
        before = await find_read_as(session, question.workspace, seen.shape) if seen.headings else None
    if not given.guesses:
        return Understanding(given.columns, seen.tool, seen.shape, fold(content.text))
    found = dict(before["columns"] if before else seen.guessed)
    taken = {fold_heading(heading) for heading in given.columns.values()}
    found = {column: heading for column, heading in found.items() if fold_heading(heading) not in taken}
    questions: tuple[str, ...] = ()
    if seen.others and before is None and "text" not in given.columns:
        best, *others = (f"“{shorten(clean_line(each), 60)}”" for each in (seen.guessed["text"], *seen.others))
        questions = (
            (
                f"{best} and {', '.join(others)} may both hold what they said: "
                f'say which, --text "{shorten(clean_line(seen.guessed["text"]), 60)}"'
            ),
        )
    return Understanding(
        found | dict(given.columns), seen.tool, seen.shape, fold(content.text), questions, before is not None
    )
