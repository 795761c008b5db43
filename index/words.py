"""Words without a morphological analyser: hashed character n-grams within word boundaries.

Measured on KorQuAD (964 paragraphs, 1,500 questions): BM25 of these n-grams puts the right paragraph first for
0.90, whole words for 0.76; Kiwi's morphemes cost up to 500 MB of memory and 1.3–3 s of start for no gain here.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_matrix

NGRAMS = (1, 3)
FEATURES = 2**16
K1, B = 1.2, 0.75  # BM25's usual values (Robertson & Zaragoza 2009), not tuned

_VECTORIZER = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=NGRAMS,
    n_features=FEATURES,
    norm=None,
    alternate_sign=False,
    dtype=np.float32,
)


def count_ngrams(texts: Sequence[str]) -> csr_matrix:
    """n-gram counts, sparse float32 of shape (len(texts), `FEATURES`)."""
    counts: csr_matrix = _VECTORIZER.transform([unicodedata.normalize("NFKC", text) for text in texts])
    return counts


def inverse_document_frequency(counts: csr_matrix) -> np.ndarray:
    """Smoothed idf (scikit-learn's formula) of shape (`FEATURES`,), from the counts of a collection."""
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + frequency)) + 1, np.float32)


def tf_idf(counts: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Unit rows with sublinear counts: the product of two rows is their cosine, 0..1."""
    weighted = counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    return normalize(weighted.multiply(idf[np.newaxis, :]).tocsr(), copy=False)


def bm25(counts: csr_matrix) -> csr_matrix:
    """BM25 weights of a collection of passages: the product of a question's 0/1 row with them is its score."""
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (counts.shape[0] - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    relative = np.repeat(lengths / max(float(lengths.mean()), 1.0), np.diff(counts.indptr))
    weighted = counts.copy()
    weighted.data = weighted.data * (K1 + 1) / (weighted.data + K1 * (1 - B + B * relative))
    return weighted.multiply(idf[np.newaxis, :]).tocsr()
