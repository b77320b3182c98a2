"""Final digests by mail, against a real SMTP server: each recipient at most once."""

import socket
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.desk import forget_author, list_given_away, record_consent
from bot.desk.print.digest import digest_now
from storage.models import Outgoing, Question, Reply
from storage.states import CONFIG_WORKSPACE, OutgoingState
from tests.running import ANSWERS


async def close(bot):
    return await bot.tick(hours=1)


def attached(mail):
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


async def states(bot):
    return [row.state.value for row in await bot.rows(Outgoing)]


async def test_a_final_digest_is_mailed_with_both_editions_attached(asked, inbox):
    done = await close(asked)
    assert done.mailed == 1
    (mail,) = inbox.taken
    assert (mail["To"], mail["From"]) == ("mara@example.org", "Pullquote <bot@example.org>")
    assert mail["Subject"] == "Digest: What did you stop doing, and what happened?"
    assert mail["Auto-Submitted"] == "auto-generated"
    files = attached(mail)
    assert [name.rpartition(".")[2] for name in files] == ["html", "json", "docx"]
    assert ANSWERS["ada"] in next(text for name, text in files.items() if name.endswith("html"))
    on_disk = {path.name: path.read_bytes() for path in (asked.folder / "digests").iterdir()}
    assert files.keys() == on_disk.keys()
    assert next(data for name, data in files.items() if name.endswith("docx")) in on_disk.values()
    body = mail.get_body().get_content()
    assert "1 answer came in" in body
    assert "not to be passed on" in body


async def test_nothing_is_mailed_twice(asked, inbox):
    await close(asked)
    await asked.tick(minutes=10)
    await asked.restart()
    await asked.tick(minutes=10)
    await digest_now(asked.context, await asked.row(Question))
    await asked.tick(minutes=10)
    assert len(inbox.taken) == 1


async def test_each_recipient_has_a_mail_of_their_own(asked, inbox, mail):
    await asked.restart(mail=mail | {"to": ("mara@example.org", "Lin <lin@example.org>")})
    await close(asked)
    assert sorted(str(mail["To"]) for mail in inbox.taken) == ["Lin <lin@example.org>", "mara@example.org"]
    assert set(inbox.count().values()) == {1}


async def test_a_preview_stays_here(asked, inbox):
    await digest_now(asked.context, await asked.row(Question))
    await asked.tick(minutes=1)
    assert inbox.taken == []


async def test_a_digest_that_changed_is_mailed_as_a_revision(asked, inbox):
    await close(asked)
    (reply,) = await asked.rows(Reply)
    await record_consent(asked.context, CONFIG_WORKSPACE, reply.id, "withdrawn")
    asked.clock.advance(minutes=1)
    await digest_now(asked.context, await asked.row(Question))
    await asked.tick(minutes=1)
    assert inbox.taken[-1]["Subject"].startswith("Digest, revision 2: ")
    assert ANSWERS["ada"] not in str(attached(inbox.taken[-1]))
    (given,) = await list_given_away(asked.context, CONFIG_WORKSPACE)
    assert (given.place, given.reply_ids) == ("mara@example.org", (reply.id,))


async def test_what_was_taken_back_before_the_mail_goes_out_is_not_in_it(asked, inbox):
    inbox.refuse["MAIL"] = "451 later"
    await close(asked)
    (reply,) = await asked.rows(Reply)
    await record_consent(asked.context, CONFIG_WORKSPACE, reply.id, "refused")
    inbox.refuse.clear()
    await asked.tick(minutes=5)
    assert ANSWERS["ada"] not in str(attached(inbox.taken[0]))


async def test_an_erased_author_is_listed_with_the_mails_that_named_them(asked, inbox):
    await close(asked)
    await forget_author(asked.context, CONFIG_WORKSPACE, "ada")
    (given,) = await list_given_away(asked.context, CONFIG_WORKSPACE)
    assert "ada" not in given.to_do.split()


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_refusal_for_now_is_tried_again_with_a_growing_pause(asked, inbox, command):
    inbox.refuse[command] = "451 greylisted"
    await close(asked)
    row = await asked.row(Outgoing)
    assert row.state is OutgoingState.RETRY
    assert "451 greylisted" in row.state_reason
    first = row.retry_at - asked.clock()
    await asked.tick(seconds=first.total_seconds())
    row = await asked.row(Outgoing)
    assert (row.attempts, row.retry_at - asked.clock() > first) == (2, True)
    inbox.refuse.clear()
    await asked.tick(minutes=30)
    assert (len(inbox.taken), await states(asked)) == (1, ["sent"])
    assert await asked.told("mail retry") == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_refusal_for_good_is_told_and_not_tried_again(asked, inbox, command):
    inbox.refuse[command] = "550 no such person"
    await close(asked)
    (message,) = await asked.told("mail failed")
    assert "mara@example.org was not sent" in message
    assert "550 no such person" in message
    inbox.refuse.clear()
    await asked.tick(days=1)
    assert (inbox.taken, await states(asked)) == ([], ["failed"])


async def test_a_mail_whose_outcome_is_unclear_is_told_and_never_repeated(asked, inbox):
    inbox.hang_up = True
    await close(asked)
    assert await states(asked) == ["uncertain"]
    (message,) = await asked.told("mail uncertain")
    assert "it is unclear whether the mail to mara@example.org arrived" in message
    inbox.hang_up = False
    await asked.tick(days=1)
    assert len(inbox.taken) == 1


async def test_no_server_is_tried_again_and_given_up_after_three_days(asked, mail, inbox):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    await asked.restart(mail=mail | {"port": port})
    await close(asked)
    assert await states(asked) == ["retry"]
    await asked.tick(days=3)
    assert await states(asked) == ["failed"]
    assert "given up after 3 days" in (await asked.told("mail failed"))[0]


async def test_a_login_is_made_and_a_refused_one_waits_for_a_person(asked, inbox, mail):
    await asked.restart(mail=mail | {"user": "bot", "password": "wrong"})
    await close(asked)
    assert await states(asked) == ["retry"]
    (message,) = await asked.told("mail retry")
    assert "waits for you" in message
    assert "wrong" not in message
    await asked.restart(mail=mail | {"user": "bot", "password": "canary-password"})
    await asked.tick(hours=1)
    assert (inbox.logins[-1], len(inbox.taken)) == ((b"bot", b"canary-password"), 1)


async def test_a_server_without_starttls_gets_nothing(asked, inbox, mail):
    await asked.restart(mail=mail | {"security": "starttls"})
    await close(asked)
    assert (inbox.taken, await states(asked)) == ([], ["failed"])


async def test_a_claim_that_lapsed_before_the_bytes_left_is_sent_after_all(asked, inbox):
    inbox.refuse["MAIL"] = "451 later"
    await close(asked)
    await lapse(asked, intent_at=None)
    inbox.refuse.clear()
    await asked.tick(minutes=1)
    assert len(inbox.taken) == 1


async def test_a_claim_that_lapsed_after_them_is_told_and_not_repeated(asked, inbox):
    inbox.refuse["MAIL"] = "451 later"
    await close(asked)
    await lapse(asked, intent_at=asked.clock())
    inbox.refuse.clear()
    await asked.tick(minutes=1)
    assert (inbox.taken, await states(asked)) == ([], ["uncertain"])
    assert len(await asked.told("mail uncertain")) == 1


async def lapse(bot, intent_at):
    """As a kill leaves it."""
    past = bot.clock() - timedelta(seconds=1)
    async with bot.context.store.write() as session:
        values = {"state": OutgoingState.SENDING, "holder": "dead", "lease_until": past, "intent_at": intent_at}
        await session.execute(update(Outgoing).values(**values))


async def test_who_is_no_longer_a_recipient_gets_nothing_more(asked, inbox, mail):
    inbox.refuse["MAIL"] = "451 later"
    await close(asked)
    inbox.refuse.clear()
    await asked.restart(mail=mail | {"to": ("lin@example.org",)})
    await asked.tick(minutes=30)
    assert inbox.taken == []


async def test_the_first_final_digest_is_no_revision_of_a_preview(asked, inbox):
    await digest_now(asked.context, await asked.row(Question))
    asked.reply("grace")
    await asked.tick(minutes=5)
    await close(asked)
    assert inbox.taken[-1]["Subject"] == "Digest: What did you stop doing, and what happened?"
