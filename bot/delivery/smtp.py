"""One mail by SMTP, in two steps: up to the point where nothing was handed over yet, and the handing over.

What is lost before the second step was certainly not sent; within it nobody knows.
"""

import re
import smtplib
import ssl
from base64 import b64encode
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
_LIMIT = re.compile(
    r"\b5\.4\.5\b|\b5\.1\.90\b|\b5\.7\.23[23]\b|\b4\.\d{1,3}\.\d{1,3}\b"
    r"|\b(?:daily|hourly|sending|rate|throttl\w*)\b.*\b(?:limit|quota|exceeded)|too many|try (?:again|later)|temporar",
    re.IGNORECASE,
)
"""Of answers whose number says never and whose words say later: Gmail's 550 5.4.5 ("SMTP errors and codes" of
support.google.com), Exchange Online's 5.1.90, 5.7.232 and 5.7.233 ("NDR error codes"), a 4.x.x within a 554.
"""
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. id: the same at every try, so that a server that knows it can tell. reply_to: "" for the sender."""

    to: str
    subject: str
    text: str
    at: datetime
    id: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""


def write_letter(letter: Letter, sender: str) -> bytes:
    """The bytes of a mail, line ends and all. Equal letters give equal bytes."""
    message = EmailMessage(policy=_POLICY)
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"], message["Message-ID"] = format_datetime(letter.at), letter.id
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office in return
    message.set_content(letter.text)
    for each in letter.attachments:
        main, _, sub = TYPES.get(each.name.rpartition(".")[2], "application/octet-stream").partition("/")
        params = {"charset": "utf-8"} if main == "text" else {}  # without it readers guess (RFC 6657)
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name, params=params)
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
            self._expect(smtp.rcpt(self._to), (250, 251, 252))
            self._expect(smtp.docmd("DATA"), (354,))
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:  # such as 454: too many logins for now
                raise _sort(error.smtp_code, error.smtp_error) from error
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
        if not 200 <= code < 300:
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
            log_in(smtp, self._mailbox.user, self._mailbox.password.get_secret_value())

    @staticmethod
    def _expect(answer: tuple[int, bytes], codes: Iterable[int]) -> None:
        if answer[0] not in codes:
            raise _sort(*answer)


def log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with letters of any alphabet: smtplib takes ASCII alone, PLAIN is UTF-8 (RFC 4616).

    Raises SMTPException.
    """
    if user.isascii() and password.isascii():
        smtp.login(user, password)
        return
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, answer = smtp.docmd("AUTH", f"PLAIN {_encode(f'{chr(0)}{user}{chr(0)}{password}')}")
    elif "LOGIN" in offered:
        code, answer = smtp.docmd("AUTH", f"LOGIN {_encode(user)}")
        if code == 334:
            code, answer = smtp.docmd(_encode(password))
    else:
        raise smtplib.SMTPNotSupportedError("it offers neither PLAIN nor LOGIN for a name or password beyond ASCII")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _encode(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _sort(code: int, answer: bytes | str) -> AdapterError:
    """4xx, and a limit of the day or the hour by whatever number: later. Other 5xx, and what no standard knows: never.

    Where a login is demanded, a person has to give one.
    """
    said = _read(answer)
    reason = f"the mail server says {code} {said}"
    if code in (530, 535):
        return Unauthorized(reason)
    return Unavailable(reason) if 400 <= code < 500 or code < 0 or _LIMIT.search(said) else Rejected(reason)


def _read(answer: bytes | str) -> str:
    text = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
