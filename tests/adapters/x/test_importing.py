"""Knowing of X costs no SDK."""

import subprocess
import sys

CODE = """
import sys
from adapters.x import platform
assert platform.recognises("https://x.com/ada/status/1")
print(sorted({"tweepy", "aiohttp", "twitter_text"} & sys.modules.keys()))
"""


def test_importing_the_platform_imports_no_sdk():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
