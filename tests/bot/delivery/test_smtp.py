"""What mail servers say, and letters of any alphabet: one mail, handed in by our own half of the conversation."""

import base64
import socketserver
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from pydantic import SecretStr, TypeAdapter, ValidationError

from adapters.contract.errors import Rejected, Unauthorized, Unavailable
from bot.config.sections import Mail, _Address
from bot.delivery.smtp import Attachment, Letter, Submission, write_letter

ADDRESS = TypeAdapter(_Address)
ATTACHED = (Attachment("Grüße.md", "# Grüße\n".encode()), Attachment("a.csv", b"a;b\n"), Attachment("a.json", b"{}"))
LETTER = Letter(
    "Mara <mara@example.org>", "Grüße", ".\n..\nHällo\n", datetime(2026, 11, 30, tzinfo=UTC), "<a@b>", ATTACHED
)
USUAL = {"EHLO": "250-fake\r\n250 AUTH PLAIN LOGIN", "AUTH": "235 2.7.0 ok", "DATA": "354 go", "QUIT": "221 bye"}


@dataclass
class Script:
    """A server that says what it is told to. END: after the last line of a mail. said: the commands that came."""

    answers: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)

    def answer(self, command: str) -> str:
        return (USUAL | self.answers).get(command, "250 ok")


@pytest.fixture
def script():
    return Script()


@pytest.fixture
def hand_in(script):
    """Hand in the letter, with other settings where given."""

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 fake ESMTP")
            for line in self.rfile:
                script.said.append(line.decode().strip())
                command = script.said[-1].partition(" ")[0].upper()
                self.say(script.answer(command))
                if command == "DATA" and script.answer(command).startswith("354"):
                    self.read_mail()

        def read_mail(self):
            for line in self.rfile:
                if line == b".\r\n":
                    break
                script.lines.append(line)
            self.say(script.answer("END"))

        def say(self, answer):
            self.wfile.write(answer.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def hand_in(**changes):
            usual = {"host": "127.0.0.1", "port": server.server_address[1], "security": "none"}
            sender = "Redaktion Köln <redaktion@example.org>"
            mailbox = Mail.model_construct(**(usual | {"user": "", "password": None, "sender": sender} | changes))
            submission = Submission(mailbox, LETTER.to)
            try:
                submission.open()
                submission.hand_over(write_letter(LETTER, mailbox.sender))
            finally:
                submission.close()

        yield hand_in
        server.shutdown()


LOGIN = {"user": "u", "password": SecretStr("p")}


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("AUTH", "454 4.7.0 Too many login attempts, please try again later.", Unavailable),
        ("AUTH", "421 4.7.0 Try again later, closing connection.", Unavailable),
        ("AUTH", "535 5.7.8 Username and Password not accepted.", Unauthorized),
        ("AUTH", "534-5.7.9 Application-specific password required.\r\n534 5.7.9 see help", Unauthorized),
        ("MAIL", "530 5.7.0 Authentication Required.", Unauthorized),
        ("MAIL", "550-5.4.5 Daily user sending limit exceeded.\r\n550 5.4.5 see help", Unavailable),
        ("END", "550 5.4.5 Daily SMTP relay sending limit exceeded for customer.", Unavailable),
        (
            "END",
            "554 5.2.0 STOREDRV.Submission.Exception; 432 4.3.2 Concurrent connections limit exceeded",
            Unavailable,
        ),
        ("END", "454 Throttling failure: Maximum sending rate exceeded.", Unavailable),
        ("RCPT", "450 4.2.0 Greylisted", Unavailable),
        ("RCPT", "452 4.2.2 over quota", Unavailable),
        ("RCPT", "550 5.7.232 your trial tenant has exceeded its daily limit", Unavailable),
        ("RCPT", "550 5.1.1 no such user", Rejected),
        ("END", "552 5.3.4 message size exceeds fixed limit", Rejected),
        ("END", "554 5.7.1 refused as spam", Rejected),
    ],
)
def test_later_never_and_a_wrong_login_are_told_apart(script, hand_in, command, answer, error):
    script.answers[command] = answer
    with pytest.raises(error) as caught:
        hand_in(**LOGIN)
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("command", "answer"), [("END", "250"), ("END", "251 forwarded"), ("RCPT", "252 cannot verify")]
)
def test_every_yes_is_one(script, hand_in, command, answer):
    script.answers[command] = answer
    hand_in()
    assert script.lines


@pytest.mark.parametrize("offered", ["PLAIN LOGIN", "PLAIN", "CRAM-MD5 PLAIN"])
def test_a_name_and_a_password_may_have_any_letters(script, hand_in, offered):
    script.answers["EHLO"] = f"250-fake\r\n250 AUTH {offered}"
    hand_in(user="jürgen", password=SecretStr("пароль"))
    (told,) = [line for line in script.said if line.startswith("AUTH")]
    assert base64.b64decode(told.removeprefix("AUTH PLAIN ")) == "\0jürgen\0пароль".encode()


def test_an_old_server_that_knows_login_alone_gets_them_too(script, hand_in):
    script.answers |= {"EHLO": "250-fake\r\n250 AUTH LOGIN", "AUTH": "334 VXNlcm5hbWU6"}
    script.answers[base64.b64encode("пароль".encode()).decode().upper()] = "235 ok"
    hand_in(user="jürgen", password=SecretStr("пароль"))
    assert base64.b64encode("jürgen".encode()).decode() in " ".join(script.said)


def test_a_line_of_one_dot_does_not_end_the_mail(script, hand_in):
    hand_in()
    mail = message_from_bytes(b"".join(line.removeprefix(b".") for line in script.lines), policy=default)
    assert mail.get_body().get_content().splitlines() == [".", "..", "Hällo"]
    assert b"...\r\n" in script.lines


def test_names_are_encoded_and_texts_say_their_charset(script, hand_in):
    hand_in()
    mail = message_from_bytes(b"".join(script.lines), policy=default)
    assert (mail["From"], mail["Subject"]) == ("Redaktion Köln <redaktion@example.org>", "Grüße")
    assert all(line.isascii() for line in script.lines)
    charsets = {part.get_filename(): part.get_content_charset() for part in mail.iter_attachments()}
    assert charsets == {"Grüße.md": "utf-8", "a.csv": "utf-8", "a.json": None}


@pytest.mark.parametrize(
    "good",
    [
        "a@example.org",
        "Redaktion Köln <redaktion@example.org>",
        '"Köln, Redaktion" <redaktion@example.org>',
        "Dr. Ada <ada+digest@example.org>",
        "<a@example.org>",
    ],
)
def test_one_address_is_taken(good):
    assert ADDRESS.validate_python(good) == good


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("a@example.org, b@example.org", "one an entry"),
        ("a@example.org; b@example.org", "one an entry"),
        ("a@example.org b@example.org", "one an entry"),
        ("Ada <a@example.org>, Bob <b@example.org>", "one an entry"),
        ("a@example.org <b@example.org>", "one an entry"),
        ("Köln, Redaktion <a@example.org>", "no mail address"),
        ("a@", "no mail address"),
        ("nobody", "no mail address"),
        ("a@example.org\nBcc: b@example.org", "one an entry"),
        ("a@example.org\n", "no mail address"),
        ("jürgen@example.org", "beyond ASCII"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(bad, says):
    with pytest.raises(ValidationError, match=says):
        ADDRESS.validate_python(bad)


def test_no_login_is_told_before_the_line_is_private(script, hand_in):
    script.answers |= {"EHLO": "250-fake\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN", "STARTTLS": "454 not now"}
    with pytest.raises(Unavailable):
        hand_in(security="starttls", **LOGIN)
    assert [line for line in script.said if line.startswith("AUTH")] == []
