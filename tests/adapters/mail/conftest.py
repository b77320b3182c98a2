"""A mailbox on a real Dovecot, and a whole pullquote that reads it."""

from dataclasses import replace
from datetime import timedelta
from smtplib import SMTP_SSL
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context

import pytest

from adapters.registry import load_platform
from bot.config import AccountConfig
from tests.running import Bot, Clock, configure
from tests.servers.mail.dovecot import Delivering
from tests.servers.mail.fixtures import adapter, dovecot, dovecot_server, host

__all__ = ["adapter", "dovecot", "dovecot_server", "host"]


@pytest.fixture
def send(dovecot):
    """Hands a mail in over TLS, as a person's program does: `send(sender, recipient, data)`."""
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(dovecot.folder / "cert.pem", dovecot.folder / "key.pem")
    trusting = create_default_context(cafile=dovecot.ca_file)

    def send(sender, recipient, data):
        with SMTP_SSL("127.0.0.1", server.port, context=trusting) as client:
            client.sendmail(sender, [recipient], data)

    with Delivering(dovecot, ssl_context=context) as server:
        send.server = server
        yield send


@pytest.fixture
async def open_mail_bot(dovecot, database, tmp_path, plain_log):
    """Open a pullquote with a mailbox; questions: by slug, keys of Content."""
    opened = []

    async def open_mail_bot(questions, settings=None, **changes):
        mail = load_platform("mail")
        keys = mail.settings.model_validate(dovecot.settings(**(settings or {})))
        account = AccountConfig("mailbox", mail, keys, collect_every=timedelta(minutes=5))
        usual = {"at": "2026-11-16T08:01", "closes_after": "2d", "accounts": ("mailbox",)}
        told = {
            slug: usual | {"text": "Which habit did you change at work?"} | each for slug, each in questions.items()
        }
        config = configure(tmp_path, database, {}, {"accounts": (), "questions": told} | changes)
        bot = Bot(tmp_path, database, Clock(), {}, replace(config, accounts={"mailbox": account}))
        opened.append(bot)
        await bot.open()
        return bot

    yield open_mail_bot
    for bot in opened:
        await bot.close()
