"""Data → saved index, and back: a stale, foreign or damaged index is rebuilt with a warning, never searched."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from index import snapshot
from index.errors import EmbeddingError, StoreError
from index.questions.corpus import Corpus, read_corpus
from index.search.clause_search import UNFINISHED, ClauseSearch
from index.search.collection import Collection, embed_rows
from index.search.embedding import full_name, load_embedder, trained_differences
from index.search.update import updated
from index.search.vector_store import VectorStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from index.editions.edition import Edition
    from index.search.embedding import Embedder
    from index.settings import IndexSettings

log = logging.getLogger(__name__)

FORMAT = 12  # of the files and of what is learnt from the data; raise it when either changes
ROW_KEYS = "rows.json"
LIBRARIES = ("faiss-cpu", "numpy", "scikit-learn", "scipy", "sentence-transformers")


def open_search(
    settings: IndexSettings,
    editions: Sequence[Edition],
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    embedder: Embedder | None = None,
) -> ClauseSearch:
    """The search over ``editions`` from the saved index, which is built first if need be.

    ``embedder``: one that is loaded already; without it the model of the settings is loaded.

    Without the embedding model the search goes by words alone; the log and `ClauseSearch.embedding` say so.

    Raises:
        QuestionsError: a file of curated questions is malformed.
        StoreError: the folder of the index cannot be written.
    """
    corpus = read_corpus(settings.data, editions)
    embedder = embedder or embedder_or_none(settings)
    try:
        collection, manifest = load(settings, corpus, embedder)
    except StoreError as error:
        log.warning("색인을 새로 만듭니다: %s", error)
        collection, manifest = build(settings, corpus, embedder, progress)
    return ClauseSearch.over(corpus, collection, embedder, manifest)


def open_at_once(
    settings: IndexSettings, editions: Sequence[Edition], embedder: Embedder | None, search: ClauseSearch | None = None
) -> ClauseSearch:
    """The search over ``editions`` without learning all: from the saved index, or from one updated by some questions.

    ``search``: an earlier one, which need not be read again to be updated if it is of the index that is saved.

    Raises:
        QuestionsError: a file of curated questions is malformed.
        StoreError: there is no index, or more than some questions changed since it was made.
    """
    corpus = read_corpus(settings.data, editions)
    try:
        collection, manifest = load(settings, corpus, embedder)
    except StoreError:
        _, manifest = snapshot.read_manifest(settings.index)
        if search is not None and search.description.get("created") == manifest.get("created"):
            collection, manifest = search.collection, dict(search.description)
        else:
            collection, manifest = _read(settings, embedder, {})
        collection = updated(collection, corpus, embedder)
        questions = len(corpus.questions)
        manifest |= {"data": corpus.digest, "rows": questions + len(corpus.passages), "questions": questions}
        log.info("질문이 바뀌어 색인에 더하고 뺐습니다. 모두 다시 배우는 일은 뒤에 합니다.")
    return ClauseSearch.over(corpus, collection, embedder, manifest)


def open_quickly(settings: IndexSettings, editions: Sequence[Edition]) -> ClauseSearch:
    """The search over ``editions`` by words alone, learnt within seconds and kept nowhere: until an index is made.

    Raises:
        QuestionsError: a file of curated questions is malformed.
    """
    corpus = read_corpus(settings.data, editions)
    rows = len(corpus.questions) + len(corpus.passages)
    description = {"rows": rows, "questions": len(corpus.questions), "model": None, UNFINISHED: True}
    return ClauseSearch.over(corpus, Collection.quickly(corpus), None, description)


def load(settings: IndexSettings, corpus: Corpus, embedder: Embedder | None) -> tuple[Collection, dict[str, Any]]:
    """The saved index with its manifest.

    Without an embedder an index that was made with or without one will do.

    Raises:
        StoreError: there is none, or it was made from other data, by another model or format, or is damaged.
    """
    rows = len(corpus.questions) + len(corpus.passages)
    return _read(settings, embedder, {"data": corpus.digest, "rows": rows})


def _read(
    settings: IndexSettings, embedder: Embedder | None, wanted: dict[str, Any]
) -> tuple[Collection, dict[str, Any]]:
    """The saved index, if its manifest says what is ``wanted``."""
    folder, manifest = snapshot.read_manifest(settings.index)
    wanted = {"format": FORMAT} | wanted
    if embedder is not None:
        wanted |= {"model": _model(settings), "dimension": embedder.dimension}
    elif manifest.get("model") is not None:
        wanted |= {"model": _model(settings)}
    for key, value in wanted.items():
        if manifest.get(key) != value:
            found = str(manifest.get(key))[:40]
            raise StoreError(f"{folder}: 낡은 색인입니다({key}: {found}, 지금은 {str(value)[:40]}).")
    snapshot.check_files(folder, manifest)
    return Collection.read(folder), manifest


def build(
    settings: IndexSettings,
    corpus: Corpus,
    embedder: Embedder | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Collection, dict[str, Any]]:
    """Make the index and save it atomically; the old one serves until the new one is complete.

    Raises:
        StoreError: the folder cannot be written.
    """
    return learn_and_save(settings, corpus, embed(settings, corpus, embedder, progress) if embedder else None)


@dataclass(frozen=True, slots=True)
class Embedded:
    """``vectors``: of all rows, float32 of shape (rows, dimension).

    ``kept``, ``dropped``: how many of the saved index are of use, and how many are not.
    """

    vectors: np.ndarray
    kept: int
    dropped: int


def embed(
    settings: IndexSettings,
    corpus: Corpus,
    embedder: Embedder,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Embedded:
    """The vectors of all rows; only what the saved index does not hold is embedded."""
    keys, known = corpus.row_keys, _known_vectors(settings)
    kept = sum(key in known for key in keys)
    return Embedded(embed_rows(corpus, embedder, progress, known), kept, len(known.keys() - set(keys)))


def learn_and_save(
    settings: IndexSettings, corpus: Corpus, embedded: Embedded | None
) -> tuple[Collection, dict[str, Any]]:
    """The other half of `build`, which needs no model any more. Raises as `build`."""
    rows = len(corpus.questions) + len(corpus.passages)
    description = {
        "format": FORMAT,
        # without a model this is null, so that the next start with one rebuilds
        "model": _model(settings) if embedded else None,
        "dimension": embedded.vectors.shape[1] if embedded else None,
        "data": corpus.digest,
        "rows": rows,
        "questions": len(corpus.questions),
        "passages": len(corpus.passages),
        "vectors": {
            "kept": embedded.kept if embedded else 0,
            "embedded": rows - embedded.kept if embedded else 0,
            "dropped": embedded.dropped if embedded else 0,
        },
        "versions": {name: version(name) for name in LIBRARIES},
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    try:
        # all cores: an embedding has one thread each, and so has the linear algebra of a process that embeds
        with snapshot.writing(settings.index, description) as folder, threadpool_limits(os.cpu_count()):
            collection = Collection.of(corpus, embedded.vectors if embedded else None, folder)
            collection.write(folder)
            (folder / ROW_KEYS).write_text(json.dumps(corpus.row_keys), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{settings.index}: 색인을 저장할 수 없습니다: {error.strerror}") from error
    return collection, description


def _model(settings: IndexSettings) -> str:
    """What the manifest calls the model that is set; a name that fits no index if what training added is damaged."""
    try:
        return full_name(settings.embedding, trained_differences(settings))
    except EmbeddingError:
        return ""


def _known_vectors(settings: IndexSettings) -> dict[str, np.ndarray]:
    """The vectors of the saved index by row key, so that only what changed is embedded; {} if they are of no use."""
    try:
        folder, manifest = snapshot.read_manifest(settings.index)
        of_model = (manifest.get("model"), manifest.get("versions", {}).get("sentence-transformers"))
        if of_model != (_model(settings), version("sentence-transformers")):
            return {}
        snapshot.check_files(folder, manifest)
        keys = json.loads((folder / ROW_KEYS).read_text(encoding="utf-8"))
        return dict(zip(keys, VectorStore.read(folder / "vectors.faiss").vectors(), strict=True))
    except (StoreError, OSError, ValueError):
        return {}  # then all of it is embedded again


def embedder_or_none(settings: IndexSettings) -> Embedder | None:
    """The embedding model, or None with a warning if it cannot be loaded: words alone must do then."""
    try:
        return load_embedder(settings.embedding, settings.encoder, trained_differences(settings))
    except EmbeddingError as error:
        log.warning("임베딩 없이 낱말로만 검색합니다: %s", error)
        return None
