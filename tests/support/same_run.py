"""`make same`: 1,000 mixed conversations through every interface; whatever differs is printed and fails."""

from __future__ import annotations

import json
import logging
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from pydantic import SecretStr
from tqdm import tqdm

from bot.journal.journal import Journal
from bot.journal.reader import Reader
from bot.recorder import Recorder
from bot.service import Service
from bot.settings import Settings
from bot.web.chat.events import Events
from bot.web.limits import Limiter
from bot.web.metrics import Metrics
from support.interfaces import by_batch, by_chat, by_command, by_programs

COUNT, SEED = 1000, 7
LONGEST = 500  # characters of a question
BY_NUMBER = (
    *(
        "제{0}조 제{1}항",
        "{0}조 {1}항 보여 주세요",
        "제{0}조 전부",
        "{0}-{1}",
        "§{0}-{1}이 뭐예요?",
        "{0}.{1}",
        "제{0}조 제{1}항과 제{2}조",
    ),
    *("{0}조랑 {2}조 비교해 주세요", "제9{0}조가 뭐예요?", "{0}조가 언제부터 그랬어요?", "article {0}"),
)
IN_PARTS = "{0} 그리고 {1}"


def conversations(count: int, seed: int) -> list[tuple[str, tuple[str, ...]]]:
    """``count`` conversations by kind: of all evaluation questions, by number, and two things asked at once."""
    drawn = random.Random(seed)  # noqa: S311  # no secret
    known = []
    for path in sorted(Path("data/eval").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not all(text.strip() and len(text) <= LONGEST for text in (*row["history"], row["question"])):
                continue  # not even looked at; `tests/test_same_everywhere.py` has these
            kind = "follow-up" if row["history"] else row["kind"]
            known.append(
                (f"{kind}, english" if row["style"] == "english" else kind, (*row["history"], row["question"]))
            )
    numbers = [
        ("by number", (drawn.choice(BY_NUMBER).format(*(drawn.randint(1, top) for top in (24, 6, 22))),))
        for _ in range(count // 10)
    ]
    ask = [questions[-1] for kind, questions in known if kind == "answerable"]
    parts = [("in parts", (IN_PARTS.format(*drawn.sample(ask, 2)),)) for _ in range(count // 10)]
    few = [one for one in known if one[0] in {"attack", "chat", "vague"}]
    rest = drawn.sample(few, min(len(few), count // 5)) + numbers + parts
    mixed = rest + drawn.sample([one for one in known if one not in few], count - len(rest))
    drawn.shuffle(mixed)
    return mixed


def main(count: int = COUNT) -> int:
    """Print the counts and what differs; the exit code."""
    logging.disable(logging.WARNING)
    started, chosen = perf_counter(), conversations(count, SEED)
    asked, differing = [questions for _, questions in chosen], 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        address = SecretStr(f"sqlite:///{folder / 'same.db'}")
        service = Service(
            Settings(
                journal=address,
                rate="1000000/minute",
                request_rate="1000000/minute",
                address="https://bot.example.com",
                _env_file=None,
            )
        )
        service.load()
        journal = Journal.open(f"sqlite:///{folder / 'chat.db'}", 90)
        metrics = Metrics({})
        events = Events(Recorder(service, journal, metrics), Limiter("1000000/minute"), metrics)
        with tqdm(total=len(asked), desc="API, MCP", disable=None) as bar:
            programs = by_programs(service, asked, lambda: bar.update())
        batch = by_batch(service, asked, folder)
        for place, questions in enumerate(tqdm(asked, desc="명령, 대화", disable=None)):
            whole, stream, called = programs[place]
            others = {"SSE": stream, "MCP": called, "chat": by_chat(events, Reader(journal), questions)}
            commands = {"--batch": batch[place], "ask": by_command(service, questions)}
            for name, other in (others | commands).items():
                wanted = whole.without_text if name in commands else whole
                if other != wanted:
                    differing += 1
                    sys.stdout.write(f"{name}: {' / '.join(questions)}\n  API {wanted}\n  {name} {other}\n")
        journal.close()
    for kind, number in sorted(Counter(kind for kind, _ in chosen).items()):
        sys.stdout.write(f"{kind:24s} {number}\n")
    statuses = Counter(whole.status for whole, _, _ in programs)
    sys.stdout.write("  ".join(f"{status} {number}" for status, number in statuses.most_common()) + "\n")
    seconds, answers = perf_counter() - started, 6 * len(asked)
    sys.stdout.write(f"conversations {len(asked)}, answers {answers}, differing {differing}, {seconds:.0f} s\n")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
