"""A process that writes a journal until it is killed: `ADDRESS`. It says the number of each acknowledged entry."""

from __future__ import annotations

import sys

from bot.journal.journal import Journal
from bot.journal.writer import Writer
from bot.web.metrics import Metrics
from support.entries import DELIVERY, REFUND, asked


def main(address: str) -> None:
    writer = Writer(Journal.open(address, 90), Metrics({}))
    while True:
        receipts = [writer.submit(asked(citations=(REFUND, DELIVERY))) for _ in range(7)]
        for receipt in receipts:
            row = writer.wait(receipt, 30)
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
