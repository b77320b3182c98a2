"""The text of a question for a mail, a form or a service for journalists: pasted by its writer, posted by nobody."""

from collections.abc import Iterable

from bot.context import Context
from bot.delivery.read_backs import find_mailbox
from bot.questions import call_out
from bot.questions.content import Content
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Question
from storage.questions import questions
from storage.questions.open_posts import name_question


async def read_call_out(context: Context, question: Question) -> str:
    """The call-out of a question, with the address at which it is answered where one of its accounts is a mailbox."""
    async with context.store.read() as session:
        _, version = await questions.load_question(session, question.id)
    content = Content.model_validate(version.content)
    name = name_question(question.workspace, question.slug)
    return write_call_out(context, content, find_question_address(context, content.accounts, name))


def write_call_out(context: Context, content: Content, address: str = "") -> str:
    """The same of a question that is not asked yet, and has no address."""
    return call_out.write_call_out(content, name=context.name, address=address)


def find_question_address(context: Context, entries: Iterable[str], name: str) -> str:
    """Where a question with these accounts is answered by mail, "" where none of them is a mailbox. name: of it in
    addresses.
    """
    mailbox = find_mailbox(context, entries)
    return write_plus_address(mailbox, name) if mailbox else ""
