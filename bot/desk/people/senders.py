"""Who sent a mail, as far as the own server, the signature and other mails show: facts with counts, never a verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Context
from bot.desk.find import find_answer
from bot.questions.content import Content
from bot.replies.pitches import MAIL
from bot.words import Forms, words
from bot.words.cleaning import clean_line
from storage.engine import Session
from storage.models import PUBLIC
from storage.questions.questions import load_question
from storage.replies.senders import SenderCounts, WholeMail, count_sender, load_told, load_whole_mails

AT_ONCE = timedelta(minutes=10)
"""An answer that came so soon was not written for the question."""
_FOR_EVERYBODY = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com"}
    | {"aol.com", "mail.com", "proton.me", "protonmail.com", "posteo.de", "gmx.de", "gmx.net", "web.de"}
    | {"t-online.de", "free.fr", "orange.fr", "laposte.net"}
)
"""Where anybody has an address."""


@dataclass(frozen=True, slots=True)
class SenderFact:
    """A sentence `[sender.KEY]` of the words, with what stands in it. n: how many things, for the plural form."""

    key: str
    given: Mapping[str, str]
    n: int = 0

    def tell(self, language: str) -> str:
        """The sentence."""
        found = words(language)["sender"][self.key]
        sentence = found.choose(self.n) if isinstance(found, Forms) else str(found)
        return sentence.format_map({"n": self.n, **self.given})


@dataclass(frozen=True, slots=True)
class MailPiece:
    """A passage of a mail. is_own: the words of who sent it; else quoted, a signature or a footer."""

    text: str
    is_own: bool


async def read_whole_mails(context: Context, workspace: str, reply_id: int) -> tuple[tuple[MailPiece, ...], ...]:
    """The whole mails of the answer that a reply belongs to, for an editor's eyes alone. Raises DeskError."""
    async with context.store.read() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        return await divide_mails(session, [part.reply.id for part in answer.parts])


async def divide_mails(session: Session, reply_ids: Sequence[int]) -> tuple[tuple[MailPiece, ...], ...]:
    """Each mail in pieces, where there is more in it than its author's words; none of what is no mail."""
    return tuple(tuple(_divide(mail)) for mail in await load_whole_mails(session, MAIL, reply_ids))


def _divide(mail: WholeMail) -> Iterator[MailPiece]:
    at = 0
    for start, end in [*sorted(mail.foreign), (len(mail.text), len(mail.original))]:
        for text, is_own in ((mail.original[at:start], True), (mail.original[max(at, start) : end], False)):
            if text.strip():
                yield MailPiece(text.strip("\n"), is_own)
        at = max(at, end)


async def read_sender(context: Context, workspace: str, reply_id: int) -> tuple[SenderFact, ...]:
    """What is known of who sent a mail; nothing of a reply that is none. Raises DeskError."""
    async with context.store.read() as session:
        await find_answer(context, session, [workspace], reply_id)
        return await describe_sender(session, workspace, reply_id)


async def describe_sender(session: Session, workspace: str, reply_id: int) -> tuple[SenderFact, ...]:
    """The same of a reply that is known to be of this workspace."""
    reply, address = await load_told(session, reply_id)
    told = {str(name): clean_line(str(value)) for name, value in reply.extra.items()}
    if reply.audience == PUBLIC or "@" not in address:
        return ()
    domains = told.get("dkim", "").split()
    counts = await count_sender(session, workspace, reply, told.get("dkim", ""))
    soon = counts.opened_at is not None and timedelta() <= reply.posted_at - counts.opened_at <= AT_ONCE
    allowed = Content.model_validate((await load_question(session, reply.question_id))[1].content).pitches
    minutes = round((reply.posted_at - counts.opened_at) / timedelta(minutes=1)) if counts.opened_at and soon else None
    return (
        *_tell_server(address, told, domains),
        *_tell_signature(told),
        *_tell_counts(told, counts, minutes, allowed),
    )


def _tell_server(address: str, told: Mapping[str, str], domains: list[str]) -> Iterator[SenderFact]:
    """DKIM is a domain's word for a mail (RFC 6376); which domain that is, is what counts."""
    yield SenderFact("address", {"address": address})
    own = address.rpartition("@")[2]
    firm = _read_domain(told.get("signed_page", ""))
    aligned = next((domain for domain in domains if _belong(domain, own)), "")
    if aligned and own in _FOR_EVERYBODY:
        yield SenderFact("for_everybody", {"domain": own})
    elif aligned and firm and _belong(aligned, firm):
        yield SenderFact("firm", {"domain": aligned})
    elif aligned:
        yield SenderFact("domain", {"domain": aligned})
    elif domains:
        yield SenderFact("sent_for", {"domain": domains[0], "own": own})
    else:
        yield SenderFact("unproven", {"own": own})
    if firm and not _belong(firm, own):
        yield SenderFact("other_page", {"firm": firm, "own": own})


def _belong(one: str, other: str) -> bool:
    """Whether one is the other, or lies below it."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _read_domain(page: str) -> str:
    """`example.org` of `https://www.example.org/team`."""
    host = (page.partition("://")[2] or page).partition("/")[0]
    return host.casefold().removeprefix("www.")


def _tell_signature(told: Mapping[str, str]) -> Iterator[SenderFact]:
    pieces = [told[f"signed_{name}"] for name in ("name", "role", "firm", "page") if f"signed_{name}" in told]
    if pieces:
        yield SenderFact("signed", {"words": ", ".join(pieces)})


def _tell_counts(
    told: Mapping[str, str], counts: SenderCounts, minutes: int | None, allowed: int
) -> Iterator[SenderFact]:
    """allowed: how many mails a person the question takes."""
    if minutes is not None:
        yield SenderFact("soon", {}, minutes)
    if counts.here > allowed:
        yield SenderFact("over", {"allowed": str(allowed)}, counts.here)
    for key, n, least in (
        ("newer", counts.wordings, 2),
        ("names", counts.names, 2),
        ("server", counts.server, 2),
        ("questions", counts.questions, 2),
        ("recipients", int(told.get("recipients", 0)), 1),
        ("attachments", int(told.get("attachments", 0)), 1),
    ):
        if n >= least:
            yield SenderFact(key, {}, n)
