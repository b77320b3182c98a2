"""Logs: for people on a terminal, JSON lines otherwise, and no secret in either.

structlog is imported with the first line that is written: most commands write none.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from bot.log.redactor import HIDDEN, Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

__all__ = ["HIDDEN", "Logger", "Redactor", "configure_logging", "get_logger", "keep_out_of_logs"]

TALKATIVE = ("httpx", "httpcore", "apscheduler", "aiosqlite")  # a line a request, a job, a statement


def configure_logging(secrets: Iterable[str] = (), level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs, ours and the libraries', through one handler on the root logger to `stream` (stderr)."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_LateFormatter(Redactor(secrets), stream))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    _first.is_to_come = True
    if "structlog" in sys.modules:
        _first.configure()


def keep_out_of_logs(secrets: Iterable[str]) -> None:
    """Secrets that came to be known after the logs were configured."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _LateFormatter):
            handler.formatter.redactor.learn(secrets)


class _First:
    """The first line of ours since the logs were configured."""

    is_to_come = False

    def configure(self) -> None:
        """Before a line is written."""
        from bot.log.structured import configure_structlog

        self.is_to_come = False
        configure_structlog()


_first = _First()


class _LateFormatter(logging.Formatter):
    def __init__(self, redactor: Redactor, stream: TextIO) -> None:
        super().__init__()
        self.redactor, self._stream = redactor, stream
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        if self._formatter is None:
            from bot.log.structured import make_formatter

            self._formatter = make_formatter(self.redactor, self._stream)
        return self._formatter.format(record)


class Logger:
    """The logger of a module, used as `log.info("published", post=1)`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, method: str) -> Any:
        import structlog

        if _first.is_to_come:
            _first.configure()
        return getattr(structlog.get_logger(self._name), method)


def get_logger(name: str) -> Logger:
    """The logger of a module, by the module's name."""
    return Logger(name)
