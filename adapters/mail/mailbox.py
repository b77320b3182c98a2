"""A mailbox over IMAP: which mails there are, their headers, and the bytes of one. All of it blocks: use a thread.

Nothing is written: the folder is opened to be read (EXAMINE), and bodies are peeked at, so that no mail is marked seen.
"""

import imaplib
import re
import ssl
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

from imap_tools import AND, A, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from adapters.checks import describe_failure
from adapters.contract.errors import Unauthorized, Unavailable
from adapters.mail.settings import MailSettings

Answer = TypeVar("Answer")

HEADERS = 256 * 1024
"""Bytes of the headers of a mail that are looked at before it is known whether it is for us."""
_A_COMMAND = 60
"""Seconds that a program has to print a password."""
_WHERE = re.compile(rb"UID (?P<uid>\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (?P<size>\d+)")
_DATE = re.compile(rb'INTERNALDATE "(?P<date>[^"]+)"')


@dataclass(frozen=True, slots=True)
class ListedMail:
    """A mail as the server lists it. size: bytes, attachments and all."""

    uid: int
    size: int
    received_at: datetime
    headers: bytes


class OpenMailbox:
    """One login. Raises Unauthorized and Unavailable."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._box: BaseMailBox | None = None
        self.validity = ""

    def __enter__(self) -> Self:
        settings = self._settings
        secret = _read_secret(settings)
        try:
            self._box = _connect(settings)
            try:
                _log_in(self._box, settings, secret)
                self._box.folder.set(settings.folder, readonly=True)
                status = self._box.client.response("UIDVALIDITY")[1]
            except BaseException:
                self._close()
                raise
        except MailboxLoginError:
            raise _refuse(settings) from None
        except imaplib.IMAP4.error as error:
            if settings.login == "xoauth2":
                raise _refuse(settings) from None
            raise Unavailable(f"the mailbox at {settings.host} broke off: {_tell(error)}") from None
        except ImapToolsError as error:
            where = f"the folder {settings.folder!r} at {settings.host}"
            raise Unavailable(f"{where} cannot be read: {_tell(error)}") from None
        except OSError as error:
            raise Unavailable(f"the mailbox at {settings.host} cannot be reached: {describe_failure(error)}") from None
        self.validity = status[0].decode() if status and status[0] else "0"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        try:
            box.client.shutdown()
        except OSError:
            return

    def list_uids(self, above: int | None, since: datetime | None) -> list[int]:
        """UIDs in order: those above a number, or of mails that came in since a day before `since`."""
        if above is not None:
            criteria = A(uid=f"{above + 1}:*")
        else:
            criteria = AND(date_gte=((since or datetime(1990, 1, 1, tzinfo=UTC)) - timedelta(days=1)).date())
        found = self._ask(lambda box: box.uids(criteria))
        uids = sorted({int(uid) for uid in found})
        return [uid for uid in uids if above is None or uid > above]  # `5:*` names the last one, whatever its number

    def list_mails(self, uids: Sequence[int]) -> list[ListedMail]:
        """Their headers; those that are gone by now are left out."""
        parts = f"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.{HEADERS}>)"
        return sorted(self._fetch(uids, parts), key=lambda mail: mail.uid)

    def find_mails(self, message_id: str) -> list[ListedMail]:
        """Those with this Message-ID."""
        wanted = message_id.replace('"', "").replace("\\", "")
        found = self._ask(lambda box: box.client.uid("SEARCH", "HEADER", "Message-ID", f'"<{wanted}>"'))
        uids = [int(uid) for uid in (found[1][0] or b"").split()] if found[0] == "OK" else []
        return self.list_mails(uids[:3]) if uids else []

    def read_mail(self, uid: int, most: int) -> bytes:
        """The first `most` bytes of one mail, b"" where it is gone."""
        mails = list(self._fetch([uid], f"(UID BODY.PEEK[]<0.{most}>)"))
        return mails[0].headers if mails else b""

    def _fetch(self, uids: Sequence[int], parts: str) -> Iterator[ListedMail]:
        if not uids:
            return
        status, answers = self._ask(lambda box: box.client.uid("FETCH", ",".join(map(str, uids)), parts))
        if status != "OK":
            raise Unavailable(f"the mailbox at {self._settings.host} does not show its mails")
        tails = [*answers[1:], b")"]
        for answer, after in zip(answers, tails, strict=True):
            if isinstance(answer, tuple):
                said = answer[0] + (b" " + after if isinstance(after, bytes) else b"")
                yield _read_listed(said, answer[1])

    def _ask(self, call: Callable[[BaseMailBox], Answer]) -> Answer:
        """A call, its failures as ours."""
        if self._box is None:
            raise Unavailable("the mailbox is not open")
        try:
            return call(self._box)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            what = describe_failure(error) if isinstance(error, OSError) else _tell(error)
            raise Unavailable(f"the mailbox at {self._settings.host} broke off: {what}") from None


def _read_listed(said: bytes, headers: bytes) -> ListedMail:
    uid, size = _WHERE.search(said), _SIZE.search(said)
    return ListedMail(int(uid["uid"]) if uid else 0, int(size["size"]) if size else 0, _read_date(said), headers)


def _read_date(said: bytes) -> datetime:
    match = _DATE.search(said)
    written = match["date"].decode().strip() if match else ""
    try:
        return datetime.strptime(written, "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return datetime(1990, 1, 1, tzinfo=UTC)


def _connect(settings: MailSettings) -> BaseMailBox:
    if settings.security == "none":
        return MailBoxUnencrypted(settings.host, settings.port or 143, timeout=settings.timeout)
    context = ssl.create_default_context()
    if settings.ca_file:
        context.load_verify_locations(settings.ca_file)
    if settings.security == "starttls":
        return MailBoxStartTls(settings.host, settings.port or 143, settings.timeout, ssl_context=context)
    return MailBox(settings.host, settings.port or 993, settings.timeout, ssl_context=context)


def _log_in(box: BaseMailBox, settings: MailSettings, secret: str) -> None:
    if settings.login == "xoauth2":
        box.xoauth2(settings.user, secret, initial_folder=None)
    elif settings.user.isascii() and secret.isascii():
        box.login(settings.user, secret, initial_folder=None)
    else:
        box.login_utf8(settings.user, secret, initial_folder=None)


def _read_secret(settings: MailSettings) -> str:
    """The password as it stands, or what the program prints: a token of an hour is fetched anew at each login."""
    if settings.password is not None:
        return settings.password.get_secret_value()
    program = settings.password_command[0]
    try:
        done = subprocess.run(  # noqa: S603  # the program that the operator wrote into the config, without a shell
            settings.password_command, capture_output=True, timeout=_A_COMMAND, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        why = f"did not answer within {_A_COMMAND} s" if isinstance(error, subprocess.TimeoutExpired) else str(error)
        raise Unauthorized(f"the program {program} that gives the password of {settings.user} {why}") from None
    secret = done.stdout.decode(errors="replace").partition("\n")[0].strip()
    if done.returncode or not secret:
        raise Unauthorized(
            f"the program {program} gave no password of {settings.user} (it ended with {done.returncode}): "
            "run it by hand"
        )
    return secret


def _refuse(settings: MailSettings) -> Unauthorized:
    return Unauthorized(
        f"{settings.host} refused the login of {settings.user}: check user and password "
        '(many servers want an app password, or a token with login = "xoauth2")'
    )


def _tell(error: BaseException) -> str:
    """What a server said, short, in one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
