"""Make docs/operation/grafana.json: `python tests/support/dashboard.py` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path("docs/operation/grafana.json")
WIDTH, HEIGHT = 8, 7  # of a panel; a row has 24
SOURCE = {"type": "prometheus", "uid": "${source}"}
RATE = "[$__rate_interval]"

# title, unit, and for each line its legend and its expression
PANELS: list[tuple[str, str, dict[str, str]]] = [
    ("답, 결과마다 (초당)", "reqps", {"{{outcome}}": f"sum by (outcome) (rate(bot_answer_seconds_count{RATE}))"}),
    (
        "지금 답하지 못한 몫",
        "percentunit",
        {
            "failed": f'sum(rate(bot_answer_seconds_count{{outcome="failed"}}{RATE}))'
            f" / sum(rate(bot_answer_seconds_count{RATE}))"
        },
    ),
    (
        "답 하나의 시간",
        "s",
        {
            f"p{p}": f"histogram_quantile(0.{p}, sum by (le) (rate(bot_answer_seconds_bucket{RATE})))"
            for p in (50, 95, 99)
        },
    ),
    (
        "걸음마다의 시간 (p95)",
        "s",
        {"{{step}}": f"histogram_quantile(0.95, sum by (le, step) (rate(bot_step_seconds_bucket{RATE})))"},
    ),
    ("답하는 중, 기다리는 중", "short", {"{{stage}}": "bot_answers"}),
    (
        "거절 (초당)",
        "reqps",
        {
            "자리가 없음": f"rate(bot_refused_requests_total{RATE})",
            "너무 잦음": f"rate(bot_limited_requests_total{RATE})",
        },
    ),
    ("들어온 곳마다 (초당)", "reqps", {"{{channel}}": f"sum by (channel) (rate(bot_questions_total{RATE}))"}),
    ("요청, 상태마다 (초당)", "reqps", {"{{status}}": f"sum by (status) (rate(bot_http_seconds_count{RATE}))"}),
    (
        "요청의 시간, 경로마다 (p95)",
        "s",
        {"{{route}}": f"histogram_quantile(0.95, sum by (le, route) (rate(bot_http_seconds_bucket{RATE})))"},
    ),
    ("오류 코드 (초당)", "reqps", {"{{code}}": f"rate(bot_error_responses_total{RATE})"}),
    (
        "대화 기록",
        "short",
        {
            "쓰기를 기다림": "bot_journal_waiting",
            "쓰지 못함 (5분)": "increase(bot_journal_failures_total[5m])",
            "잃음 (5분)": "increase(bot_journal_lost_total[5m])",
        },
    ),
    ("평가 (한 시간)", "short", {"{{rating}}": "increase(bot_ratings_total[1h])"}),
    ("언어 모델의 실패 (초당)", "reqps", {"{{reason}}": f"rate(bot_model_failures_total{RATE})"}),
    (
        "상담원에게 남긴 요청 (한 시간)",
        "short",
        {"남김": "increase(bot_requests_total[1h])", "알림 {{outcome}}": "increase(bot_webhook_total[1h])"},
    ),
    ("색인", "short", {"{{bot_index_state}}": "bot_index_state", "자료보다 낡음": "bot_index_behind"}),
    ("디스크의 빈 자리", "percentunit", {"{{place}}": "bot_disk_free_bytes / bot_disk_bytes"}),
]


def make_dashboard() -> str:
    """The dashboard as a file that Grafana imports; its source of figures is asked for then."""
    panels = [_panel(place, *panel) for place, panel in enumerate(PANELS)]
    source = {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
    dashboard = {
        "title": "약관봇",
        "uid": "yakgwan-bot",
        "tags": ["yakgwan"],
        "timezone": "browser",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [source]},
        "panels": panels,
    }
    return json.dumps(dashboard, ensure_ascii=False, indent=1) + "\n"


def _panel(place: int, title: str, unit: str, lines: dict[str, str]) -> dict[str, Any]:
    across = 24 // WIDTH
    return {
        "id": place + 1,
        "title": title,
        "type": "timeseries",
        "datasource": SOURCE,
        "gridPos": {"h": HEIGHT, "w": WIDTH, "x": place % across * WIDTH, "y": place // across * HEIGHT},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + at), "datasource": SOURCE, "expr": expression, "legendFormat": legend}
            for at, (legend, expression) in enumerate(lines.items())
        ],
    }


if __name__ == "__main__":
    FILE.write_text(make_dashboard(), encoding="utf-8")
