"""Which reader a file needs: by its first bytes and its name; one table from the kind to what reads it."""

import re
from collections.abc import Callable, Iterator

from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile, find_suffix, is_maildir, measure, open_bytes
from bot.desk.bringing.kinds import READ_BY_SUFFIX
from bot.desk.bringing.readers.archives import read_archive
from bot.desk.bringing.readers.chats import find_chat, read_chat
from bot.desk.bringing.readers.delimited import read_delimited
from bot.desk.bringing.readers.documents import read_document, read_lines
from bot.desk.bringing.readers.mails import read_mails
from bot.desk.bringing.readers.pages import read_page
from bot.desk.bringing.readers.sheets import read_sheet
from bot.desk.errors import DeskError, refuse

Reader = Callable[[BroughtFile, ReadFile, Layout], Iterator[Row]]

LARGEST_FILE = 200 * 1024 * 1024
READERS: dict[str, Reader] = {
    "table": read_delimited,
    "sheet": read_sheet,
    "lines": read_lines,
    "document": read_document,
    "chat": read_chat,
    "page": read_page,
    "archive": read_archive,
    "mails": read_mails,
}
_STARTS = ((b"PK\x03\x04", "sheet"), (b"\xd0\xcf\x11\xe0", "sheet"))
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*[{\]]|\{\s*\r?\n\s*\"|window\.)")
"""JSON that is an array, or an object over several lines."""
_LINES = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\n]*\}\s*\n\s*\{")
_LOOKED_AT = 65_536


def read_rows(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """(line, row by folded headings) one at a time; what is no row is noted in `done`.

    Raises DeskError for a file of another kind, or one that cannot be read.
    """
    size = measure(path)
    if size is None:
        raise refuse("no_file", path=path)
    kind = find_kind(path)
    if size > LARGEST_FILE and kind != "mails":  # of mails no more than one is held
        raise refuse("file_too_large", path=path, mib=LARGEST_FILE // 2**20)
    try:
        yield from READERS[kind](path, done, layout)
    except DeskError as error:
        if str(path) in str(error):
            raise
        raise refuse("in_file", path=path, why=error) from error


def find_kind(path: BroughtFile) -> str:
    """A key of `READERS`. Raises DeskError for a file that nothing reads."""
    named = "mails" if is_maildir(path) else READ_BY_SUFFIX.get(find_suffix(path), "")
    if named in ("mails", "archive"):
        return named
    with open_bytes(path) as file:
        start = file.read(_LOOKED_AT)
    if not named:
        raise refuse("file_kind", path=path, known=", ".join(READ_BY_SUFFIX))
    found = next((kind for mark, kind in _STARTS if start.startswith(mark)), "")
    if found:
        return found
    if named == "document" and _LINES.match(start):
        return "lines"
    if named == "document" or (named in ("table", "page") and _ARRAY.match(start)):
        return "chat" if find_chat(start) else "document"
    if named == "page" and b"\t" in start.partition(b"\n")[0]:
        return "table"  # what a spreadsheet calls text
    return named
