"""Compiles digests: verbatim, attributed, linked, permitted quotes, and what did not become one."""

from bot.digest.compile import compile_question, load_model
from bot.digest.files import FORMATS, file_name, render, write_files
from bot.digest.model import DigestModel

__all__ = ["FORMATS", "DigestModel", "compile_question", "file_name", "load_model", "render", "write_files"]
