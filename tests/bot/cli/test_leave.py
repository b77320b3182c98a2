import json

from tests.bot.cli.conftest import ANSWER
from tests.bot.cli.test_replies import ids


def digests(pullquote):
    return "\n".join(path.read_bytes().decode(errors="replace") for path in (pullquote.folder / "digests").iterdir())


def test_a_refusal_is_entered_with_its_proof_and_reaches_the_files(asked):
    asked.done("digest", "--offline")
    assert ANSWER in digests(asked)
    shown = asked.done("consent", ids(asked)["ada"], "refused", "--wording", "please don't", "--proof", "mail")
    assert "rewritten: digests" in shown.replace("\n", "")
    assert ANSWER not in digests(asked)


def test_consent_answers_as_json(asked):
    reply = ids(asked)["ada"]
    done = json.loads(asked.done("consent", reply, "granted", "--credit", "Ada Lovelace, engineer", "--json"))
    assert (done["replies"], done["state"]) == ([reply], "granted")


def test_a_reply_that_is_not_there_is_told(asked):
    shown = asked("consent", 99, "granted")
    assert (shown.code, "there is no reply 99" in shown.err) == (1, True)


def test_whom_an_editor_never_quotes_is_in_no_digest(asked):
    shown = asked.done("do-not-quote", "@ada", "--reason", "works for us")
    assert "ada (sandbox, author" in shown
    asked.done("digest", "--offline")
    assert ANSWER not in digests(asked)
    assert "already" in asked.done("do-not-quote", "sandbox:ada")
    asked.done("do-not-quote", "ada", "--undo")
    asked.done("digest", "--offline")
    assert ANSWER in digests(asked)


def test_an_author_nobody_knows_is_told(asked):
    assert "no author 'emmy' has answered: name one by" in asked("do-not-quote", "emmy").err


def test_half_a_name_is_answered_with_who_may_be_meant(asked):
    shown = asked("do-not-quote", "@AD").err
    assert "no author '@AD' has answered: did you mean" in shown
    assert "(sandbox:ada)?" in shown


def test_a_passage_is_shown_to_be_read_back_by_hand_and_noted_as_asked(asked):
    reply = ids(asked)["ada"]
    shown = asked.done("consent", "ask", reply, "--follow-up", "How many of you?")
    assert "Are these your words" in shown
    assert "How many of you?" in shown
    assert f"pullquote consent {reply} granted" in " ".join(shown.split())
    assert "not heard yet" in shown
    told = json.loads(asked.done("consent", "ask", "ada", "--json"))
    assert (told["reply"], told["to"], told["wants"]) == (reply, "", "check")
    assert "asked" in told["state"]
    asked.done("consent", reply, "granted", "--proof", "her mail")
    again = asked("consent", "ask", reply)
    assert (again.code, "is asked once: heard on" in again.err) == (1, True)


def test_an_address_without_a_server_is_told(asked):
    shown = asked("consent", "ask", "ada", "--to", "ada@example.org")
    assert (shown.code, "under [mail] in the config" in shown.err) == (1, True)


def test_asking_is_explained_beside_entering(asked):
    assert "pullquote consent ask REPLY" in " ".join(asked.done("consent", "--help").split())
    assert "--follow-up" in asked.done("consent", "ask", "--help")
