"""Logs: for people on a terminal, JSON lines otherwise, and no secret in either."""

import base64
import html
import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO, cast
from urllib.parse import quote, quote_plus

import structlog

from bot.words.cleaning import clean, clean_line

HIDDEN = "[secret]"
SHORTEST = 6  # characters; shorter values stand in ordinary words too
WORD = r"[\w+/=-]{0,64}"  # what stands before and behind in the same Base64
SHAPES = (
    r"eyJ[\w-]{6,}\.[\w-]+\.[\w-]*",  # JWT: Bluesky's sessions
    r"\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}",  # a bot's token on Discord
    r"(?i:(?<=bearer )|(?<=bot ))[\w.~+/=-]{16,}",  # headers
    r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)",  # a user and password in a URL
)
TALKATIVE = ("httpx", "httpcore", "apscheduler", "aiosqlite")  # a line a request, a job, a statement


class Redactor:
    """Takes secrets out of texts: the known ones however they are written, and what has the shape of a token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Take these out too from now on."""
        self._known |= {secret for secret in secrets if len(secret) >= SHORTEST}
        known = sorted(self._known)
        forms = {form for secret in known for form in _write_forms(secret)}
        cores = {core for secret in known for core in _encode(secret) if len(core) >= SHORTEST}
        patterns = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        patterns += [f"{WORD}{re.escape(core)}{WORD}" for core in sorted(cores, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*patterns, *SHAPES]))

    def redact(self, text: str) -> str:
        """`text` without secrets."""
        return self._pattern.sub(HIDDEN, text)


def _write_forms(secret: str) -> set[str]:
    """As it is, and escaped as Python, JSON, HTML and URLs do, once or twice, in large and small hexadecimals."""
    once = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    quoted = once | {quote(each, safe="") for each in once}
    return {
        secret,
        repr(secret)[1:-1],
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        *quoted,
        *(re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), each) for each in quoted),
    }


def _encode(secret: str) -> set[str]:
    """What Base64 makes of it wherever it stands in what is encoded (`user:secret`), without the letters at both ends
    that its neighbours have a part in.
    """
    cores = set()
    for before in range(3):
        data = b"\0" * before + secret.encode()
        first, last = -(-before * 8 // 6), len(data) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            cores.add(encode(data).decode()[first:last])
    return cores


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Redacts last, when message, values and traceback are one text."""

    def __init__(self, redactor: Redactor, **options: Any) -> None:
        super().__init__(**options)
        self.redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self.redactor.redact(super().format(record))


def configure_logging(secrets: Iterable[str] = (), level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs, ours and the libraries', through one handler on the root logger to `stream` (stderr)."""
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    redactor = Redactor(secrets)
    formatter = _RedactingFormatter(
        redactor,
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_choose_renderer(stream, _Cleaner(redactor)),
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def keep_out_of_logs(secrets: Iterable[str]) -> None:
    """Secrets that came to be known after the logs were configured."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _RedactingFormatter):
            handler.formatter.redactor.learn(secrets)


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


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module, used as `log.info("published", post=1)`."""
    return cast(structlog.stdlib.BoundLogger, structlog.get_logger(name))
