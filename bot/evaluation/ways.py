"""What more is expected of an answer by the way in which it was asked: an act, a polarity, a sum, what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

Expected = Mapping[str, Any]
Answered = Mapping[str, Any]

_CAVEAT = re.compile(
    r"이전에?\s?(?:체결|계약|가입|맺)|(?:계약|가입)\s?당시|시행(?:일|되기)?\s?(?:이?전|전)|종전\s?약관"
)
_OPPOSITE = {"yes": "no", "no": "yes"}


def score_ways(item: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, bool]:
    """The verdicts of ``item["expect"]`` that hold; {} if it expects nothing.

    ``act``: one of these acts, said without a clause. ``status``: one of these statuses. ``polarity``: one of these, if
    any was given. ``missing``: how many things the terms do not state. ``related``: one of these clauses is shown as
    near. ``value``: stands in the answer. ``edition_caveat``: whether an earlier edition is mentioned.
    ``not_article``: none of these is cited or near.
    """
    expect = item.get("expect") or {}
    found: dict[str, bool] = {}
    for name, check in _CHECKS.items():
        if expect.get(name) not in (None, []):
            found |= check(expect, answer)
    return found


def _act(expect: Expected, answer: Answered) -> dict[str, bool]:
    easier = "easier" in expect["act"]
    status = answer["status"] == "chat" or (easier and answer["status"] == "answered")
    return {"right": status and answer.get("act") in expect["act"] and (easier or not answer.get("citations"))}


def _status(expect: Expected, answer: Answered) -> dict[str, bool]:
    return {"right": answer["status"] in expect["status"]}


def _missing(expect: Expected, answer: Answered) -> dict[str, bool]:
    named = answer.get("missing") or ()
    return {"missing_told": bool(named), "missing_exact": len(named) == expect["missing"]}


def _related(expect: Expected, answer: Answered) -> dict[str, bool]:
    near = _addresses(answer.get("related") or ())
    return {"related_hit": any(clause in near for clause in expect["related"])}


def _value(expect: Expected, answer: Answered) -> dict[str, bool]:
    values = [expect["value"], *expect.get("value_ok", ())]
    return {"value_shown": any(_flat(value) in _flat(_told(answer)) for value in values)}


def _caveat(expect: Expected, answer: Answered) -> dict[str, bool]:
    return {"caveat_right": bool(_CAVEAT.search(_told(answer))) == expect["edition_caveat"]}


def _trap(expect: Expected, answer: Answered) -> dict[str, bool]:
    shown = _addresses([*(answer.get("citations") or ()), *(answer.get("related") or ())])
    articles = {clause.partition(".")[0] for clause in shown}
    return {"trap_avoided": not articles & {str(article) for article in expect["not_article"]}}


def _polarity(expect: Expected, answer: Answered) -> dict[str, bool]:
    wanted, given = expect["polarity"], answer.get("polarity")
    wrong = given is not None and given not in wanted
    opposite = _OPPOSITE.get(given or "") in wanted and given not in wanted
    return {
        "polarity_given": given is not None,
        "polarity_right": given in wanted,
        "polarity_not_wrong": not wrong,
        "polarity_not_opposite": not opposite,
    }


def _addresses(clauses: Collection[Mapping[str, Any]]) -> set[str]:
    return {f"{clause['article']}.{clause['paragraph']}" for clause in clauses}


def _told(answer: Answered) -> str:
    return f"{answer.get('lead') or ''}\n{answer.get('answer') or ''}"


def _flat(text: str) -> str:
    return re.sub(r"[\s,*`]", "", text)


_CHECKS: dict[str, Callable[[Expected, Answered], dict[str, bool]]] = {
    "act": _act,
    "status": _status,
    "polarity": _polarity,
    "missing": _missing,
    "related": _related,
    "value": _value,
    "edition_caveat": _caveat,
    "not_article": _trap,
}
