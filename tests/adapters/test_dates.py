"""What time it is at a network stands in its answers, and the Host hears of it."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from adapters.bluesky.session import PublicReader
from adapters.checks import note_date, read_date
from adapters.testing.host import RecordingHost

SAID = "Tue, 05 Jan 2027 10:00:30 GMT"
MOMENT = datetime(2027, 1, 5, 10, 0, 30, tzinfo=UTC)


class Late(BaseHTTPRequestHandler):
    """Answers at a moment of its own."""

    def do_GET(self):
        self.send_response_only(200)
        self.send_header("Date", SAID)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.fixture
def late():
    with ThreadingHTTPServer(("127.0.0.1", 0), Late) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("headers", [{}, {"Date": "soon"}, {"Date": ""}, {"Date": SAID, "Age": "old"}])
def test_of_a_date_that_nobody_can_read_nothing_is_told(headers):
    host = RecordingHost()
    note_date(host, headers)
    assert host.times == []


def test_a_copy_of_a_cache_is_as_much_older_as_it_says():
    assert read_date({"Date": SAID}) == MOMENT
    assert read_date({"Date": "Tue, 05 Jan 2027 10:00:00 GMT", "Age": "30"}) == MOMENT


async def test_bluesky_says_what_time_it_is(late):
    host = RecordingHost()
    reader = PublicReader(late, host)
    await reader.query("app.bsky.feed.getTimeline")
    await reader.close()
    assert host.times == [MOMENT]
