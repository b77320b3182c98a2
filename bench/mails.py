"""An mbox of 10,000 mails, read: CPU a mail beside the standard library's, growth, and memory.

python -m bench mails
"""

import resource
import tempfile
import time
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from statistics import median

from bench.table import Figure, Figures
from bot.desk.answers.import_files import ReadFile, lay_out
from bot.desk.bringing.readers import mails
from tests.servers.mail.layouts import LAYOUTS, PEOPLE, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
FEW, MANY, TIMES = 1_000, 10_000, 3


def main() -> Figures:
    """Print the lines; answers the figures of the table."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_write(Path(folder) / f"{count}.mbox", count) for count in (FEW, MANY))
        ours = {path: median(_spend(path) for _ in range(TIMES)) for path in (few, many)}
        peer = median(_spend_parsing(many) for _ in range(TIMES))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = many.stat().st_size / 2**20
    a_mail, growth = ours[many] / MANY * 1000, ours[many] / ours[few]
    print(f"mails: {a_mail:.2f} ms of CPU a mail of {MANY:,} ({size:.0f} MiB); parsing alone {peer / MANY * 1000:.2f}")
    print(f"mails: {FEW:,} → {MANY:,} takes {growth:.1f} ×; most memory of the process {peak:.0f} MiB")
    return {
        "an mbox of 10,000 mails, a mail": Figure(a_mail, peer / MANY * 1000),
        "an mbox, 1,000 → 10,000 mails": Figure(ours[many], ours[few]),
    }


def _write(path: Path, count: int) -> Path:
    with path.open("wb") as file:
        for number in range(count):
            sender, layout = PEOPLE[number % len(PEOPLE)], LAYOUTS[number // len(PEOPLE) % len(LAYOUTS)]
            data = make_mail(sender, layout, "quotes@newsroom.example", AT, number).replace(b"\r\n", b"\n")
            file.write(b"From MAILER-DAEMON Mon Nov 16 09:00:00 2026\n" + data.rstrip(b"\n") + b"\n\n")
    return path


def _spend(path: Path) -> float:
    before, done = time.process_time(), ReadFile()
    rows = sum(1 for _ in mails.read_mails(path, done, lay_out({})))
    assert rows + sum(done.skipped.values()) + len(done.bad) in (FEW, MANY)
    return time.process_time() - before


def _spend_parsing(path: Path) -> float:
    """What the standard library takes to parse them and decode each part."""
    before = time.process_time()
    for data in mails.list_mails(path):
        for part in message_from_bytes(data).walk():
            part.get_payload(decode=True)
    return time.process_time() - before
