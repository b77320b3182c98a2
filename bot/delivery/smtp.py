"""One mail by SMTP, in two steps: up to the point where nothing was handed over yet, and the handing over.

What is lost before the second step was certainly not sent; within it nobody knows.
"""

import re
import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from adapters.contract.errors import AdapterError, Rejected, Unauthorized, Unavailable, Uncertain
from bot.config.sections import Mail

OPEN_SECONDS = 20.0
HAND_OVER_SECONDS = 60.0
"""How long a server may take to answer; RFC 5321 (4.5.3.2.6) grants ten minutes, for which no tick can wait."""
TYPES = {
    "html": "text/html",
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_POLICY = SMTP.clone(cte_type="7bit")  # every server takes it
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. id: the same at every try, so that a server that knows it can tell."""

    to: str
    subject: str
    text: str
    at: datetime
    id: str
    attachments: tuple[Attachment, ...] = ()


def write_letter(letter: Letter, sender: str) -> bytes:
    """The bytes of a mail, line ends and all. Equal letters give equal bytes."""
    message = EmailMessage(policy=_POLICY)
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"], message["Message-ID"] = format_datetime(letter.at), letter.id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office in return
    message.set_content(letter.text)
    for each in letter.attachments:
        main, _, sub = TYPES.get(each.name.rpartition(".")[2], "application/octet-stream").partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    if message.is_multipart():
        message.set_boundary(f"=={re.sub(r'[^A-Za-z0-9]', '', letter.id)}==")  # by default it is random
    return message.as_bytes()


class Submission:
    """A connection on which one mail is handed in. Blocking; each step in a thread."""

    def __init__(self, mailbox: Mail, to: str) -> None:
        self._mailbox = mailbox
        self._to = parseaddr(to)[1]
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Go as far as the server's word to begin. Raises Unavailable, Unauthorized, Rejected."""
        try:
            smtp = self._smtp = self._connect()
            self._log_in(smtp)
            self._expect(smtp.mail(parseaddr(self._mailbox.sender)[1]), (250,))
            self._expect(smtp.rcpt(self._to), (250, 251))
            self._expect(smtp.docmd("DATA"), (354,))
        except smtplib.SMTPAuthenticationError as error:
            raise Unauthorized(f"the mail server refuses the login: {_read(error.smtp_error)}") from error
        except smtplib.SMTPResponseException as error:
            raise _sort(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Rejected(f"the mail server cannot do what is configured: {error}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(f"the mail server cannot be reached: {error}") from error

    def hand_over(self, message: bytes) -> None:
        """Give the mail. Raises Unavailable or Rejected where it is refused, Uncertain where no answer comes."""
        assert self._smtp is not None
        assert self._smtp.sock is not None
        try:
            self._smtp.sock.settimeout(HAND_OVER_SECONDS)
            body = _LEADING_DOT.sub(b"..", message)
            self._smtp.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, answer = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Uncertain(f"the connection ended while the mail was handed over: {error}") from error
        if code != 250:
            raise _sort(code, answer)

    def close(self) -> None:
        """Hang up; what the server thinks of that changes nothing."""
        if self._smtp is not None:
            self._smtp.close()

    def _connect(self) -> smtplib.SMTP:
        box = self._mailbox
        if box.security == "tls":
            return smtplib.SMTP_SSL(box.host, box.port, timeout=OPEN_SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(box.host, box.port, timeout=OPEN_SECONDS)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._mailbox.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if self._mailbox.password is not None:
            smtp.login(self._mailbox.user, self._mailbox.password.get_secret_value())

    @staticmethod
    def _expect(answer: tuple[int, bytes], codes: Iterable[int]) -> None:
        if answer[0] not in codes:
            raise _sort(*answer)


def _sort(code: int, answer: bytes | str) -> AdapterError:
    """4xx: later. 5xx, and what no standard knows: never."""
    reason = f"the mail server says {code} {_read(answer)}"
    return Unavailable(reason) if 400 <= code < 500 or code < 0 else Rejected(reason)


def _read(answer: bytes | str) -> str:
    text = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
