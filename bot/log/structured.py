"""How a line of the log looks: for people on a terminal, JSON otherwise."""

import io
import logging
import os
from typing import Any, TextIO

import structlog

from bot.log.redactor import Redactor
from bot.words.cleaning import clean, clean_line

SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
"""What every line has."""


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Redacts last, when message, values and traceback are one text."""

    def __init__(self, redactor: Redactor, **options: Any) -> None:
        super().__init__(**options)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.redact(super().format(record))


def make_formatter(redactor: Redactor, stream: TextIO) -> logging.Formatter:
    """What writes lines of the libraries and, once `configure_structlog` was called, ours."""
    return _RedactingFormatter(
        redactor,
        foreign_pre_chain=[*SHARED, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_choose_renderer(stream, _Cleaner(redactor)),
        ],
    )


def configure_structlog() -> None:
    """Send ours through the handlers of the standard library."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _choose_renderer(stream: TextIO, cleaner: "_Cleaner") -> list[structlog.typing.Processor]:
    if stream.isatty():
        colours = "NO_COLOR" not in os.environ
        return [
            cleaner,
            structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=cleaner.write_traceback),
        ]
    write = structlog.processors.JSONRenderer(ensure_ascii=False)
    return [structlog.processors.format_exc_info, cleaner, write]


class _Cleaner:
    """What strangers typed stands in messages, values and errors: each stays one line, and steers no terminal.

    Secrets go first: without its line break one is not known any more.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, _logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        return {key: value if key == "exc_info" else self._clean(value, key) for key, value in event.items()}

    def _clean(self, value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {clean_line(str(name)): self._clean(each) for name, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(each) for each in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        text = self._redactor.redact(value if isinstance(value, str) else repr(value))
        return _indent(text) if key == "exception" else clean_line(text)

    def write_traceback(self, stream: TextIO, error: structlog.typing.ExcInfo) -> None:
        """Plain: the default of structlog shows local variables, and secrets are among them."""
        written = io.StringIO()
        structlog.dev.plain_traceback(written, error)
        stream.write(_indent(self._redactor.redact(written.getvalue())))


def _indent(traceback: str) -> str:
    """Its own lines, and none that could pass for a line of the log."""
    return "\n".join(f"  {line}" for line in clean(traceback).split("\n"))
