"""Compiles digests: verbatim, attributed, linked, permitted quotes, and what did not become one."""

from typing import TYPE_CHECKING

from bot.lazy import import_lazily

if TYPE_CHECKING:
    from bot.digest.compile import compile_question, compile_week, list_week
    from bot.digest.files import FORMATS, file_name, render, rewrite_files, write_files
    from bot.digest.fill import list_quoted
    from bot.digest.model import DigestModel
    from bot.digest.rows import erase_from_digests, load_model, load_selection

_NAMES = {
    "bot.digest.compile": ("compile_question", "compile_week", "list_week"),
    "bot.digest.files": ("FORMATS", "file_name", "render", "rewrite_files", "write_files"),
    "bot.digest.fill": ("list_quoted",),
    "bot.digest.model": ("DigestModel",),
    "bot.digest.rows": ("erase_from_digests", "load_model", "load_selection"),
}
__getattr__ = import_lazily(__name__, _NAMES)

__all__ = [
    "FORMATS",
    "DigestModel",
    "compile_question",
    "compile_week",
    "erase_from_digests",
    "file_name",
    "list_quoted",
    "list_week",
    "load_model",
    "load_selection",
    "render",
    "rewrite_files",
    "write_files",
]
