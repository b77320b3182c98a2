"""The package's own tests run where it is installed: `test_noticeboard_package.py` sees to it."""

collect_ignore = ["pullquote_noticeboard"]
