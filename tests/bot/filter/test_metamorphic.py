"""What may be done to a reply, or beside it, without another judgement: found by doing it."""

import math
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, judge

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUESTION = JudgedQuestion(
    "Which tool did you give up this year, and what did you do without it?",
    decoys=(
        (
            "Many professionals have moved away from complex project management tools. Simplifying your workflow can improve "
            "focus, reduce costs and help teams communicate more effectively. Start by auditing which tools you really use."
        ),
    ),
)
REPLIES = (
    (
        "We dropped our rank tracker in May after two years: 190 euros a month, and the numbers never matched what Search "
        "Console said. Now I export the console once a week and look at forty pages by hand."
    ),
    "Slack. Twelve people do not need eleven channels. We went back to one mailing list and a phone call at nine.",
    "I gave up the kanban board because nobody moved the cards but me.",
    "It depends on what you mean by tool I guess, for some people it is different than for others.",
    (
        "Reducing the number of tools can improve focus and help teams communicate more effectively. Start by auditing which "
        "tools you really use and simplifying your workflow."
    ),
    "same here",
    "Notion, after eight months. Search was slow with 4,000 pages; we moved to a folder of text files and lost nothing.",
    "None. I tried to leave Excel twice and came back both times, since the auditors want nothing else.",
    "Great question, following!",
    "Wir haben im März unser CRM gekündigt, weil es 300 Euro im Monat kostete und nur zwei Leute es benutzten.",
    "asdfghjkl",
    "You should never give up your calendar, if you do then make sure that somebody else keeps one for you.",
)
MOST = 0.05
ROUNDING = 1e-6
SCRIPTS = {
    "Latin": "We stopped counting opens in 2021 and nobody noticed. ",
    "Cyrillic": "Мы перестали считать открытия писем в 2021 году. ",
    "Han": "我们在二零二一年停止统计邮件打开率。",
    "Kana": "メールの開封率を数えるのをやめました。",
    "Arabic": "توقفنا عن عد مرات فتح الرسائل. ",
    "Devanagari": "हमने ईमेल खोलने की गिनती बंद कर दी। ",
    "Thai": "เราหยุดนับการเปิดอีเมล",
    "emoji": "🔥🎉👩‍👩‍👧 ",
    "no spaces": "x",
    "question marks": "? ",
}


def make(texts):
    return [Candidate(f"r{n}", (text,), f"author{n}", NOON + timedelta(hours=n)) for n, text in enumerate(texts)]


def judge_texts(texts, question=QUESTION):
    return judge(question, make(texts))


def judge_alone(text, question=QUESTION):
    return judge_texts([text], question)[0]


def replace_one(number, text):
    return [text if place == number else other for place, other in enumerate(REPLIES)]


@pytest.mark.parametrize("seed", range(20))
def test_the_order_in_which_replies_arrive_changes_no_bit(seed):
    given = make(REPLIES)
    shuffled = Random(seed).sample(given, len(given))
    assert {each.id: each for each in judge(QUESTION, shuffled)} == {each.id: each for each in judge(QUESTION, given)}


def test_the_weights_of_the_reasons_add_up_to_the_score():
    for judgement in judge_texts(REPLIES):
        total = math.fsum(reason.weight for reason in judgement.reasons)
        assert math.isclose(judgement.score, 1 / (1 + math.exp(-total)), abs_tol=ROUNDING), judgement.id


HOSTILE = {
    "a copy that comes later": REPLIES[0],
    "a copy with another month": REPLIES[0].replace("May", "June"),
    "the decoy": QUESTION.decoys[0],
    "a decoy with an answer's words": QUESTION.decoys[0] + " " + REPLIES[1],
    "all words of all": " ".join(REPLIES),
    "very long": "We never looked back at what we had given up before. " * 190,
    "nothing": "",
    "one word": "Slack",
    "the question": QUESTION.text,
    "a sale": "DM me for a free trial of our tool, use code SAVE20!",
    "mash": "qwertyuiop " * 40,
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_sibling_moves_no_score_by_much_and_no_verdict(hostile):
    before = judge_texts(REPLIES)
    intruder = Candidate("intruder", (HOSTILE[hostile],), "mallory", NOON + timedelta(days=1))
    after = judge(QUESTION, [*make(REPLIES), intruder])
    for old, new in zip(before, after[:-1], strict=True):
        assert abs(old.score - new.score) <= MOST, old.id
        assert old.verdict is new.verdict, old.id


APPENDED = {
    "the question": lambda text: f"{text} {QUESTION.text}",
    "the question first": lambda text: f"{QUESTION.text} {text}",
    "words of the question": lambda text: f"{text} tool give up this year without tool this year",
    "the question in two hundred words": lambda text: text + f" {QUESTION.text}" * 15,
    "itself": lambda text: f"{text} {text}",
    "itself five times": lambda text: " ".join([text] * 5),
    "its last half": lambda text: f"{text} {' '.join(text.split()[len(text.split()) // 2 :])}",
}


@pytest.mark.parametrize("appended", APPENDED)
@pytest.mark.parametrize("number", range(len(REPLIES)))
def test_what_adds_nothing_never_raises(appended, number):
    before = judge_texts(REPLIES)[number]
    after = judge_texts(replace_one(number, APPENDED[appended](REPLIES[number])))[number]
    assert after.score <= before.score + ROUNDING


TOUCHED = {
    "two spaces": lambda text: text.replace(" ", "  "),
    "a line at the end": lambda text: text + "\n",
    "blank lines around": lambda text: f"\n\n{text}\n\n",
    "curly quotes": lambda text: text.replace("'", "’").replace('"', "”"),
    "quotes around": lambda text: f"“{text}”",
    "the first letter in lower case": lambda text: text[:1].lower() + text[1:],
    "the first letter a capital": lambda text: text[:1].upper() + text[1:],
    "an emoji": lambda text: text + " 🙂",
    "no full stop": lambda text: text.rstrip("."),
}


@pytest.mark.parametrize("touched", TOUCHED)
@pytest.mark.parametrize("number", range(len(REPLIES)))
def test_what_nobody_would_notice_changes_little(touched, number):
    before = judge_texts(REPLIES)[number]
    after = judge_texts(replace_one(number, TOUCHED[touched](REPLIES[number])))[number]
    assert abs(after.score - before.score) <= MOST
    assert (after.verdict is FilterVerdict.ASIDE) == (before.verdict is FilterVerdict.ASIDE)


@pytest.mark.parametrize("script", SCRIPTS)
def test_long_replies_of_any_script_have_a_finite_score(script):
    text = (SCRIPTS[script] * 10_000)[:10_000]
    assert 0 <= judge_alone(text).score <= 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_twice_the_text_takes_about_twice_as_long(script):
    assert any(measure(script, 10_000) <= 2.6 * measure(script, 5_000) for _attempt in range(5))


def measure(script, length):
    """CPU seconds; the best of three."""
    text = (SCRIPTS[script] * length)[:length]

    def run():
        started = time.process_time()
        judge_alone(text)
        return time.process_time() - started

    return min(run() for _ in range(3))


def test_a_full_answer_outranks_a_thanks_in_every_language():
    for language, (question, answer, thanks) in LANGUAGES.items():
        first, second = judge(
            JudgedQuestion(question),
            [Candidate("answer", (answer,), "ada", NOON), Candidate("thanks", (thanks,), "alan", NOON)],
        )
        assert first.score > second.score, language
        assert first.verdict is not FilterVerdict.ASIDE, language
        assert second.verdict is FilterVerdict.ASIDE, language


LANGUAGES = {
    "German": (
        "Was habt ihr dieses Jahr aufgegeben?",
        "Wir haben im März das CRM gekündigt, weil es 300 Euro im Monat kostete und kaum jemand es nutzte.",
        "danke",
    ),
    "Spanish": (
        "¿Qué dejaron de hacer este año?",
        "Dejamos de contar las aperturas en 2021 porque Apple las falsea, y nadie lo notó.",
        "gracias",
    ),
    "French": (
        "Qu'avez-vous arrêté cette année ?",
        "Nous avons arrêté la newsletter quotidienne en mai : 200 euros par mois pour 40 lecteurs.",
        "merci",
    ),
    "Japanese": (
        "今年、何をやめましたか。",
        "開封率を数えるのは2021年にやめました。返信の数だけを見るようにしたら、会議が半分になりました。",
        "いいね",
    ),
}
