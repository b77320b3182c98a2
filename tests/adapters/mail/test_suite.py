"""The adapter of a mailbox keeps every obligation that a mailbox has, on a real Dovecot."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import ClassVar

import pytest

from adapters.contract.reading import Author
from adapters.contract.sending import Reference
from adapters.mail import platform
from adapters.mail.translate import read_mail
from adapters.testing import AdapterSuite
from bot.quotes.read_back.joining import write_plus_address
from tests.servers.mail.dovecot import ADDRESS


class Senders:
    """People who write to the address of a question, or answer one of their own mails."""

    def __init__(self, dovecot, host):
        self._dovecot, self._host = dovecot, host
        self._slugs = {}

    async def reply(self, to, who, text):
        slug = to.extra.get("slug") or self._slugs[to.remote_id]
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"{who.title()} <{who}@example.org>"
        mail["To"] = write_plus_address(ADDRESS, slug)
        mail["Date"] = format_datetime(self._host.now())
        mail["Message-ID"] = make_msgid(domain="example.org")
        mail.set_content(text, cte="base64")
        data = mail.as_bytes()
        self._dovecot.deliver(data)
        remote_id = read_mail(data, self._host.now()).remote_id
        self._slugs[remote_id] = slug
        return Reference(remote_id)

    async def settle(self):
        """A maildir is read as it is."""


class TestMailSuite(AdapterSuite):
    quality = "adapters.mail"
    impossible: ClassVar = {
        "post": "nobody posts to a mailbox",
        "edit": "a mail that was sent is not edited",
        "vote": "there are no polls",
        "count": "a mailbox counts nothing",
        "handle": "the address is who somebody is; a handle would be printed",
    }

    @pytest.fixture
    def people(self, dovecot, host):
        return Senders(dovecot, host)

    @pytest.fixture
    def unreachable(self, host):
        values = {"host": "127.0.0.1", "port": 9, "security": "none", "user": "a", "password": "b", "address": ADDRESS}
        return platform.connect(platform.settings.model_validate(values), host)


def test_an_author_is_told_by_the_address_alone():
    mail = read_mail(b"From: =?utf-8?q?Ad=C3=A1?= <Ada@Example.org>\n\nHello there.\n", None)
    assert mail.author == Author("ada@example.org", "", "Adá")
