"""What is said of who sent a mail: facts with counts, by the own server, the signature and other mails."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.mail.evidence import read_evidence
from adapters.mail.translate import message_from_bytes
from bot import desk
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Reply
from tests.servers.mail.dovecot import ADDRESS, OWN
from tests.servers.mail.layouts import PEOPLE, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_plus_address(ADDRESS, "habits")
ADA, JOERG, ELODIE, GRACE, LI = PEOPLE


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {}, "first-job": {}})
    await bot.tick(minutes=1)
    return bot


async def tell(bot, place=-1):
    reply = (await bot.rows(Reply))[place]
    return [fact.tell("en") for fact in await desk.read_sender(bot.context, "config", reply.id)]


async def test_the_domain_of_the_firm_in_the_signature(asked, send):
    send(ADA.address, OURS, make_mail(ADA, "gmail", OURS, AT))
    await asked.tick(minutes=6)
    assert await tell(asked) == [
        "Wrote from ada@engines.example.",
        "DKIM passes for engines.example, the domain of the firm in the signature.",
        "As their mail says: Ada Lovelace, Head of Engineering, Engines Ltd, www.engines.example.",
    ]


async def test_a_server_that_sends_for_others(asked, send):
    send.server.evidence = dict.fromkeys(("engines.example", "navy.example"), "dkim=pass header.d=prlink.example")
    for sender in (ADA, GRACE):
        send(sender.address, OURS, make_mail(sender, "agency", OURS, AT))
    await asked.tick(minutes=6)
    told = await tell(asked, 0)
    assert "Sent by prlink.example for engines.example; nothing shows that engines.example knows of it." in told
    assert "2 senders wrote to this question through the same server." in told


async def test_one_address_in_several_names_many_questions_within_minutes(asked, send):
    other = write_plus_address(ADDRESS, "first-job")
    soon = datetime(2026, 11, 16, 8, 4, tzinfo=UTC)
    send(ADA.address, OURS, make_mail(ADA, "gmail", OURS, soon))
    borrowed = make_mail(ADA, "outlook", other, AT).replace(b"Ada Lovelace", b"Eva Lovelace")
    send(ADA.address, other, borrowed)
    await asked.tick(minutes=6)
    told = await tell(asked, 0)
    assert "Sent 3 minutes after the question was asked." in told
    assert "Mails from this address are signed in 2 names." in told
    assert "This address answered 2 different questions." in told


async def test_nothing_is_proven_where_the_own_server_says_nothing(asked, send):
    send.server.evidence = {"engines.example": ""}
    spoofed = b"Authentication-Results: mx.elsewhere.example; dkim=pass header.d=engines.example\r\n"
    send(ADA.address, OURS, spoofed + make_mail(ADA, "plain", OURS, AT))
    await asked.tick(minutes=6)
    assert "Nothing shows that it came from engines.example." in await tell(asked)


async def test_the_answer_on_the_page_has_them(asked, send):
    send(LI.address, OURS, make_mail(LI, "plain", OURS, AT + timedelta(minutes=1)))
    await asked.tick(minutes=6)
    answer = await desk.read_answer(asked.context, "config", (await asked.row(Reply)).id)
    assert [fact.key for fact in answer.sender] == ["address", "domain"]
    assert answer.reply.text == LI.words, "who was written to reads it"


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (
            f"{OWN}; dkim=pass header.d=a.example header.s=k; spf=pass smtp.mailfrom=x@b.example",
            ("a.example", "b.example"),
        ),
        (f"{OWN} 1;\n\tdkim=fail header.d=a.example", ("", "")),
        (f"{OWN.upper()}; dkim=pass header.i=@a.example", ("a.example", "")),
        ("mx.other.example; dkim=pass header.d=a.example", ("", "")),
        (f"{OWN}; none", ("", "")),
        ("nonsense ;;; ===", ("", "")),
        (f"{OWN}; dkim=pass header.d=" + "a" * 9000, ("", "")),
    ],
)
def test_only_what_the_own_server_says_counts(headers, found):
    message = message_from_bytes(f"Authentication-Results: {headers}\n\n".encode())
    told = read_evidence(message, OWN)
    assert (told.get("dkim", ""), told.get("spf", "")) == found


def test_a_forged_header_below_the_own_one_is_not_read():
    forged = f"Authentication-Results: {OWN}; dkim=pass header.d=bank.example"
    message = message_from_bytes(
        f"Authentication-Results: {OWN}; dkim=fail header.d=bank.example\n{forged}\n\n".encode()
    )
    assert read_evidence(message, OWN) == {}
    assert read_evidence(message_from_bytes(f"{forged}\n\n".encode()), "") == {}
