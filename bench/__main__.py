"""`make bench`: every bench prints its lines, then stands one table of all that has an aim (see `bench.table`).

CPU time of all processes where not said otherwise; medians of interleaved runs. Each bench runs in a process of its
own: one that breaks, or cannot run here, ends nothing but itself.

    python -m bench [--long] [--json FILE]
    python -m bench NAME…

--long: also what takes hours: a million replies, and a simulated day. NAME: these alone, in this process, no table.
"""

import argparse
import json
import multiprocessing
import os
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from bench.table import LONG, MEASURES, CannotRun, Figures, Found, list_rows, show_table

BENCHES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("upsert_sqlite", ()),
    ("upsert_postgresql", ()),
    ("import_files", ()),
    ("digest_500", ()),
    ("proof", ()),
    ("check_draft", ()),
    ("mails", ()),
    ("searching", ()),
    ("page", ()),
    ("review_press", ()),
    ("commands", ()),
    ("chart", ()),
    ("size", ()),
    ("memory", ()),
    ("filter_cost", ()),
    ("filter_peer", ()),
    ("copies_peer", ()),
    ("filter_lag", ()),
    ("idle_tick", ()),
    ("judge_new", ()),
    ("collect_sandbox", ()),
    ("loop_lag", ()),
    ("discord_lag", ()),
    ("x_cost", ()),
)
LONG_BENCHES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("copies", (100_000,)),
    ("searching", (1_000_000,)),
    ("growth", (100_000,)),
    ("day", (100, 200_000, 24)),
)


def run_bench(name: str, arguments: tuple[int, ...] = ()) -> Figures:
    """Print its lines; answers its figures by the names of measures."""
    figures: Figures | None = import_module(f"bench.{name}").main(*arguments)
    return figures or {}


def run_and_tell(name: str, arguments: tuple[int, ...], told: Connection) -> None:
    """In a process of its own. Sends its figures, or why there are none."""
    try:
        told.send(run_bench(name, arguments))
    except CannotRun as error:
        print(f"{name}: not measured, {error}", flush=True)
        told.send(str(error))
    except BaseException as error:  # noqa: BLE001  # whatever broke is told in the table, and the others go on
        traceback.print_exc()
        told.send(f"it broke: {traceback.format_exception_only(error)[-1].strip()}")


def run_alone(name: str, arguments: tuple[int, ...]) -> Figures | str:
    """The figures of a bench, or why it gave none."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=run_and_tell, args=(name, arguments, theirs))
    process.start()
    theirs.close()
    try:
        found: Figures | str = ours.recv()
    except EOFError:
        found = "its process ended without a word"
    process.join()
    return found


def make_table(benches: tuple[tuple[str, tuple[int, ...]], ...]) -> Found:
    """Run them all, one after the other."""
    figures: Figures = {}
    failures: dict[str, str] = {}
    for name, arguments in benches:
        found = run_alone(name, arguments)
        if isinstance(found, str):
            failures[name] = found
        else:
            figures |= found
    return Found(figures, failures)


def main() -> None:
    """Run what is named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program does not compile itself each time
    for name in asked.names:
        try:
            run_bench(name)
        except CannotRun as error:
            print(f"{name}: not measured, {error}")
    if asked.names:
        return
    measures = MEASURES + LONG if asked.long else MEASURES
    found = make_table(BENCHES + LONG_BENCHES if asked.long else BENCHES)
    print("", *show_table(measures, found), sep="\n")
    for name, why in found.failures.items():
        print(f"{name}: {why}")
    if asked.json:
        asked.json.write_text(json.dumps(list_rows(measures, found), indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
