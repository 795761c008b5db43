"""A second process over a journal: `ADDRESS WRITTEN ALL` writes and reads until all entries are there.

It says "ready" when it has opened the journal, and last how many different totals it saw; a total that falls, or an
entry that is not complete, ends it with an error.
"""

from __future__ import annotations

import sys
from time import monotonic

from bot.journal.entries import Filter
from bot.journal.journal import Journal
from bot.journal.reader import Reader
from support.entries import DELIVERY, REFUND, TWO, asked


def main(address: str, written: int, everything: int) -> None:
    journal = Journal.open(address, 90)
    reader = Reader(journal)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    totals = [0]
    until = monotonic() + 60
    while totals[-1] < everything and monotonic() < until:
        if written:
            journal.record(asked(conversation=TWO, citations=(REFUND, DELIVERY)))
            written -= 1
        rows, total = reader.entries(Filter(), 1, 20)
        if total < totals[-1] or any(row.citations != (REFUND, DELIVERY) for row in rows):
            sys.exit(f"after {totals[-1]}: {total}, {rows}")
        totals.append(total)
    journal.close()
    sys.stdout.write(f"{len(set(totals))}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
