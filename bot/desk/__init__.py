"""What an editor can do. Every face (the shell, Discord) calls this and holds no rule of its own."""

from bot.desk.adopt import Sighting, adopt, sight
from bot.desk.asking import Preview, ask, find_said, preview
from bot.desk.collecting import collect_now, collect_question
from bot.desk.consent import Marked, Recorded, mark_do_not_quote, record_consent
from bot.desk.credit import Uncredited, list_uncredited, record_credit
from bot.desk.digesting import Digested, digest_now, digest_week_now
from bot.desk.errors import DeskError
from bot.desk.found import find_question
from bot.desk.imports import Imported, add_reply, import_replies
from bot.desk.posting import post_now, publish_due
from bot.desk.printed import GivenAway, Used, Withdrawn, list_given_away, list_withdrawn, record_use
from bot.desk.review import FoundReply, decide, explain, restore, search
from bot.desk.running import extend, pause_all, pause_question, remind, resume_all, resume_question, take_back
from bot.desk.source import Forgotten, SourceReport, check_source, forget_author, read_source
from bot.desk.spending import Spend, read_spending
from bot.desk.status import PostStatus, QuestionStatus, Status, read_status

__all__ = [
    "DeskError",
    "Digested",
    "Forgotten",
    "FoundReply",
    "GivenAway",
    "Imported",
    "Marked",
    "PostStatus",
    "Preview",
    "QuestionStatus",
    "Recorded",
    "Sighting",
    "SourceReport",
    "Spend",
    "Status",
    "Uncredited",
    "Used",
    "Withdrawn",
    "add_reply",
    "adopt",
    "ask",
    "check_source",
    "collect_now",
    "collect_question",
    "decide",
    "digest_now",
    "digest_week_now",
    "explain",
    "extend",
    "find_question",
    "find_said",
    "forget_author",
    "import_replies",
    "list_given_away",
    "list_uncredited",
    "list_withdrawn",
    "mark_do_not_quote",
    "pause_all",
    "pause_question",
    "post_now",
    "preview",
    "publish_due",
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
    "take_back",
]
