"""The training: contrastive, on curated questions, in steps that can be broken off and gone on with.

Recipe and what it gains: docs/encoder.md. Everything random comes from the seed and the number of the step, so that a
training that was broken off ends as one that was not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch.nn import functional

from index.encoder.weights import SHA256
from index.files import replace_file
from index.training.network import KEPT, LOWER, RANK, Layers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.encoder.weights import Weights
    from index.training.batches import Batch

TEMPERATURE = 0.05
RATE, WARM_UP = 5e-4, 20  # of AdamW, reached after so many steps, then falling to 0
SAVED = 20  # steps between two savings
NEVER = -1e4


class Draws(Protocol):
    """What is trained on."""

    def draw(self, step: int) -> Batch:
        """The batch of a step, always the same for the same step."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """``steps`` of a training with this ``seed``, on data with this ``digest``."""

    steps: int
    seed: int
    digest: str

    @property
    def recipe(self) -> dict[str, Any]:
        """What belongs to what was learnt."""
        return {
            "steps": self.steps,
            "seed": self.seed,
            "data": self.digest,
            "weights": SHA256,
            "rank": RANK,
            "layers_unchanged": LOWER,
            "temperature": TEMPERATURE,
            "rate": RATE,
            "kept": KEPT,
        }


def train(
    weights: Weights,
    states: Sequence[torch.Tensor],
    batches: Sequence[Draws],
    plan: Plan,
    place: Path,
    progress: Callable[[int, float], object] = lambda step, loss: None,
) -> Layers:
    """Train the upper layers on the lower ``states`` of all rows (`index.training.network.lower_states`).

    ``batches``: of which the steps take turns.

    ``place``: the file in which an unfinished training is kept; one of another plan is begun anew. ``progress`` gets
    the number of each step that is done and its loss.

    Raises:
        OSError: the file cannot be written.
    """
    torch.manual_seed(plan.seed)
    layers = Layers(weights, range(LOWER, weights.sizes.layers), RANK)
    learnt = [parameter for parameter in layers.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01)
    for step in range(_resume(place, plan, learnt, optimizer), plan.steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / plan.steps)
        batch = batches[step % len(batches)].draw(step)
        lost = loss(layers.embed([states[row] for row in batch.rows]), batch)
        optimizer.zero_grad()
        lost.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        progress(step + 1, lost.item())
        if (step + 1) % SAVED == 0:
            _save(place, plan, step + 1, learnt, optimizer)
    layers.keep()
    return layers


def loss(vectors: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Supervised contrastive loss (Khosla et al. 2020) over clauses and over the things asked of them, added up."""
    scores = vectors @ vectors.T / TEMPERATURE
    return _contrast(scores, batch.same, batch.unknown) + _contrast(scores, batch.same_thing, batch.unknown_thing)


def _contrast(scores: torch.Tensor, same: np.ndarray, unknown: np.ndarray) -> torch.Tensor:
    left_out = torch.tensor(unknown | np.eye(len(same), dtype=bool))
    wanted = torch.tensor(same)
    chances = functional.log_softmax(scores.masked_fill(left_out, NEVER), 1)
    counts = wanted.sum(1)
    if not counts.any():
        return scores.sum() * 0
    return -((chances * wanted).sum(1) / counts.clamp(min=1))[counts > 0].mean()


def _save(
    place: Path, plan: Plan, step: int, learnt: Sequence[torch.nn.Parameter], optimizer: torch.optim.Optimizer
) -> None:
    tensors = {f"learnt.{number}": one.detach() for number, one in enumerate(learnt)}
    for number, one in enumerate(learnt):
        tensors |= {f"{name}.{number}": value for name, value in optimizer.state[one].items()}
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_file(place, save(tensors, {"plan": json.dumps(plan.recipe), "step": str(step)}))


def _resume(place: Path, plan: Plan, learnt: Sequence[torch.nn.Parameter], optimizer: torch.optim.Optimizer) -> int:
    """The step to go on with: that of the file if it is of this plan, else 0."""
    if not place.exists():
        return 0
    try:
        with safe_open(place, "pt") as file:
            described = file.metadata() or {}
            if described.get("plan") != json.dumps(plan.recipe):
                return 0
            names = ("exp_avg", "exp_avg_sq", "step")
            for number, one in enumerate(learnt):
                one.data.copy_(file.get_tensor(f"learnt.{number}"))
                optimizer.state[one] = {name: file.get_tensor(f"{name}.{number}") for name in names}
            return int(described["step"])
    except (SafetensorError, OSError, KeyError, ValueError):
        return 0  # it was broken off while the plan was another's, or is damaged: begun anew
