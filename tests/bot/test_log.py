import base64
import html
import io
import json
import logging
import re
import sys
import warnings
from urllib.parse import quote, quote_plus

import pytest
import structlog

from bot.log import Redactor, configure_logging, get_logger

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"
CANARY = 'canary "pass"\nwörd/1'


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def logging_as_it_was():
    root = logging.getLogger()
    handlers, level, showwarning = root.handlers[:], root.level, warnings.showwarning
    yield
    logging.captureWarnings(False)
    root.handlers[:], warnings.showwarning = handlers, showwarning
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=[io.StringIO, Terminal])
def stream(request):
    stream = request.param()
    configure_logging([CANARY, "canary-two"], "debug", stream)
    return stream


def test_a_program_reads_json_lines():
    stream = io.StringIO()
    configure_logging(stream=stream)
    get_logger("bot.publish").info("published", post=1, text="Grüße")
    line = json.loads(stream.getvalue())
    assert (line["event"], line["post"], line["logger"], line["level"]) == ("published", 1, "bot.publish", "info")
    assert line["timestamp"].endswith("Z")
    assert "Grüße" in stream.getvalue()


def test_a_person_reads_lines_in_colour_unless_refused(monkeypatch):
    shown = []
    for variable in ("TERM", "NO_COLOR"):
        monkeypatch.setenv(variable, "1")
        stream = Terminal()
        configure_logging(stream=stream)
        get_logger("bot").info("published")
        shown.append("\x1b[" in stream.getvalue())
    assert shown == [True, False]


def test_the_level_holds_for_us_and_for_libraries():
    stream = io.StringIO()
    configure_logging(level="warning", stream=stream)
    get_logger("bot").info("not seen")
    logging.getLogger("library").info("not seen")
    logging.getLogger("library").warning("seen %s", "once")
    assert json.loads(stream.getvalue())["event"] == "seen once"


def test_a_request_is_no_line(stream):
    logging.getLogger("httpx").info("HTTP Request: GET https://ada:canary-two@localhost")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("secret", [CANARY, "canary-two", JWT])
def test_no_secret_is_logged(stream, secret):
    log = get_logger("bot")
    log.info(secret, value=secret, nested={"token": [secret]})
    log.bind(token=secret).warning("bound")
    logging.getLogger("library").error("says %s", secret)
    logging.getLogger("library").error("extra", extra={"token": secret})
    with warnings.catch_warnings(action="always"):
        warnings.warn(f"a library warns of {secret}", stacklevel=1)
    assert_hidden(stream.getvalue(), secret)


@pytest.mark.parametrize("secret", [CANARY, "canary-two", JWT])
def test_no_secret_is_in_a_traceback(stream, secret):
    def fail(held):  # a local variable that a talkative traceback would show
        raise ValueError(held)

    try:
        fail(secret)
    except ValueError:
        get_logger("bot").exception("failed")
        logging.getLogger("library").exception("failed")
    assert stream.getvalue().count("ValueError") >= 2
    assert_hidden(stream.getvalue(), secret)


def assert_hidden(output, secret):
    assert "[secret]" in output
    for form in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]):
        assert form not in output


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {base64.b64encode(b'canary' * 4).decode()}",
        "Authorization: Bot canary_canary_canary",
        "postgresql://ada:canary@localhost/x cannot be reached",
        "token canarycanarycanarycanary.canary.canarycanarycanarycanarycanary",
        f"session ada.test:::did:plc:x:::{JWT}:::{JWT.replace('eyJzdWIi', 'eyJzdXIi')}:::https://pds",
    ],
)
def test_what_has_the_shape_of_a_token_is_hidden(text):
    assert "canary" not in Redactor().redact(text)
    assert "eyJ" not in Redactor().redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://bsky.app/profile/ada.test/post/3labcdefgh2a",
        "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3labcdefgh2a",
        "2026-11-23T09:00:00.000000Z published the-week-of-the-tool",
        "bafyreibhwk5mjhkpqzxiirvpdhrvkmzlq4vkmkpexfsfxzcqfqmmhdyzwa",
        "the bot asks",
    ],
)
def test_what_people_need_to_read_stays(text):
    assert Redactor(["the"]).redact(text) == text


def test_the_stream_is_standard_error_by_default(capsys):
    configure_logging()
    get_logger("bot").info("published")
    captured = capsys.readouterr()
    assert (captured.out, "published" in captured.err) == ("", True)
    assert sys.stderr is not None


def test_a_secret_is_hidden_as_it_stands_in_a_url():
    said = Redactor(["pass word/ü&1"]).redact("GET https://example.org/?key=pass%20word%2F%C3%BC%261&page=2")
    assert said == "GET https://example.org/?key=[secret]&page=2"


EVIL = "Eve\x1b[2J\x9b31m\u202e\r\n2026-11-30 faked line\u2028"


def test_what_a_stranger_typed_steers_no_terminal_and_begins_no_line(stream):
    def fail():
        raise ValueError(EVIL)

    try:
        fail()
    except ValueError:
        get_logger("bot").exception(EVIL, author=EVIL, nested={EVIL: [EVIL]}, error=ValueError(EVIL))
        logging.getLogger("library").exception("says %s", EVIL, extra={"author": EVIL})
    shown = re.sub(r"\x1b\[\d+m", "", stream.getvalue()) if stream.isatty() else stream.getvalue()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", shown)
    assert "faked line" in shown
    assert not any(line.startswith("2026-11-30 faked") for line in shown.split("\n"))


SECRET = "canary-p/ss wörd+&1"


@pytest.mark.parametrize(
    "form",
    [
        quote(SECRET),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").replace("%C3%B6", "%c3%b6").replace("%2F", "%2f").replace("%2B", "%2b"),
        quote_plus(SECRET),
        quote(quote(SECRET, safe=""), safe=""),
        html.escape(SECRET),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
        *(base64.b64encode(f"{'u' * length}:{SECRET}".encode()).decode() for length in range(1, 4)),
        *(base64.b64encode(f"\0{'u' * length}\0{SECRET}".encode()).decode() for length in range(1, 4)),
        base64.b64encode(f"{SECRET}:and more".encode()).decode(),
    ],
)
def test_a_secret_is_known_however_it_is_encoded(form):
    assert Redactor([SECRET]).redact(f"535 {form} is wrong") == "535 [secret] is wrong"
