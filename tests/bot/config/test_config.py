from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import ConfigError, load_config

QUESTION = """
    [pullquote]
    name = "The Pull Quote"
    zone = "Europe/Berlin"
    language = "de"
    [accounts.ada]
    platform = "sandbox"
    [questions.tea]
    text = "Tee?"
    accounts = ["ada:general"]
    at = "2027-01-11T09:00"
"""


def test_without_a_file_the_defaults_hold(tmp_path):
    config = load_config()
    assert config.source.path is None
    assert config.folder == tmp_path
    assert config.database.url == "sqlite:///pullquote.db"
    assert config.questions == {}


def test_without_an_account_public_posts_can_be_read():
    account = load_config().accounts["bluesky"]
    assert account.implicit
    assert account.settings.handle is None


def test_a_configured_account_takes_the_place_of_the_implicit_one(write):
    config = load_config(write('[accounts.reader]\nplatform = "bluesky"\nappview = "http://localhost:2584"'))
    assert [name for name, account in config.accounts.items() if account.platform.name == "bluesky"] == ["reader"]
    assert config.accounts["reader"].settings.appview == "http://localhost:2584"


def test_the_file_of_this_folder_is_found(write):
    write('[pullquote]\nzone = "Europe/Berlin"')
    assert load_config().pullquote.zone == "Europe/Berlin"


def test_paths_are_relative_to_the_folder_of_the_file(write, tmp_path):
    (tmp_path / "sub").mkdir()
    config = load_config(write('[digest]\nfolder = "out"', "sub/config.toml"))
    assert config.digest_folder == tmp_path / "sub" / "out"
    assert config.state_folder == tmp_path / "sub" / "state"


def test_a_question_takes_zone_language_and_outlet_from_the_general_section(write):
    question = load_config(write(QUESTION)).questions["tea"]
    assert (question.zone, question.language, question.outlet) == ("Europe/Berlin", "de", "The Pull Quote")


def test_a_platforms_durations_are_written_like_ours(write):
    config = load_config(write('[accounts.ada]\nplatform = "sandbox"\npoll_longest = "2w"\ncollect_every = "90s"'))
    assert config.accounts["ada"].settings.poll_longest == timedelta(days=14)
    assert config.accounts["ada"].collect_every == timedelta(seconds=90)


def test_a_byte_order_mark_of_windows_is_no_mistake(tmp_path):
    (tmp_path / "config.toml").write_bytes(b'\xef\xbb\xbf[pullquote]\r\nzone = "Europe/Berlin"\r\n')
    assert load_config().pullquote.zone == "Europe/Berlin"


# ---------------------------------------------------------------- the environment


def test_the_environment_wins_over_the_file(write, monkeypatch):
    monkeypatch.setenv("PULLQUOTE_ZONE", "America/New_York")
    monkeypatch.setenv("PULLQUOTE_RETENTION_AFTER_CLOSE", "30d")
    config = load_config(write('[pullquote]\nzone = "Europe/Berlin"'))
    assert config.pullquote.zone == "America/New_York"
    assert config.retention.after_close == timedelta(days=30)


def test_a_list_in_the_environment_is_written_with_commas(monkeypatch):
    monkeypatch.setenv("PULLQUOTE_DIGEST_PRIVATE", "html, json")
    assert load_config().digest.private == ("html", "json")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PULLQUOTE_ZONE", "Berlin"), ("PULLQUOTE_COLLECT_AFTER_CLOSE", "soon"), ("PULLQUOTE_DIGEST_PRIVATE", "pdf")],
)
def test_a_bad_variable_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        load_config()
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [("environment", name)]


def test_a_variable_that_is_nearly_right_is_told_and_ignored(monkeypatch):
    monkeypatch.setenv("PULLQUOTE_DATABSE_URL", "sqlite:///other.db")
    config = load_config()
    assert config.database.url == "sqlite:///pullquote.db"
    assert "did you mean PULLQUOTE_DATABASE_URL?" in str(config.source.warnings[0])


# ---------------------------------------------------------------- what is refused


def test_an_unknown_key_is_refused_by_name_with_line_and_the_nearest_key(refuse):
    assert refuse('\n[pullquote]\nzonee = "UTC"') == ["3: pullquote.zonee: unknown key; did you mean 'zone'?"]


def test_an_unknown_table_is_refused(refuse):
    assert refuse("[account.ada]\n") == ["1: account: unknown key; did you mean 'accounts'?"]


def test_an_unknown_key_of_a_platform_is_refused(refuse):
    told = refuse('[accounts.ada]\nplatform = "sandbox"\nhandel = "ada"')
    assert told == ["3: accounts.ada.handel: unknown key; did you mean 'handle'?"]


def test_a_name_that_is_near_to_nothing_is_told_with_what_there_is(refuse):
    told = refuse("[database]\nqqq = 1")
    assert told == ["2: database.qqq: unknown key; there are: url"]


def test_broken_toml_is_told_with_its_line(refuse):
    assert refuse('[pullquote]\nzone = "UTC\n')[0].startswith("2: is not TOML: ")
    assert refuse('[pullquote]\nname = """open\n\n')[0].startswith("4: is not TOML: ")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"nowhere\.toml: there is no such file; `pullquote init` makes one"):
        load_config(Path("nowhere.toml"))


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "config.toml").write_bytes('[pullquote]\nname = "Grüße"'.encode("latin-1"))
    with pytest.raises(ConfigError, match="is not UTF-8 at byte 22; save it as UTF-8"):
        load_config()


def test_an_unknown_account_in_a_question_is_told_with_the_nearest(refuse):
    told = refuse(QUESTION.replace("ada:general", "adda:general"))
    assert told == ["10: questions.tea.accounts: there is no account 'adda'; did you mean 'ada'?"]


def test_a_question_with_a_time_needs_an_account(refuse):
    told = refuse(QUESTION.replace('accounts = ["ada:general"]', ""))
    assert told == ["8: questions.tea: it has a time and no account; write accounts = ['ada']"]


def test_a_question_needs_an_outlet_for_its_notice(refuse):
    told = refuse(QUESTION.replace('name = "The Pull Quote"', ""))
    assert "[pullquote] name" in told[0]


def test_a_question_that_hides_its_outlet_needs_none(write):
    text = QUESTION.replace('name = "The Pull Quote"', "") + "    hide_outlet = true\n"
    assert load_config(write(text)).questions["tea"].outlet == ""


def test_an_unknown_platform_is_told_with_the_nearest(refuse):
    told = refuse('[accounts.ada]\nplatform = "sandbux"')
    assert told == ["2: accounts.ada.platform: no platform 'sandbux' is installed; did you mean 'sandbox'?"]


def test_an_account_without_a_platform_is_told(refuse):
    assert refuse("[accounts.ada]\n") == ["1: accounts.ada.platform: is missing"]


def test_a_text_where_a_table_belongs_is_told(refuse):
    assert refuse('accounts = "bluesky"') == ["1: accounts: is not a table; write [accounts]"]


@pytest.mark.parametrize("table", ["accounts", "questions"])
def test_a_name_that_is_no_slug_is_told(refuse, table):
    assert any("small letters, digits and hyphens" in told for told in refuse(f'[{table}."Big Tea"]\n'))


def test_a_bad_cron_of_the_week_is_told(refuse):
    assert refuse('[digest]\nweekly = "0 8 * *"')[0].startswith("2: digest.weekly: cron '0 8 * *'")


def test_an_empty_week_means_no_weekly_digest(write):
    assert load_config(write('[digest]\nweekly = ""')).digest.weekly == ""


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file(refuse):
    told = refuse("""
        [pullquote]
        zone = "Berlin"
        langage = "de"
        [accounts.ada]
        platform = "bluesky"
        password = "canary"
        handel = "ada"
        [questions.tea]
        text = "Tea?"
        options = ["one"]
        accounts = ["grace"]
    """)
    assert [int(problem.split(":")[0]) for problem in told] == [3, 4, 7, 8, 9, 12]


GUILD = """
    [pullquote]
    name = "The Pull Quote"
    [accounts.chat]
    platform = "sandbox"
    needs_place = true
    [accounts.square]
    platform = "sandbox"
"""


def test_a_community_is_served_by_the_only_account_with_places(write):
    guild = load_config(write(f'{GUILD}\n[guilds.123456789]\neditor_role = "7"')).guilds["123456789"]
    assert (guild.account, guild.accounts, guild.sees_config, guild.language) == ("chat", ("chat",), True, "en")


def test_of_several_communities_none_sees_the_questions_of_the_config_unless_it_says_so(write):
    guilds = load_config(write(f"{GUILD}\n[guilds.1]\n[guilds.2]\nsees_config = true")).guilds
    assert [guild.sees_config for guild in guilds.values()] == [False, True]


def test_a_community_whose_account_is_switched_off_is_warned_of(write):
    config = load_config(write(f'{GUILD}enabled = false\n[guilds.1]\naccount = "square"'))
    assert "not enabled" in str(config.source.warnings[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[guilds.1]\naccount = "chatt"', "there is no account 'chatt'; did you mean 'chat'?"),
        ('[guilds.1]\naccounts = ["bluesky"]', "there is no account 'bluesky'"),
        ('[guilds.1]\neditor = "7"', "unknown key; did you mean 'editor_role'?"),
        ("[guilds.1]\nleave_a_day = -1", "must be greater than or equal to 0"),
        ('[digest]\npublic = []\n[guilds.1]\ndigest_channel = "9"', "only the edition to share is put into a channel"),
    ],
)
def test_what_is_wrong_with_a_community_is_told_with_its_line(write, text, why):
    with pytest.raises(ConfigError) as caught:
        load_config(write(f"{GUILD}\n{text}"))
    assert why in str(caught.value)
    assert "config.toml:" in str(caught.value)


def test_one_wrong_key_of_the_general_section_is_one_problem(write):
    with pytest.raises(ConfigError) as refused:
        load_config(write(QUESTION.replace("Europe/Berlin", "europe/berlin")))
    (problem,) = refused.value.problems
    assert (problem.key, "did you mean Europe/Berlin?" in problem.message) == ("pullquote.zone", True)


def test_zones_and_schedules_that_mislead_are_taken_with_a_warning(write):
    text = QUESTION.replace('at = "2027-01-11T09:00"', 'cron = "0 9 1-7 * 1"\nzone = "Etc/GMT+2"')
    config = load_config(write(text.replace("Europe/Berlin", "EST")))
    assert config.questions["tea"].zone == "Etc/GMT+2"
    assert {warning.key: warning.line for warning in config.source.warnings} == {
        "pullquote.zone": 4,
        "questions.tea.zone": 12,
        "questions.tea.cron": 11,
    }
