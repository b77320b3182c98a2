"""`make bench`: every row, one line each. CPU time where not said otherwise; medians of interleaved runs."""

import sys
from importlib import import_module

ROWS = (
    "upsert_sqlite",
    "upsert_postgresql",
    "import_files",
    "digest_500",
    "proof",
    "check_draft",
    "searching",
    "page",
    "review_press",
    "commands",
    "chart",
    "memory",
    "filter_cost",
    "filter_peer",
    "filter_lag",
    "idle_tick",
    "judge_new",
    "collect_sandbox",
    "loop_lag",
    "discord_lag",
    "x_cost",
)


def main(names: list[str]) -> None:
    """Run the named rows, or all."""
    for name in names or ROWS:
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
