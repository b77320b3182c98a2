"""The text of a question for a mail, a form or a service for journalists: pasted by its writer, posted by nobody."""

from bot.context import Context
from bot.delivery.read_backs import find_receiving
from bot.questions import call_out
from bot.questions.content import Content
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Question
from storage.questions import questions


async def read_call_out(context: Context, question: Question) -> str:
    """The call-out of a question, with the address at which it is answered where the config has a mailbox."""
    async with context.store.read() as session:
        _, version = await questions.load_question(session, question.id)
    mailbox = find_receiving(context)
    address = write_plus_address(mailbox, question.slug) if mailbox else ""
    return write_call_out(context, Content.model_validate(version.content), address)


def write_call_out(context: Context, content: Content, address: str = "") -> str:
    """The same of a question that is not asked yet, and has no address."""
    return call_out.write_call_out(content, name=context.name, address=address)
