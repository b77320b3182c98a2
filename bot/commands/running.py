"""What can be done in `/pullquote queue` to a question that is out: let it run longer, remind once, take it back."""

from datetime import timedelta

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.posts import say_posts, show_link
from bot.commands.parts.questions import find_by_id
from bot.commands.parts.shown import Button, ButtonStyle, Shown
from bot.commands.parts.text import escape, moment, plain
from bot.commands.queue import show_question
from bot.desk.asking.running import PostReport

LONGER = timedelta(days=3)


async def _extend(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    closes_at = await desk.extend(call.context, question, LONGER)
    await call.note(f"let {question.slug} run longer", question.workspace)
    return await show_question(call, call.args[0], call.labels["queue"]["extended"].format(at=moment(closes_at)))


async def _confirm_remind(call: Call) -> Shown:
    labels = call.labels["queue"]
    question, content = await find_by_id(call, call.args[0])
    yes = Button(labels["remind_yes"], "queue-reminded", (question.id,), ButtonStyle.MAIN)
    no = Button(labels["remind_no"], "queue-again", (question.id,))
    return Shown(labels["remind_sure"].format(text=plain(content.text)), ([yes, no],))


async def _remind(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    await desk.remind(call.context, question)
    await call.note(f"reminded of {question.slug}", question.workspace)
    posts = await desk.post_now(call.context, question)
    return Shown("\n".join([call.labels["queue"]["reminded"], say_posts(call, question.slug, posts)]))


async def _confirm_take_back(call: Call) -> Shown:
    labels = call.labels["queue"]
    question, content = await find_by_id(call, call.args[0])
    yes = Button(labels["take_back_yes"], "queue-taken-back", (question.id,), ButtonStyle.DANGER)
    no = Button(labels["take_back_no"], "queue-again", (question.id,))
    return Shown(labels["take_back_sure"].format(text=plain(content.text)), ([yes, no],))


async def _take_back(call: Call) -> Shown:
    question, _ = await find_by_id(call, call.args[0])
    reports = await desk.take_back(call.context, question)
    await call.note(f"took {question.slug} back", question.workspace)
    heading = call.labels["queue"]["taken_back"].format(slug=plain(question.slug))
    return Shown("\n".join([heading, *map(_say_report, reports)]))


def _say_report(report: PostReport) -> str:
    mark = "✓" if report.done else "✗"
    return f"- **{plain(report.account)}** {mark} {escape(report.message)} {show_link(report.link)}".rstrip()


ACTS = {
    "queue-extend": Act(_extend, changes=True, in_place=True),
    "queue-remind": Act(_confirm_remind, in_place=True),
    "queue-reminded": Act(_remind, changes=True, in_place=True),
    "queue-take-back": Act(_confirm_take_back, in_place=True),
    "queue-taken-back": Act(_take_back, changes=True, in_place=True),
}
