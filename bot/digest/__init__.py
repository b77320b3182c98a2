"""Compiles digests: verbatim, attributed, linked, permitted quotes, and what did not become one."""

from bot.digest.compile import compile_question, compile_week, list_week
from bot.digest.files import FORMATS, file_name, render, rewrite_files, write_files
from bot.digest.fill import list_quoted
from bot.digest.model import DigestModel
from bot.digest.rows import erase_from_digests, load_model, load_selection

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
