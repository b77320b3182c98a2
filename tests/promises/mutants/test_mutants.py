"""The tests prove their own teeth: each mutant, a named change for the worse, turns a named test red.

One a promise at least: never twice (`record_after_call`, `blind_resend`, `lapsed_is_due`, `settle_at_once`), never lost
(`mark_before_page`), never invented (`mishear_a_letter`), never without leave (`ask_nobody`), never silent
(`drop_what_is_aside`), a workspace knows nothing of another (`forget_the_workspace`), the budget (`spend_the_reserve`),
an erasure leaves nothing (`leave_verdicts`, `leave_source_checks`, `leave_passages`, `leave_consents`), a note stays until it
is done (`forget_before_rewriting`, `mail_before_intent`), no secret and no word in what is logged (`show_secret_in_url`,
`show_parameters`).

A mutant is applied to a copy of the tree; the same tests are green in a copy without one.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = Path(__file__).parent
ERASED = "tests/promises/leave/test_erased.py::test_an_erasure_leaves_nothing_in_a_table"
COPIED = (
    *("bot", "adapters", "storage", "bench", "tests/bot", "tests/servers", "tests/storage"),
    *("tests/promises/soak", "tests/promises/leave"),
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules")
BESIDE_A_CALL = "tests/promises/soak/test_edges.py::test_a_bot_killed_beside_a_call_posts_once"
FROM_ELSEWHERE = (
    "tests/bot/commands/test_rights.py::test_no_component_with_an_id_of_one_server_does_anything_on_another"
)

MUTANTS = {
    "record_after_call": (f"{BESIDE_A_CALL}[after-searched]", "double: north posted"),
    "blind_resend": (f"{BESIDE_A_CALL}[after-searched]", "double: north posted"),
    "mark_before_page": (
        "tests/promises/soak/test_edges.py::test_a_bot_killed_while_it_stores_pages_loses_no_reply",
        "lost: the mark is",
    ),
    "lapsed_is_due": (
        "tests/bot/posts/test_publish.py::test_a_lapsed_publishing_becomes_uncertain_and_never_due",
        "== ['uncertain']",
    ),
    "settle_at_once": (
        "tests/bot/posts/test_publish.py::test_an_unproven_absence_waits_for_the_settling_time_whatever_the_looks",
        "== ['uncertain']",
    ),
    "spend_the_reserve": (
        "tests/bot/host/test_budget.py::test_reads_leave_the_reserve_for_posts",
        "'NoneType' object has no attribute 'retry_at'",
    ),
    "preview_of_its_own": (
        "tests/bot/posts/test_compose.py::test_an_earlier_identical_post_is_told_apart_in_the_preview_as_in_the_post",
        "6 Nov 2026',)] == [",
    ),
    "unclear_mail_again": (
        "tests/bot/delivery/test_outbox.py::test_an_unclear_outcome_of_what_cannot_be_found_is_told_and_over",
        "== ('uncertain', None)",
    ),
    "send_after_a_lost_claim": (
        "tests/bot/posts/test_publish.py::test_who_lost_the_claim_between_two_parts_sends_nothing_more",
        "assert 2 == 1",
    ),
    "look_for_it_twice": (
        "tests/bot/posts/test_claims.py::test_an_uncertain_post_that_is_being_looked_for_is_nobody_elses",
        "== 20",
    ),
    "refused_is_on_its_way": (
        "tests/bot/posts/test_publish.py::test_a_refused_root_is_failed_and_told",
        "== ['refused']",
    ),
    "a_limit_ends_the_doubt": (
        "tests/bot/posts/test_outcome.py::test_an_unclear_post_never_becomes_one_to_be_sent_again",
        "is <PostState.UNCERTAIN",
    ),
    "log_in_before_starttls": (
        "tests/bot/delivery/test_smtp.py::test_no_login_is_told_before_the_line_is_private",
        "== []",
    ),
    "leave_dots_alone": (
        "tests/bot/delivery/test_smtp.py::test_a_line_of_one_dot_does_not_end_the_mail",
        "Error",
    ),
    "mishear_a_letter": (
        "tests/bot/quotes/test_fidelity.py::test_any_changed_letter_or_number_fails",
        "assert not True",
    ),
    "ask_nobody": (
        "tests/bot/digest/test_leave.py::test_words_of_a_consent_first_network_wait_for_leave_and_are_linked",
        "stands in the html file",
    ),
    "drop_what_is_aside": (
        "tests/bot/digest/test_question.py::test_every_answer_is_counted_once",
        "where 57 = Block(",
    ),
    "forget_the_workspace": (
        "tests/bot/desk/test_finding_authors.py::test_who_answered_in_one_workspace_is_nobody_in_another",
        "DID NOT RAISE DeskError",
    ),
    "forget_before_rewriting": (
        "tests/promises/leave/test_leave.py::test_a_note_of_what_to_rewrite_stays_until_every_file_is_rewritten",
        "assert [] != []",
    ),
    "mail_before_intent": (
        "tests/bot/delivery/test_outbox.py::test_the_intent_stands_in_the_database_when_the_call_is_made",
        "assert [None] == [",
    ),
    "leave_verdicts": (f"{ERASED}[sqlite-verdicts]", "is gone"),
    "leave_source_checks": (f"{ERASED}[sqlite-source_checks]", "== []"),
    "leave_passages": (f"{ERASED}[sqlite-chosen_passages]", "is gone"),
    "leave_consents": (f"{ERASED}[sqlite-consents]", "== []"),
    "show_parameters": (
        "tests/storage/test_engine.py::test_an_error_of_the_database_repeats_no_value",
        "assert 'words of ada' not in",
    ),
    "nul_in_a_handle": (
        "tests/storage/test_storable.py::test_a_nul_in_a_profile_is_replaced[handle]",
        "AssertionError",
    ),
    "replay_a_vote": (
        "tests/bot/host/test_inbox.py::test_an_older_vote_that_is_delivered_again_changes_nothing",
        "assert (1, 0) == (0, 1)",
    ),
    "quote_the_unreached": (
        "tests/bot/digest/test_leave.py::test_what_the_last_look_did_not_reach_is_counted_and_not_quoted",
        "stands in the html file",
    ),
    "let_a_tick_hang": (
        "tests/bot/scheduler/test_heartbeat.py::test_a_tick_that_hangs_is_ended_and_told_and_the_next_one_comes",
        "TimeoutError",
    ),
    "drop_late_runs": (
        "tests/bot/scheduler/test_heartbeat.py::test_after_a_stall_one_run_comes_and_never_two_at_once",
        "(True, 1, 1) == (True, 1, None)",
    ),
    "speak_raw": (
        "tests/bot/cli/test_terminal.py::test_nothing_that_a_stranger_typed_steers_the_terminal[check-source]",
        "noted about Eve",
    ),
    "store_a_secret": (
        "tests/storage/test_types.py::test_whatever_is_stored_as_a_reason_goes_through_the_redactor[sqlite]",
        "says canary",
    ),
    "forget_quoted_secrets": (
        "tests/bot/test_log.py::test_a_secret_is_known_however_it_is_encoded",
        "535 [secret] is wrong",
    ),
    "press_from_elsewhere": (
        f"{FROM_ELSEWHERE}[sqlite-vote]",
        "DID NOT RAISE DeskError",
    ),
}
"""The test that the mutant of a patch turns red, and what it says then."""

PASSED, FAILED = 0, 1


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """What the tests need, to be spoilt and mended again."""
    folder = tmp_path_factory.mktemp("tree")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for file in (ROOT / "pyproject.toml", *(ROOT / "tests").glob("*.py")):
        shutil.copy(file, folder / file.relative_to(ROOT))
    return folder


def run_tests(tree, *tests):
    # the plug-in of Hypothesis reads all modules for their constants before each run
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *tests]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH"))}
    return subprocess.run(command, cwd=tree, env=kept, capture_output=True, text=True, check=False)


@contextmanager
def spoilt(tree, mutant):
    """The tree with the change of a patch; it is taken back at the end."""
    patch = FOLDER / f"{mutant}.patch"
    applied = subprocess.run(["git", "apply", str(patch)], cwd=tree, capture_output=True, text=True, check=False)
    if applied.returncode:
        pytest.fail(
            f"{patch.name} does not apply to the code any more:\n{applied.stderr}\n"
            f"Make the same change for the worse by hand, write `git diff` into tests/promises/mutants/{patch.name}, and undo it."
        )
    try:
        yield
    finally:
        subprocess.run(["git", "apply", "--reverse", str(patch)], cwd=tree, check=True)


def test_every_patch_is_of_a_named_mutant():
    assert sorted(MUTANTS) == sorted(patch.stem for patch in FOLDER.glob("*.patch"))


def test_without_a_mutant_the_tests_are_green(tree):
    ran = run_tests(tree, *sorted({test for test, _ in MUTANTS.values()}))
    assert ran.returncode == PASSED, ran.stdout + ran.stderr


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_turns_its_test_red(tree, mutant):
    test, says = MUTANTS[mutant]
    with spoilt(tree, mutant):
        ran = run_tests(tree, test)
    assert (ran.returncode, says in ran.stdout) == (FAILED, True), f"{mutant}, {test}:\n{ran.stdout}{ran.stderr}"
