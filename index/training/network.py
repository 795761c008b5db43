"""The bundled encoder in PyTorch, so that gradients flow: BERT (Devlin et al. 2019) with mean pooling.

The embeddings and the lower layers never change, so what comes out of them is computed once for all texts. In the
upper layers each matrix W is W + B A with a thin B and A ("LoRA", Hu et al. 2021); what follows the GELU stays as it
is, for it is kept in blocks of 4 bits (`index.encoder.graph`), which would not hold so small a difference.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder.weights import Weights

LOWER = 4  # layers that never change
RANK = 16
# share of what was learnt that is kept ("WiSE-FT", Wortsman et al. 2022): the way back to the untrained weights holds
# what questions of another kind need (measured: docs/encoder.md)
KEPT = 0.8
PADDED = 32  # texts of about one length that are padded to the longest of them
TOGETHER = 128  # texts that are run at once where no gradient is needed
_ADAPTED = ("q", "k", "v", "ao", "fi")


def quick_type() -> torch.dtype:
    """16 bits where the processor multiplies them: twice as fast."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


class _Linear(nn.Module):
    matrix: torch.Tensor
    bias: torch.Tensor

    def __init__(self, weights: Weights, name: str, rows: int, columns: int, rank: int) -> None:
        super().__init__()
        kind = quick_type()
        self.register_buffer("matrix", torch.tensor(weights.blocks(f"{name}.w", rows, columns).dense()).to(kind))
        self.register_buffer("bias", torch.tensor(np.array(weights.vectors(f"{name}.b", rows))).to(kind))
        self.left = nn.Parameter(torch.zeros(rows, rank)) if rank else None
        self.right = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns)) if rank else None

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        matrix = self.matrix
        if self.left is not None and self.right is not None:
            matrix = matrix + (self.left @ self.right).to(matrix.dtype)
        return functional.linear(tokens.to(matrix.dtype), matrix, self.bias)


class _Layer(nn.Module):
    def __init__(self, weights: Weights, number: int, rank: int) -> None:
        super().__init__()
        sizes, name = weights.sizes, f"l{number}."
        hidden, inner = sizes.hidden, sizes.inner
        shapes = dict.fromkeys(("q", "k", "v", "ao"), (hidden, hidden))
        shapes |= {"fi": (inner, hidden), "fo": (hidden, inner)}
        self.parts = {
            part: _Linear(weights, name + part, *shape, rank if part in _ADAPTED else 0)
            for part, shape in shapes.items()
        }
        self.known = nn.ModuleDict(self.parts)  # PyTorch looks for parameters there
        self.heads, self.epsilon = sizes.heads, weights.epsilon
        for norm in ("aln", "oln"):
            for part in "wb":
                vector = torch.tensor(np.array(weights.vectors(f"{name}{norm}.{part}", hidden)))
                self.register_buffer(norm + part, vector)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        texts, length, hidden = tokens.shape
        asked, keys, values = (
            self.parts[part](tokens).view(texts, length, self.heads, -1).transpose(1, 2) for part in "qkv"
        )
        seen = functional.scaled_dot_product_attention(asked, keys, values, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(texts, length, hidden)
        tokens = self._normed("aln", self.parts["ao"](seen).float() + tokens)
        wide = functional.gelu(self.parts["fi"](tokens))
        return self._normed("oln", self.parts["fo"](wide).float() + tokens)

    def _normed(self, name: str, tokens: torch.Tensor) -> torch.Tensor:
        scale, shift = getattr(self, name + "w"), getattr(self, name + "b")
        return functional.layer_norm(tokens, (tokens.shape[-1],), scale, shift, self.epsilon)


class Layers(nn.Module):
    """Some of the layers, one behind the other. ``rank``: of what is learnt; 0: nothing."""

    def __init__(self, weights: Weights, numbers: range, rank: int = 0) -> None:
        super().__init__()
        self.numbers = numbers
        self.layers = [_Layer(weights, number, rank) for number in numbers]
        self.known = nn.ModuleList(self.layers)

    def forward(self, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Tokens of shape (texts, tokens, hidden), padded to the longest of the ``lengths``, to as many."""
        outside = torch.arange(tokens.shape[1])[None] >= lengths[:, None]
        mask = torch.zeros(outside.shape, dtype=quick_type()).masked_fill(outside, -1e4)[:, None, None, :]
        for layer in self.layers:
            tokens = layer(tokens, mask)
        return tokens

    def embed(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Unit vectors of shape (texts, hidden), from the ``states`` of shape (tokens, hidden) of each text.

        Texts of about one length run together: padding costs as much as words do.
        """
        order = sorted(range(len(states)), key=lambda place: len(states[place]))
        parts = [order[start : start + PADDED] for start in range(0, len(order), PADDED)]
        vectors = torch.cat([self._embed_padded([states[place] for place in part]) for part in parts])
        return vectors[torch.tensor(np.argsort(order))]

    def _embed_padded(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        lengths = torch.tensor([len(one) for one in states])
        tokens = nn.utils.rnn.pad_sequence([one.float() for one in states], batch_first=True)
        inside = (torch.arange(tokens.shape[1])[None] < lengths[:, None])[..., None].float()
        found = self(tokens, lengths)
        return functional.normalize((found * inside).sum(1) / inside.sum(1), dim=1)

    def vectors(self, states: Sequence[torch.Tensor]) -> np.ndarray:
        """As `embed`, without gradients, float32."""
        with torch.no_grad():
            return np.asarray(self.embed(states).numpy())

    def keep(self) -> None:
        """Go back by what is not `KEPT`."""
        for layer in self.layers:
            for linear in layer.parts.values():
                if linear.left is not None:
                    linear.left.data *= KEPT

    def learnt(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """B and A by the name of the weight that they change."""
        found = {}
        for number, layer in zip(self.numbers, self.layers, strict=True):
            for part in _ADAPTED:
                left, right = layer.parts[part].left, layer.parts[part].right
                if left is not None and right is not None:
                    found[f"l{number}.{part}"] = (left.detach().numpy(), right.detach().numpy())
        return found


def lower_states(weights: Weights, texts: Sequence[Sequence[int]]) -> list[torch.Tensor]:
    """What comes out of the layers that never change: of each text, given as its tokens, (tokens, hidden)."""
    sizes = weights.sizes
    words = torch.tensor(weights.blocks("emb.word", sizes.vocabulary, sizes.hidden).dense())
    places = torch.tensor(np.array(weights.vectors("emb.pos", sizes.positions, sizes.hidden)))
    kind = torch.tensor(np.array(weights.vectors("emb.type", sizes.types, sizes.hidden)))[0]
    scale, shift = (torch.tensor(np.array(weights.vectors(f"emb.ln.{part}", sizes.hidden))) for part in "wb")
    lower = Layers(weights, range(LOWER))
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    states: list[torch.Tensor] = [words[:0]] * len(texts)
    with torch.no_grad():
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            lengths = torch.tensor([len(texts[place]) for place in part])
            tokens = nn.utils.rnn.pad_sequence([torch.tensor(texts[place]) for place in part], batch_first=True)
            embedded = words[tokens] + places[: tokens.shape[1]][None] + kind
            found = lower(functional.layer_norm(embedded, (sizes.hidden,), scale, shift, weights.epsilon), lengths)
            for place, state, length in zip(part, found, lengths.tolist(), strict=True):
                states[place] = state[:length].to(quick_type()).clone()
    return states
