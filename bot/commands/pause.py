"""`/pullquote pause` and `resume`: nothing of a question, or of this server, is posted until somebody resumes it."""

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.questions import find_by_id, find_named
from bot.commands.parts.shown import Button, ButtonStyle, Shown
from bot.commands.parts.text import plain


async def _pause(call: Call) -> Shown:
    labels = call.labels["pause"]
    if not call.text("question"):
        for workspace in call.guild.workspaces:
            await desk.pause_all(call.context, workspace, call.caller.by)
        await call.note("paused all questions of this server")
        return Shown(labels["all_paused"], ((Button(labels["resume"], "resume-all", (), ButtonStyle.GOOD),),))
    question = await find_named(call, call.text("question"))
    await desk.pause_question(call.context, question, call.caller.by)
    await call.note(f"paused {question.slug}", question.workspace)
    resume = Button(labels["resume"], "resume-one", (question.id,), ButtonStyle.GOOD)
    return Shown(labels["paused"].format(slug=plain(question.slug)), ((resume,),))


async def _resume(call: Call) -> Shown:
    if not call.text("question"):
        return await _resume_all(call)
    return await _resume_question(call, str((await find_named(call, call.text("question"))).id))


async def _resume_one(call: Call) -> Shown:
    return await _resume_question(call, call.args[0])


async def _resume_question(call: Call, question_id: str) -> Shown:
    question, _ = await find_by_id(call, question_id)
    await desk.resume_question(call.context, question)
    await call.note(f"resumed {question.slug}", question.workspace)
    return Shown(call.labels["pause"]["resumed"].format(slug=plain(question.slug)))


async def _resume_all(call: Call) -> Shown:
    for workspace in call.guild.workspaces:
        await desk.resume_all(call.context, workspace, call.caller.by)
    await call.note("resumed all questions of this server")
    return Shown(call.labels["pause"]["all_resumed"])


ACTS = {
    "pause": Act(_pause, changes=True),
    "resume": Act(_resume, changes=True),
    "resume-all": Act(_resume_all, changes=True, in_place=True),
    "resume-one": Act(_resume_one, changes=True, in_place=True),
}
