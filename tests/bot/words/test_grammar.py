"""Plural forms, numbers and dates follow the language, on every machine alike."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import bot
from bot.digest.page.phrases import load_phrases
from bot.questions.variants import list_variants
from bot.words import Forms, words

ROOT = Path(bot.__file__).parent.parent
DAY = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)

POLISH = """
[post]
deadline_format = "{day} {month} {year}, {time} ({zone})"
[digest]
date = "{day} {month} {year}"
[digest.answers]
one = "{n} odpowiedź"
few = "{n} odpowiedzi (few)"
many = "{n} odpowiedzi (many)"
other = "{n} odpowiedzi"
"""

OLD = """
[post]
months = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
[digest]
months = ["janv", "févr", "mars", "avril", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"]
weekdays = ["lu", "ma", "me", "je", "ve", "sa", "di"]
thousands = "'"
and = " et "
moment = "{weekday} {day} {month} {year}, {time}"
[digest.answers]
one = "{n} réponse"
other = "{n} réponses"
"""

ASK = """
import json, sys
from datetime import UTC, datetime
from bot.digest.page.phrases import load_phrases
from bot.questions.variants import list_variants
language, at = sys.argv[1], datetime(2026, 3, 2, 8, 5, tzinfo=UTC)
phrases = load_phrases(language, "UTC")
print(json.dumps({
    "answers": [phrases.say("answers", n) for n in (1, 2, 5, 22, 1234)],
    "votes": phrases.say("votes", 22, network="X", account="main", votes="a 1"),
    "aside": phrases.say("sum_aside", 22),
    "day": phrases.write_day(at), "moment": phrases.write_moment(at), "month": list_variants("", at, "UTC", language)[1],
}))
"""


def ask(folder, language, **environment):
    """What a pullquote in a folder says; its own process, since a language is read once."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, language],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def folder(tmp_path):
    """A pullquote to which somebody has added languages."""
    for name in ("bot", "adapters", "storage"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "bot/words/pl.toml").write_text(POLISH, encoding="utf-8")
    (tmp_path / "bot/words/fr.toml").write_text(OLD, encoding="utf-8")
    return tmp_path


def test_a_language_with_four_plural_forms_can_be_written(folder):
    said = ask(folder, "pl-PL")
    assert said["answers"] == [
        "1 odpowiedź",
        "2 odpowiedzi (few)",
        "5 odpowiedzi (many)",
        "22 odpowiedzi (few)",
        "1\N{NO-BREAK SPACE}234 odpowiedzi (few)",
    ]
    assert said["day"] == "2 marca 2026"
    assert said["aside"] == "22 were set aside"  # English, so by the rule of English


def test_a_file_with_the_keys_of_before_goes_on_working_and_its_own_names_stand_first(folder):
    said = ask(folder, "fr")
    assert said["answers"] == ["1 réponse", "2 réponses", "5 réponses", "22 réponses", "1'234 réponses"]
    assert (said["day"], said["moment"], said["month"].strip()) == (
        "2 mars 2026",
        "lu 2 mars 2026, 08:05",
        "2 III 2026",
    )


def test_the_machine_decides_nothing(tmp_path):
    german = ask(ROOT, "de")
    assert german["day"] == "2. März 2026"
    for setting in ("fr_FR.UTF-8", "C", "@@no!locale"):
        assert ask(ROOT, "de", LC_ALL=setting, LANG=setting, LANGUAGE=setting, LC_TIME="UTF-8", TZ="No/where") == german


def test_a_language_without_words_is_english_throughout():
    french = load_phrases("fr-CA", "UTC")
    assert french.say("answers", 0) == "0 answers"
    assert french.say("answers", 1234) == "1,234 answers"
    assert french.write_day(DAY) == "2 March 2026"
    assert list_variants("", DAY, "UTC", "fr")[1].strip() == "2 Mar 2026"


def test_a_country_changes_nothing():
    assert load_phrases("de-AT", "UTC").write_day(DAY.replace(month=1)) == "2. Januar 2026"
    assert load_phrases("de_CH", "UTC").write_number(1234) == "1.234"


@pytest.mark.parametrize(
    ("language", "short", "names", "weekdays"),
    [
        (
            "en",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "January February March April May June July August September October November December",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        ),
        (
            "de",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        ),
    ],
)
def test_months_and_weekdays_are_those_of_every_digest_and_post_so_far(language, short, names, weekdays):
    phrases, days = load_phrases(language, "UTC"), [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
    assert [phrases.write_day(day).split()[1] for day in days] == names.split()
    assert [list_variants("", day, "UTC", language)[1].split()[1] for day in days] == short.split()
    week = [datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=n) for n in range(7)]
    assert [phrases.write_moment(day).split(",")[0] for day in week] == weekdays.split()
    assert (
        phrases.write_week(date(2026, 3, 2))
        == {
            "en": "Week of 2 to 8 March 2026",
            "de": "Woche vom 2. bis 8. März 2026",
        }[language]
    )


@pytest.mark.parametrize(("language", "n", "form"), [("fr", 0, "one"), ("fr", 2, "other"), ("ja", 1, "other"), ("ar", 3, "few"), ("tlh", 1, "one")])  # fmt: skip
def test_the_rule_is_that_of_the_language_of_the_forms(language, n, form):
    assert Forms({"one": "one", "few": "few", "other": "other"}, language).choose(n) == form


def test_every_table_of_plural_forms_is_one():
    for language in ("en", "de"):
        assert isinstance(words(language)["digest"]["aside"]["vague"], Forms)
        assert isinstance(words(language)["delivery"]["top"], Forms)
        assert not isinstance(words(language)["digest"]["changes"], Forms)
