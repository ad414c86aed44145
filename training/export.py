"""Turn a checkpoint into the pipeline that ships: ``python training/export.py CHECKPOINT --out MODEL``."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

import onnx
import spacy
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

import jirga.reading.pipeline.encoder
import jirga.reading.pipeline.tokenizer  # noqa: F401
from jirga.reading.pipeline.lemmas import apply_script
from jirga.reading.pipeline.pieces import SHAPES
from network import Network, Sizes
from train import Config, encoder_files
from treebank import Text, read_texts

OUTPUTS = ("tags", "morphs", "scripts", "starts", "names", "arcs", "relation_child", "relation_head")
LICENCE = "LICENSE-weights.md"
INPUTS = ("ids", "shapes", "first", "last")


class Shipped(nn.Module):
    """The network as it is run: one window, best labels already chosen, word vectors in eight bits with a scale each."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        words = network.words.weight.detach()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("table", (words / scale).round().to(torch.int8))
        network.words = nn.Identity()  # type: ignore[assignment]

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs in the order of OUTPUTS, without the batch."""
        network = self.network
        words = self.table[ids].float() * self.scale[ids]
        places = network.positions.weight[: ids.shape[1]]
        x = network.embedded_norm(words + places + network.shapes(shapes))
        scores = network.heads(network.encode(x, None, first, last))
        starts = scores["starts"][0, :, 1] - scores["starts"][0, :, 0]
        best = [scores[task][0].argmax(-1) for task in ("tags", "morphs", "scripts")]
        return (*best, starts, *(scores[task][0] for task in OUTPUTS[4:]))


def to_onnx(network: Network, path: Path, eight_bits: bool) -> None:
    """Write the network as ONNX, its matrices in seven of eight bits (which no processor's accumulators overflow)."""
    shipped = Shipped(network).eval()
    example = (
        torch.randint(1000, 2000, (1, 17)),
        torch.ones(1, 17, dtype=torch.long),
        torch.arange(1, 12)[None],
        torch.arange(1, 12)[None],
    )
    axes = {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}, "last": {1: "words"}}
    axes |= {name: {0: "words"} for name in OUTPUTS} | {
        "arcs": {0: "words", 1: "heads"},
        "relation_head": {0: "heads"},
    }
    with tempfile.TemporaryDirectory() as folder:
        raw, clean = Path(folder) / "raw.onnx", Path(folder) / "clean.onnx"
        torch.onnx.export(
            shipped, example, str(raw), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if not eight_bits:
            path.write_bytes(raw.read_bytes())
            return
        quant_pre_process(str(raw), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(
            str(clean), str(path), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    onnx.checker.check_model(str(path))


def lemma_table(texts: list[Text], least: int = 2) -> dict[str, str]:
    """Return the lemma of ``word|UPOS`` where the treebank is of one mind and the word changes by more than its ending."""
    seen: dict[str, Counter[str]] = {}
    scripts: dict[str, Counter[str]] = {}
    for text in texts:
        for word, morph, lemma, script in zip(
            text.words, text.morphs, text.lemmas, text.scripts, strict=True
        ):
            upos = morph.split("|", 1)[0]
            if lemma and upos not in ("", "PROPN", "X", "PUNCT", "SYM", "NUM"):
                seen.setdefault(f"{word.lower()}|{upos}", Counter())[lemma] += 1
                scripts.setdefault(f"{word.lower()}|{upos}", Counter())[script] += 1
    table = {}
    for key, counts in sorted(seen.items()):
        (lemma, top), total = counts.most_common(1)[0], counts.total()
        word = key.rsplit("|", 1)[0]
        if top >= least and top >= 0.9 * total and (lemma != word) and apply_script(word, "l|0|") != lemma:
            table[key] = lemma
    return table


def build(checkpoint: Path, config: Config, treebanks: Path, out: Path, eight_bits: bool = True) -> None:
    """Write the spaCy pipeline."""
    labels = json.loads((checkpoint / "labels.json").read_text())
    sizes = Sizes(*(len(labels[k]) for k in ("tags", "morphs", "scripts", "labels", "names")), shapes=SHAPES)
    network = Network(sizes)
    network.load_state_dict(torch.load(checkpoint / "network.pt", weights_only=True))
    texts = [t for name in config["data"]["train"] for t in read_texts(treebanks / f"{name}.spacy")]
    labels["lemmas"] = lemma_table(texts)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "jirga.tokenizer.v1"}}})
    nlp.meta |= config["meta"]
    component = nlp.add_pipe("jirga_encoder")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "encoder.onnx"
        to_onnx(network, path, eight_bits)
        component.from_bytes(_packed({
            "encoder.onnx": path.read_bytes(),
            "tokenizer.json": encoder_files(config)[1].read_bytes(),
            "labels.json": json.dumps(labels, ensure_ascii=False, sort_keys=True, indent=0).encode(),
        }))  # fmt: skip
    nlp.to_disk(out, exclude=["vocab"])
    shutil.copy(Path(__file__).parent / LICENCE, out / LICENCE)


def _packed(files: dict[str, bytes]) -> bytes:
    head = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(files.values())


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="the folder that train.py wrote")
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    parser.add_argument("--treebanks", type=Path, default=Path("../shared/treebanks"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full-precision", action="store_true", help="do not quantise")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text())
    build(arguments.checkpoint, config, arguments.treebanks, arguments.out, not arguments.full_precision)


if __name__ == "__main__":
    main()
