"""docs/reference/ is what the code says."""

import pytest

from scripts.write_reference import PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_script_writes(name):
    written = (ROOT / "docs/reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run `make reference`"
