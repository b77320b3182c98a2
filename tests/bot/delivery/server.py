"""A real SMTP server on loopback that can be told to refuse, to hang up, or to take a mail and hang up."""

from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Inbox:
    """What arrived, and how the next commands are answered. refuse: answers by command (`MAIL`, `RCPT`, `DATA`).

    hang_up: after a mail was taken, before its sender is told.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    password: bytes = b"canary-password"

    def count(self) -> Counter[str]:
        """How often each mail arrived, by its id."""
        return Counter(mail["Message-ID"] for mail in self.taken)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "RCPT" not in self.refuse:
            envelope.rcpt_tos.append(address)
        return self.refuse.get("RCPT", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.taken.append(message_from_bytes(envelope.original_content, policy=default))
        if self.hang_up:
            server.transport.abort()
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, said):
        assert isinstance(said, LoginPassword)
        self.logins.append((said.login, said.password))
        return AuthResult(success=said.password == self.password, handled=False)


class Server(Controller):
    """The server of an inbox, on a free port."""

    def __init__(self, inbox: Inbox, **options) -> None:
        super().__init__(
            inbox, hostname="127.0.0.1", port=0, authenticator=inbox.authenticate, auth_require_tls=False, **options
        )

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop(no_assert=True)
