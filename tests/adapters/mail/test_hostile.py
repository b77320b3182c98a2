"""Mails that somebody made to do harm: a clear outcome each, and no more memory than for others."""

import resource
import subprocess
import sys
import textwrap
from datetime import UTC, datetime

import pytest

from adapters.contract.reading import Watched, WatchedPost
from adapters.mail.headers import find_addressed
from adapters.mail.text import is_too_nested
from adapters.mail.translate import LARGEST, message_from_bytes, read_mail, to_reply
from bot.quotes.read_back.joining import write_plus_address
from tests.servers.mail.dovecot import ADDRESS

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_plus_address(ADDRESS, "habits")
MIB = 1024 * 1024


def make(body=b"Words.", head=b""):
    return b"From: Eve <eve@evil.example>\r\nTo: %s\r\nMessage-ID: <e@evil>\r\n%s\r\n%s" % (OURS.encode(), head, body)


async def collect(adapter, host):
    post = WatchedPost(1, (), host.now(), slug="habits")
    return [reply async for page in adapter.collect(Watched((post,), {})) for reply in page.replies]


def test_headers_that_are_injected_by_encoded_words_name_nobody_else():
    injected = b"Subject: =?utf-8?b?SGkNCkZyb206IGFkYUBlbmdpbmVzLmV4YW1wbGU=?=\r\n"  # Hi, CRLF, From: ada@…
    mail = read_mail(make(head=injected), AT)
    assert mail.author.remote_id == "eve@evil.example"
    assert mail.told["subject"] == "Hi From: ada@engines.example"
    named = b"From: =?utf-8?q?Ada=0D=0AReply-To=3A_x@y?= <eve@evil.example>\r\n\r\nWords."
    assert "\n" not in read_mail(named, AT).author.display_name


def test_names_that_look_like_others_stay_what_they_are():
    for name in (
        "Ada\u202ecolleL",
        "А\u200bda",
        "\U0001f600" * 400,
        "=?utf-8?b?/w==?=",
        "\x00Eve",
        "Ada <ada@engines.example>",
    ):
        data = f"From: {name} <eve@evil.example>\r\nTo: x\r\n\r\nWords.".encode(errors="surrogateescape")
        author = read_mail(data, AT).author
        assert author.remote_id in ("eve@evil.example", "ada@engines.example") or author.remote_id.startswith(
            "unknown-"
        )
        assert author.display_name.isprintable()
        assert len(author.display_name) <= 200
    quoted = b'From: "ada@engines.example" <eve@evil.example>\r\n\r\nWords.'
    assert read_mail(quoted, AT).author.remote_id == "eve@evil.example"


def test_anothers_message_id_is_no_edit_of_their_mail():
    theirs = read_mail(make().replace(b"eve@evil.example", b"ada@engines.example"), AT)
    assert read_mail(make(b"I take it all back."), AT).remote_id != theirs.remote_id


def test_parts_within_parts_are_told_and_not_read():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(5000)
    )
    data = make(head=nested[:-2])
    assert is_too_nested(data)
    mail = read_mail(data, AT)
    assert (mail.text, mail.unreadable) == (None, "its parts are nested too deeply")
    assert mail.author.remote_id == "eve@evil.example"


def test_markup_that_asks_for_a_million_columns_is_a_short_text():
    wide = b"<table>" + b"<tr><td>a</td><td>" + b"x" * 200_000 + b"</td></tr>" + b"<tr><td>b</td></tr>" * 20_000
    deep = b"<div>" * 60_000 + b"Words."
    tall = b'<p style="margin-top: 100000000em; padding-left: 90000000em">Words.</p>'
    for markup in (wide, deep, tall, b"<blockquote>" * 5000, b"<!--" * 9000, b"\xff\xfe<\x00p"):
        data = make(markup, b"Content-Type: text/html\r\n")
        mail = read_mail(data, AT)
        assert len(mail.text or "") < 400_000


@pytest.mark.parametrize(
    "line",
    [
        "Thanks\n",
        "Eve\n",
        "On " + "a@" * 300 + "\n> b\n",
        "> q\nOn Monday\n",
        "From: x\nSent: y\n",
        "-- \n" + "a" * 500 + "\n",
        "+1 " * 40 + "\n",
    ],
)
@pytest.mark.timeout(120)
def test_lines_that_look_like_marks_have_an_outcome(line):
    """Forty thousand of them: what looked at each line below each line would not come to an end."""
    mail = read_mail(make((line * (190_000 // len(line))).encode()), AT)
    assert mail.text is not None


def test_a_text_without_end_is_told():
    mail = read_mail(make(b"word!" * 100_000), AT)
    assert (mail.text, mail.unreadable) == (None, "its text has 500,000 characters")


def test_ten_thousand_recipients_are_counted():
    crowd = b"Cc: " + b",\r\n ".join(b"person%d@example.org" % number for number in range(10_000)) + b"\r\n"
    mail = read_mail(make(head=crowd), AT)
    assert mail.text == "Words."
    assert int(mail.told["recipients"]) > 3_000  # of so much as is looked at
    assert [each.slug for each in find_addressed(message_from_bytes(make(head=crowd)), ADDRESS)] == ["habits"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"\x00" * 1000,
        b"From\r\n",
        b"From: <>\r\n\r\nWords.",
        b"From: a@b\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
        b"From: a@b\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
        b'From: a@b\r\nContent-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n--\r\n',
        b"From: a@b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! not base64 !!!!",
        b"From: a@b\r\nContent-Type: text/plain; charset*=utf-8''%ff; format*0=flowed\r\n\r\nWords \r\nflow",
        b"From: =?utf-8?b?" + b"A" * 60_000 + b"?= <a@b>\r\nReferences: " + b"<x@y>" * 20_000 + b"\r\n\r\nWords.",
    ],
)
def test_whatever_the_bytes_are_there_is_an_outcome(data):
    mail = read_mail(data, AT, "mx.example")
    reply = to_reply(mail, 1)
    assert mail.text is not None or mail.unreadable
    assert len(reply.remote_id) == 32
    assert reply.posted_at.tzinfo is not None


async def test_fifty_megabytes_are_read_as_far_as_words_can_stand(adapter, host, dovecot):
    attached = b"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n" + b"A" * (
        50 * MIB
    )
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nWords before it.\r\n" + attached + b"\r\n--b--\r\n"
    dovecot.deliver(make(body, b"Content-Type: multipart/mixed; boundary=b\r\n"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (reply,) = await collect(adapter, host)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert (reply.text, reply.extra["attachments"]) == ("Words before it.", "1")
    assert grown < 8 * LARGEST / MIB + 16, f"{grown:.0f} MiB more"


def test_memory_is_flat_over_many_hostile_mails():
    """In a process of its own: eight times two mails take what two of them take."""
    program = textwrap.dedent("""
        import resource
        from datetime import UTC, datetime
        from adapters.mail.translate import read_mail
        at = datetime(2026, 11, 16, tzinfo=UTC)
        html = b"From: a@b\\r\\nContent-Type: text/html\\r\\n\\r\\n" + b"<p>word</p>" * 5_000
        junk = b"From: a@b\\r\\n\\r\\n" + b"> quoted line\\r\\n" * 200_000
        def peak(times):
            for _ in range(times):
                read_mail(html, at); read_mail(junk, at)
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        first = peak(2)
        print(peak(6) - first)
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert float(done.stdout) < 30, f"{done.stdout} MiB more"
