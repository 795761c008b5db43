"""Abusive words cut out of a question, so that what is asked beside them can be answered."""

from __future__ import annotations

import re

# Abuse and the endings known to follow it. A wrongly cut word costs an answer, so what may be an honest word stays:
# 시발점, 날씨발표, 질병신고, 허리띠를 졸라매다, 새끼손가락, 쓰레기통, 바보상자, 18년.
_MASK = r"[\d!@.*~^_]{1,2}"  # stands between the syllables of a disguised word
_CALL = r"(?:들?[아야]|들|이|이야|이?네|이?냐)요?(?![가-힣])"
_ENDING = rf"(?:새끼|놈|년(?!도))?(?:같(?:은데|은|이|네|아)요?|{_CALL})?"
_STEMS = (
    r"씨[발팔](?![송급표견생행신전휘령화])",
    rf"(?<![가-힣])(?:아|개)?(?:시발(?![점역택송급표견생행신전])|씨바ㄹ?|[씨시]{_MASK}발)",
    r"(?<![가-힣])(?<![가-힣] )[씨시] 발(?![가-힣])",
    r"(?<!ㄱ)[ㅅㅆ][ .]?ㅂ(?:ㅅㄲ)?|ㅂㅅ|ㅈㄴ",
    rf"(?<![가-힣])[이개]?[병븅](?:{_MASK})?신(?![고청])",
    rf"(?:(?<![공보의생기현잔실])존(?:{_MASK})?나(?!라)"
    rf"|(?<![가-힣])졸라(?![매맨맬맵맸대댄댔서야도달]))(?:게(?![시임재]))?",
    r"좆[나도]?|씹새끼?|(?<![가-힣])[개십]새끼|(?<![가-힣])[이그저] ?새끼(?![손발줄]| ?[고강])",
    r"(?<![가-힣])새끼(?=들?[아야](?![가-힣]))|(?<!\d)18(?=놈|새끼)|(?<![가-힣])미친(?=놈|년(?!도)|새끼)",
    r"(?<![가-힣\d])개같(?:은(?!데)|이)|(?<![가-힣])개?지랄(?:하[네고지])?|꺼지라고?(?![가-힣])|닥쳐라",
    rf"(?<![가-힣])(?:멍청(?:하[네고게]|한|이(?=들))?|바보(?=같|{_CALL}|(?![가-힣]))|쓰레기(?=같|새끼|놈"
    rf"|들?[아야](?![가-힣])))",
)
_ABUSE = re.compile(rf"(?:{'|'.join(_STEMS)}){_ENDING}|\b(?:fuck\w*|shit|bitch|stupid|idiot)\b", re.IGNORECASE)


def cut_abuse(text: str, by: str) -> str:
    """``text`` with ``by`` in place of words of abuse, so that the honest question in it is what gets answered."""
    return _ABUSE.sub(by, text)
