"""What an editor can do. Every face (the shell, Discord) calls this and holds no rule of its own.

Whatever is imported here is the desk's: linters know it, so that no name stands twice. It is imported when it is used,
so that a command costs what it does.
"""

from typing import TYPE_CHECKING

from bot.lazy import import_lazily

if TYPE_CHECKING:
    from bot.config.communities import Guild, Right, find_right
    from bot.delivery.summary import attach, sum_up
    from bot.desk.answers.basket import BasketItem, Citation, cite, move_kept, read_basket, write_word_file
    from bot.desk.answers.beside import Side, lay_beside
    from bot.desk.answers.credit import Uncredited, list_uncredited, record_credit
    from bot.desk.answers.filter_record import FilterRecord, RuleRecord, read_filter_record
    from bot.desk.answers.flood import Flood, read_flood
    from bot.desk.answers.found import FoundReplies, FoundReply, Why
    from bot.desk.answers.imports import add_one, add_reply, import_replies, preview_import, take_import
    from bot.desk.answers.listing import OpenedAnswer, ShelvedAnswers, list_answers, note_look, read_answer
    from bot.desk.answers.review import Review, Seen, ask_consent, choose_passage, next_review, read_review, read_seen
    from bot.desk.answers.search import explain, is_question, search
    from bot.desk.answers.verdicts import decide, decide_as_seen, keep_passage, restore
    from bot.desk.asking.adopt import Sighting, adopt, post_notice, read_notice, sight
    from bot.desk.asking.ask import ask, check_times
    from bot.desk.asking.call_out import find_question_address, read_call_out, write_call_out
    from bot.desk.asking.decoys import Decoy, add_decoys, clear_decoys, fetch_decoy, list_decoys
    from bot.desk.asking.filled import Understood, Where, ask_filled, fill_again, list_choices, list_wheres, understand
    from bot.desk.asking.forms import KeptForm, drop_form, keep_form, list_forms, load_form
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
    from bot.desk.bringing.columns import SeenTable, look_at_table
    from bot.desk.bringing.given import ImportDefaults, LeaveChoices, PastedChoice
    from bot.desk.bringing.held import HeldFile, hold_table
    from bot.desk.bringing.kinds import BroughtKind, guess_kind
    from bot.desk.bringing.readers.pages import hold_page
    from bot.desk.bringing.understanding import Understanding, understand_file
    from bot.desk.errors import DeskError
    from bot.desk.find import find_question, name_reply, pick_question
    from bot.desk.operating.backups import back_up, back_up_beside, finish_restore, prepare_restore, put_back
    from bot.desk.operating.collect import collect_now, collect_question, judge_now, read_question
    from bot.desk.operating.communities import find_guild, is_new, list_guild_questions, note, workspace_of_reply
    from bot.desk.operating.export import export, export_beside, read_about
    from bot.desk.operating.health import list_problems
    from bot.desk.operating.history import PastAct, Undone, find_act, list_history, undo
    from bot.desk.operating.logins import (
        LoggedIn,
        Login,
        LoginKey,
        add_login,
        list_login_keys,
        list_login_platforms,
        read_login,
        set_outlet,
    )
    from bot.desk.operating.notices import ADDRESSES, list_notices, set_notices, try_notice
    from bot.desk.operating.sentences import Remedy, StatusLine, StatusTeller, Tone
    from bot.desk.operating.spending import read_spending
    from bot.desk.operating.status import PostStatus, QuestionStatus, Status, find_due, list_posts, read_status
    from bot.desk.people.consent import mark_do_not_quote, record_consent
    from bot.desk.people.members import (
        MyAnswer,
        count_said,
        edit_answer,
        forget_me,
        my_answers,
        privacy,
        withdraw_answer,
    )
    from bot.desk.people.public_posts import quote_as_public
    from bot.desk.people.read_backs import (
        ReadBackCard,
        ToldReadBack,
        ask_read_back,
        prepare_read_back,
        tell_read_backs,
    )
    from bot.desk.people.senders import MailPiece, SenderFact, read_sender, read_whole_mails
    from bot.desk.people.source import SourceReport, check_source, forget_author, list_people, read_source
    from bot.desk.print.digest import Digested, digest_now, digest_week_now
    from bot.desk.print.drafts import list_watched, read_given, stop_watching, vouch_for, watch_draft
    from bot.desk.print.used import list_given_away, list_printed, list_withdrawn, record_use
    from storage.search.shelves import Shelf

_NAMES = {
    "bot.config.communities": ("Guild", "Right", "find_right"),
    "bot.delivery.summary": ("attach", "sum_up"),
    "bot.desk.answers.basket": ("BasketItem", "Citation", "cite", "move_kept", "read_basket", "write_word_file"),
    "bot.desk.answers.beside": ("Side", "lay_beside"),
    "bot.desk.answers.credit": ("Uncredited", "list_uncredited", "record_credit"),
    "bot.desk.answers.filter_record": ("FilterRecord", "RuleRecord", "read_filter_record"),
    "bot.desk.answers.flood": ("Flood", "read_flood"),
    "bot.desk.answers.imports": ("add_one", "add_reply", "import_replies", "preview_import", "take_import"),
    "bot.desk.answers.listing": ("OpenedAnswer", "ShelvedAnswers", "list_answers", "note_look", "read_answer"),
    "bot.desk.answers.review": (
        "Review",
        "Seen",
        "ask_consent",
        "choose_passage",
        "next_review",
        "read_review",
        "read_seen",
    ),
    "bot.desk.answers.found": ("FoundReplies", "FoundReply", "Why"),
    "bot.desk.answers.search": ("explain", "is_question", "search"),
    "bot.desk.answers.verdicts": ("decide", "decide_as_seen", "keep_passage", "restore"),
    "bot.desk.asking.adopt": ("Sighting", "adopt", "post_notice", "read_notice", "sight"),
    "bot.desk.asking.ask": ("ask", "check_times"),
    "bot.desk.asking.call_out": ("find_question_address", "read_call_out", "write_call_out"),
    "bot.desk.asking.decoys": ("Decoy", "add_decoys", "clear_decoys", "fetch_decoy", "list_decoys"),
    "bot.desk.asking.filled": (
        "Understood",
        "Where",
        "ask_filled",
        "fill_again",
        "list_choices",
        "list_wheres",
        "understand",
    ),
    "bot.desk.asking.forms": ("KeptForm", "drop_form", "keep_form", "list_forms", "load_form"),
    "bot.desk.asking.post_now": ("post_now", "publish_due"),
    "bot.desk.asking.preview": ("Preview", "preview"),
    "bot.desk.asking.queue": ("Queued", "approve", "decline", "edit_question", "hurry", "list_queue", "propose"),
    "bot.desk.asking.running": (
        "extend",
        "pause_all",
        "pause_question",
        "remind",
        "resume_all",
        "resume_question",
        "take_back",
    ),
    "bot.desk.bringing.columns": ("SeenTable", "look_at_table"),
    "bot.desk.bringing.given": ("ImportDefaults", "LeaveChoices", "PastedChoice"),
    "bot.desk.bringing.held": ("HeldFile", "hold_table"),
    "bot.desk.bringing.understanding": ("Understanding", "understand_file"),
    "bot.desk.bringing.readers.pages": ("hold_page",),
    "bot.desk.bringing.kinds": ("BroughtKind", "guess_kind"),
    "bot.desk.errors": ("DeskError",),
    "bot.desk.find": ("find_question", "name_reply", "pick_question"),
    "bot.desk.operating.backups": ("back_up", "back_up_beside", "finish_restore", "prepare_restore", "put_back"),
    "bot.desk.operating.collect": ("collect_now", "collect_question", "judge_now", "read_question"),
    "bot.desk.operating.communities": ("find_guild", "is_new", "list_guild_questions", "note", "workspace_of_reply"),
    "bot.desk.operating.export": ("export", "export_beside", "read_about"),
    "bot.desk.operating.health": ("list_problems",),
    "bot.desk.operating.history": ("PastAct", "Undone", "find_act", "list_history", "undo"),
    "bot.desk.operating.logins": (
        "LoggedIn",
        "Login",
        "LoginKey",
        "add_login",
        "list_login_keys",
        "list_login_platforms",
        "read_login",
        "set_outlet",
    ),
    "bot.desk.operating.notices": ("ADDRESSES", "list_notices", "set_notices", "try_notice"),
    "bot.desk.operating.sentences": ("Remedy", "StatusLine", "StatusTeller", "Tone"),
    "bot.desk.operating.spending": ("read_spending",),
    "bot.desk.operating.status": ("PostStatus", "QuestionStatus", "Status", "find_due", "list_posts", "read_status"),
    "bot.desk.people.consent": ("mark_do_not_quote", "record_consent"),
    "bot.desk.people.members": (
        "MyAnswer",
        "count_said",
        "edit_answer",
        "forget_me",
        "my_answers",
        "privacy",
        "withdraw_answer",
    ),
    "bot.desk.people.public_posts": ("quote_as_public",),
    "bot.desk.people.read_backs": (
        "ReadBackCard",
        "ToldReadBack",
        "ask_read_back",
        "prepare_read_back",
        "tell_read_backs",
    ),
    "bot.desk.people.senders": ("MailPiece", "SenderFact", "read_sender", "read_whole_mails"),
    "bot.desk.people.source": ("SourceReport", "check_source", "forget_author", "list_people", "read_source"),
    "bot.desk.print.digest": ("Digested", "digest_now", "digest_week_now"),
    "bot.desk.print.drafts": ("list_watched", "read_given", "stop_watching", "vouch_for", "watch_draft"),
    "bot.desk.print.used": ("list_given_away", "list_printed", "list_withdrawn", "record_use"),
    "storage.search.shelves": ("Shelf",),
}
__getattr__ = import_lazily(__name__, _NAMES)
