"""The quality.toml of a platform: every obligation is done or exempt with a reason, and no other is named."""

import sys

import pytest

from adapters.testing import AdapterSuite
from adapters.testing.obligations import _read_quality, check_quality, list_obligations

KNOWN = {"authors_are_told_apart", "the_text_is_exact"}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Writes the file of a package that can be imported; answers the package's name."""

    def write(text):
        folder = tmp_path / "pullquote_slates"
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "quality.toml").write_text(text, encoding="utf-8")
        return folder.name

    monkeypatch.syspath_prepend(tmp_path)
    yield write
    _read_quality.cache_clear()
    sys.modules.pop("pullquote_slates", None)


def test_what_is_done_is_tested(package):
    check_quality(package('[collecting]\nthe_text_is_exact = "done"'), "the_text_is_exact", KNOWN)


def test_what_is_exempt_is_skipped_with_its_reason(package):
    name = package('[collecting]\nthe_text_is_exact = { exempt = "slates blur" }')
    with pytest.raises(pytest.skip.Exception, match="slates blur"):
        check_quality(name, "the_text_is_exact", KNOWN)


@pytest.mark.parametrize("said", ["", 'the_text_is_exact = "later"', 'the_text_is_exact = { exempt = " " }'])
def test_what_is_neither_fails(package, said):
    name = package(f"[collecting]\n{said}")
    with pytest.raises(pytest.fail.Exception, match="lacks the_text_is_exact"):
        check_quality(name, "the_text_is_exact", KNOWN)


def test_what_is_no_obligation_fails(package):
    name = package('[collecting]\nthe_text_is_exact = "done"\nthe_text_is_nice = "done"')
    with pytest.raises(pytest.fail.Exception, match="no obligation of the suite: the_text_is_nice"):
        check_quality(name, "the_text_is_exact", KNOWN)


def test_what_a_platform_tests_of_its_own_is_no_obligation():
    class Suite(AdapterSuite):
        def test_slates_are_wiped(self): ...

    assert "slates_are_wiped" not in list_obligations(Suite)
    assert "the_text_is_exact" in list_obligations(Suite)


@pytest.mark.parametrize("platform", ["bluesky", "discord", "mail", "sandbox", "x"])
def test_each_platform_of_ours_says_what_every_obligation_is(platform):
    assert _read_quality(f"adapters.{platform}").keys() == list_obligations(AdapterSuite)
