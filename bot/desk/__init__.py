"""What an editor can do. Every face (the shell, Discord) calls this and holds no rule of its own."""

from bot.config.communities import Guild, Right, find_right
from bot.delivery.summary import attach, sum_up
from bot.desk.answers.credit import Uncredited, list_uncredited, record_credit
from bot.desk.answers.import_files import Imported
from bot.desk.answers.imports import add_reply, import_replies
from bot.desk.answers.review import (
    Asking,
    Chosen,
    Review,
    Seen,
    UsedIn,
    ask_consent,
    choose_passage,
    next_review,
    read_review,
    read_seen,
)
from bot.desk.answers.search import FoundReply, explain, is_question, search
from bot.desk.answers.verdicts import decide, restore
from bot.desk.asking.adopt import Sighting, adopt, sight
from bot.desk.asking.ask import ask
from bot.desk.asking.post_now import post_now, publish_due
from bot.desk.asking.preview import Preview, preview
from bot.desk.asking.queue import Queued, approve, decline, edit_question, hurry, list_queue, propose
from bot.desk.asking.running import (
    extend,
    pause_all,
    pause_question,
    remind,
    resume_all,
    resume_question,
    take_back,
)
from bot.desk.errors import DeskError
from bot.desk.find import find_question
from bot.desk.operating.collect import collect_now, collect_question
from bot.desk.operating.communities import (
    accounts_of,
    find_guild,
    find_guild_question,
    is_new,
    list_guild_questions,
    note,
    workspace_of_reply,
)
from bot.desk.operating.spending import Spend, read_spending
from bot.desk.operating.status import PostStatus, QuestionStatus, Status, read_status
from bot.desk.people.consent import DoNotQuoteMark, RecordedConsent, mark_do_not_quote, record_consent
from bot.desk.people.members import MyAnswer, Privacy, edit_answer, forget_me, my_answers, privacy, withdraw_answer
from bot.desk.people.source import Forgotten, SourceReport, check_source, forget_author, read_source
from bot.desk.print.digest import Digested, digest_now, digest_week_now
from bot.desk.print.used import GivenAway, Used, Withdrawn, list_given_away, list_withdrawn, record_use

__all__ = [
    "Asking",
    "Chosen",
    "DeskError",
    "Digested",
    "DoNotQuoteMark",
    "Forgotten",
    "FoundReply",
    "GivenAway",
    "Guild",
    "Imported",
    "MyAnswer",
    "PostStatus",
    "Preview",
    "Privacy",
    "QuestionStatus",
    "Queued",
    "RecordedConsent",
    "Review",
    "Right",
    "Seen",
    "Sighting",
    "SourceReport",
    "Spend",
    "Status",
    "Uncredited",
    "Used",
    "UsedIn",
    "Withdrawn",
    "accounts_of",
    "add_reply",
    "adopt",
    "approve",
    "ask",
    "ask_consent",
    "attach",
    "check_source",
    "choose_passage",
    "collect_now",
    "collect_question",
    "decide",
    "decline",
    "digest_now",
    "digest_week_now",
    "edit_answer",
    "edit_question",
    "explain",
    "extend",
    "find_guild",
    "find_guild_question",
    "find_question",
    "find_right",
    "forget_author",
    "forget_me",
    "hurry",
    "import_replies",
    "is_new",
    "is_question",
    "list_given_away",
    "list_guild_questions",
    "list_queue",
    "list_uncredited",
    "list_withdrawn",
    "mark_do_not_quote",
    "my_answers",
    "next_review",
    "note",
    "pause_all",
    "pause_question",
    "post_now",
    "preview",
    "privacy",
    "propose",
    "publish_due",
    "read_review",
    "read_seen",
    "read_source",
    "read_spending",
    "read_status",
    "record_consent",
    "record_credit",
    "record_use",
    "remind",
    "restore",
    "resume_all",
    "resume_question",
    "search",
    "sight",
    "sum_up",
    "take_back",
    "withdraw_answer",
    "workspace_of_reply",
]
