"""Learning whether a question asks for yes or no, from `data/asked`: what is asked there stands in each heading.

Below "네", "아니요" and "경우에 따라" people ask for yes or no, elsewhere for a thing. Some ask for a thing in the form
of the other ("양식이 있나요?"): what looks so without a question word is left out of the learning, and counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.aspects import POLAR, Standing
from index.errors import QuestionsError
from index.kinds import LIKELY, focus
from index.question_form import BIAS, QUESTION_WORD, WITHIN, features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.aspects import Aspect
    from index.questions.files import Question

FOLDS = 6  # parts of the articles, each left out once
ARTICLES, OF_ENDING = 6, 3  # of which a feature must be known: it is of the form then, and not of a subject
LEAST = 0.02  # weight that is kept
SEEMS = 0.3  # probability from which a text without a question word is taken to have the form of a yes/no question
FINALS = 28  # final consonants of a syllable in Unicode, none among them
ASKED_BY = {"금액": "얼마", "비율": "몇 프로", "횟수": "몇 번", "개수": "몇 개", "한도": "얼마까지", "기간": "며칠"}
ASKED_BY |= {
    "기한": "언제까지",
    "날짜": "언제",
    "요일·시각": "몇 시",
    "빈도": "얼마나 자주",
    "누구": "누가",
    "어디": "어디서",
}
ASKED_BY |= {"문서": "무슨", "절차": "어떻게", "까닭": "왜", "뜻": "무슨 뜻", "목록": "뭐뭐", "방법": "어떻게"}
NOTHING = "data/asked에서 배울 것이 없습니다: 네·아니요 질문과 다른 질문이 여러 조에 있어야 합니다."
STRENGTH = 1.0  # of the weights against their number (C of scikit-learn's logistic regression, L1)


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, whether it asks for yes or no, and the article that it is about; ``thing``: it is a heading's."""

    text: str
    polar: bool
    article: str
    thing: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """Precision and recall on left-out articles; ``precision_of_form``: without what has the form and asks a thing."""

    precision: float
    precision_of_form: float
    recall: float
    questions: int


def samples(questions: Iterable[Question]) -> list[Sample]:
    """The questions that have an aspect, and the things in their headings, which ask for nothing."""
    return list(dict.fromkeys(_of(questions)))


def _of(questions: Iterable[Question]) -> Iterator[Sample]:
    for question in questions:
        aspect = question.aspect
        if aspect is None:
            continue
        article = aspect.clause.article
        yield Sample(question.text, aspect.standing in POLAR, article)
        yield Sample(aspect.thing, polar=False, article=article, thing=True)
        if aspect.standing is Standing.ABSENT:
            for short in _in_short(aspect):
                yield Sample(short, polar=False, article=article, thing=True)


def _in_short(aspect: Aspect) -> Iterator[str]:
    """The thing asked for as people ask in a hurry: "이자율?", "이자율은?", "이자율 몇 프로?", "몇 프로 이자율?"."""
    closed = (ord(aspect.thing[-1]) - ord("가")) % FINALS > 0
    yield from (
        f"{aspect.thing}?",
        f"{aspect.thing}{'은' if closed else '는'}?",
        f"{aspect.thing}{'이' if closed else '가'}?",
    )
    if word := ASKED_BY.get(aspect.kind):
        yield from (f"{aspect.thing} {word}?", f"{word} {aspect.thing}?", f"{aspect.thing} {word}")


class Learner:
    """Learns the weights of features, from all articles or without some."""

    def __init__(self, given: Sequence[Sample]) -> None:
        """Raises QuestionsError if there is nothing to tell apart."""
        self.samples = given
        self._polar = np.array([one.polar for one in given], dtype=bool)
        articles = {name: number for number, name in enumerate(sorted({one.article for one in given}))}
        if len(articles) < ARTICLES or len(set(self._polar.tolist())) < 2:
            raise QuestionsError(NOTHING)
        self._fold = np.array([articles[one.article] % FOLDS for one in given])
        self._names, self._table = _tabulate(given)
        self._clear = self._with_clear_form()

    def weights(self) -> dict[str, float]:
        """Of each feature that counts; `BIAS` with them."""
        model = self._fit(self._clear)
        pairs = zip(self._names, model.coef_[0].tolist(), strict=True)
        return {BIAS: float(model.intercept_[0])} | {name: one for name, one in pairs if abs(one) >= LEAST}

    def measure(self) -> Measured:
        """How well the questions of each article are told apart by what was learnt of others."""
        questions = np.array([not one.thing for one in self.samples])
        said = (self._left_out(self._clear) >= LIKELY) & questions
        right = int((said & self._polar).sum())
        return Measured(
            right / max(1, int(said.sum())),
            right / max(1, int((said & self._clear).sum())),
            right / max(1, int((self._polar & questions).sum())),
            int(questions.sum()),
        )

    def _with_clear_form(self) -> np.ndarray:
        likely = self._left_out(np.ones(len(self.samples), dtype=bool)) > SEEMS
        plain = [not one.thing and not QUESTION_WORD.search(focus(one.text)) for one in self.samples]
        return np.asarray(self._polar | ~likely | ~np.array(plain))

    def _left_out(self, used: np.ndarray) -> np.ndarray:
        """The probability of each sample by what was learnt from the ``used`` ones of other articles."""
        likely = np.zeros(len(self.samples))
        for fold in range(FOLDS):
            held = self._fold == fold
            if held.any():
                likely[held] = self._fit(used & ~held).predict_proba(self._table[held])[:, 1]
        return likely

    def _fit(self, used: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", max_iter=300, random_state=0)
        return model.fit(self._table[used], self._polar[used])


def _tabulate(given: Sequence[Sample]) -> tuple[list[str], csr_matrix]:
    """The features of `ARTICLES` articles at least, and which text has them: (texts, features), 0 or 1."""
    found = [features(focus(one.text)) for one in given]
    known = defaultdict[str, set[str]](set)
    for one, its in zip(given, found, strict=True):
        for feature in its:
            known[feature].add(one.article)
    least = {name: ARTICLES if name.startswith(WITHIN) else OF_ENDING for name in known}
    names = sorted(name for name, where in known.items() if len(where) >= least[name] and name != BIAS)
    columns = {name: column for column, name in enumerate(names)}
    rows: list[int] = []
    places: list[int] = []
    for row, its in enumerate(found):
        own = sorted(columns[name] for name in its if name in columns)
        places += own
        rows += [row] * len(own)
    return names, csr_matrix((np.ones(len(rows)), (rows, places)), (len(given), len(names)))
