"""Questions taken in and out of an index: what a fit of all rows with the same idf gives, and no other index."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.fakes import FakeEmbedder

from index import snapshot, words
from index.aspects import Aspect, Standing
from index.clause import Clause
from index.errors import StoreError
from index.questions.files import Question
from index.search import update
from index.search.build import build, load
from index.search.collection import Collection, embed_rows, learn_ranker
from index.search.factor import factorize
from index.search.update import updated

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.questions.corpus import Corpus
    from index.search.ranker import Ranker

LATE, REFUND = Clause("가게", "1", "2"), Clause("가게", "2", "1")
NEW = (
    Question("배송 알림은 언제 와요", (LATE,)),
    Question("주차장 있나요", ()),
    Question("환불 신청 어떻게 해요", (REFUND, LATE)),
)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the rows of the shop fill several."""
    monkeypatch.setattr("index.search.collection.factorize", partial(factorize, block=4))


def collection_of(corpus: Corpus, *, by_words: bool = False) -> Collection:
    return Collection.of(corpus, None if by_words else embed_rows(corpus, FakeEmbedder(), lambda *_: None))


def in_full(corpus: Corpus, base: Collection) -> Ranker:
    """All learnt, with the idf of ``base``."""
    texts = [q.text for q in corpus.questions] + [p.text for p in corpus.passages]
    ngrams = words.spelling_rows(words.count_spellings(texts), base.idf)
    vectors = None if base.vectors is None else embed_rows(corpus, FakeEmbedder(), lambda *_: None)
    return learn_ranker(ngrams, vectors, corpus, TemporaryFile())[0]


def assert_alike(found: Collection, corpus: Corpus, base: Collection) -> None:
    wanted = in_full(corpus, base)
    np.testing.assert_allclose(found.serving.coefficients, wanted.coefficients, atol=1e-5)
    own, alike_own = (one.aspects.clauses if one.aspects else {} for one in (wanted, found.serving))
    assert own.keys() == alike_own.keys()
    for place, ranker in own.items():
        np.testing.assert_array_equal(alike_own[place].rows, ranker.rows)
        np.testing.assert_allclose(alike_own[place].coefficients, ranker.coefficients, atol=1e-5)
    texts = ["환불 되나요", "주차장 있어요?", corpus.questions[0].text]
    rows = words.spelling_rows(words.count_spellings([q.text for q in corpus.questions]), base.idf)
    asked = words.spelling_rows(words.count_spellings(texts), base.idf)
    alike = found.words_likeness(texts)[:, : len(corpus.questions)]
    np.testing.assert_allclose(alike, (asked @ rows.T).toarray(), atol=1e-6)


def with_questions(corpus: Corpus, *questions: Question, without: tuple[int, ...] = ()) -> Corpus:
    kept = [question for place, question in enumerate(corpus.questions) if place not in without]
    return replace(corpus, questions=(*kept[:3], *questions, *kept[3:]))


@pytest.mark.parametrize("by_words", [False, True])
@pytest.mark.parametrize(
    ("new", "without"), [(1, ()), (3, ()), (0, (4,)), (0, (0, 8)), (2, (2, 5, 9)), (0, ())], ids=str
)
def test_it_is_what_a_full_fit_gives(shop_corpus: Corpus, new: int, without: tuple[int, ...], by_words: bool) -> None:
    base = collection_of(shop_corpus, by_words=by_words)
    corpus = with_questions(shop_corpus, *NEW[:new], without=without)
    found = updated(base, corpus, FakeEmbedder())
    assert found.ngrams.shape[0] == len(corpus.questions) + len(corpus.passages)
    assert_alike(found, corpus, base)


def test_it_is_what_a_full_fit_gives_of_random_questions(shop_corpus: Corpus) -> None:
    random = np.random.default_rng(6)
    letters = list("환불배송알림전화날씨언제어떻게되나요며칠")
    clauses = [passage.clause for passage in shop_corpus.passages]
    aspects = [Aspect(clause, Standing.STATED, "기한", "기간") for clause in clauses]

    def some() -> Question:
        clause = int(random.integers(len(clauses) + 1))
        own = clauses[clause : clause + 1]
        aspect = aspects[clause] if own and random.random() < 0.5 else None
        return Question(" ".join("".join(random.choice(letters, 3)) for _ in range(4)), tuple(own), aspect=aspect)

    known = [Question(f"기한 {i}", (a.clause,), aspect=a) for i, a in enumerate(aspects)]
    corpus = replace(shop_corpus, questions=(*known, *(some() for _ in range(60))))
    base = collection_of(corpus)
    changed = replace(corpus, questions=(*known, *(some() for _ in range(7)), *corpus.questions[9:]))
    assert_alike(updated(base, changed, FakeEmbedder()), changed, base)


def test_one_update_after_another_is_one(shop_corpus: Corpus) -> None:
    base = found = collection_of(shop_corpus)
    for corpus in (
        with_questions(shop_corpus, NEW[0]),
        with_questions(shop_corpus, NEW[0], NEW[1], without=(1,)),
        with_questions(shop_corpus, NEW[1], without=(1, 6)),
        shop_corpus,
    ):
        found = updated(found, corpus, FakeEmbedder())
        assert found.base is base
        assert_alike(found, corpus, base)
    np.testing.assert_allclose(found.serving.coefficients, base.serving.coefficients, atol=1e-6)


def test_a_question_that_moves_to_another_clause_is_one_out_and_one_in(shop_corpus: Corpus) -> None:
    base = collection_of(shop_corpus)
    moved = replace(shop_corpus.questions[0], clauses=(REFUND,))
    corpus = replace(shop_corpus, questions=(moved, *shop_corpus.questions[1:]))
    assert_alike(updated(base, corpus, FakeEmbedder()), corpus, base)


def test_a_saved_index_can_be_updated_and_the_file_deleted_meanwhile(
    shop_settings: Settings, shop_corpus: Corpus
) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    base, _ = load(shop_settings, shop_corpus, FakeEmbedder())
    build(shop_settings, shop_corpus, FakeEmbedder())
    corpus = with_questions(shop_corpus, NEW[0], without=(1,))
    assert_alike(updated(base, corpus, FakeEmbedder()), corpus, base)


def test_to_the_ranker_by_words_what_is_new_is_unknown(shop_corpus: Corpus) -> None:
    base = collection_of(shop_corpus)
    found = updated(base, with_questions(shop_corpus, NEW[0], without=(0,)), FakeEmbedder())
    np.testing.assert_array_equal(found.by_words.coefficients[:3], [*base.by_words.coefficients[1:4]])
    assert not found.by_words.coefficients[3].any()


@pytest.mark.parametrize("fault", ["aspect", "passage", "many", "no model", "landmarks"])
def test_what_is_more_than_some_questions_is_refused(
    shop_corpus: Corpus, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, corpus = collection_of(shop_corpus), with_questions(shop_corpus, *NEW)
    if fault == "aspect":
        asked = Question("배송 기한", (LATE,), aspect=Aspect(LATE, Standing.STATED, "기한"))
        corpus = with_questions(shop_corpus, asked)
    elif fault == "passage":
        first = replace(shop_corpus.passages[0], quote="다른 글")
        corpus = replace(corpus, passages=(first, *shop_corpus.passages[1:]))
    elif fault == "many":
        monkeypatch.setattr(update, "MOST", 2)
    elif fault == "landmarks":
        monkeypatch.setattr("index.search.collection.EXACT_ROWS", 5)
        base = collection_of(shop_corpus)
    with pytest.raises(StoreError):
        updated(base, corpus, None if fault == "no model" else FakeEmbedder())


def test_a_factor_that_is_damaged_is_not_used(shop_settings: Settings, shop_corpus: Corpus) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    path = snapshot.read_manifest(shop_settings.index)[0] / "factor.map"
    content = bytearray(path.read_bytes())
    content[40:44] = np.float32(3).tobytes()
    path.write_bytes(content)
    base, _ = load(shop_settings, shop_corpus, FakeEmbedder())
    with pytest.raises(StoreError, match="손상"):
        updated(base, with_questions(shop_corpus, NEW[0]), FakeEmbedder())


def test_a_factor_that_is_cut_off_is_refused_at_once(shop_settings: Settings, shop_corpus: Corpus) -> None:
    build(shop_settings, shop_corpus, FakeEmbedder())
    path = snapshot.read_manifest(shop_settings.index)[0] / "factor.map"
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(StoreError, match=r"factor\.map"):
        load(shop_settings, shop_corpus, FakeEmbedder())
