"""The trained encoder in 8-bit numbers with fixed scales, for onnxruntime: a part of `encoder.py export`.

Weights of the large products are signed bytes with a scale for every column, what flows into them unsigned
bytes with one fixed scale each, from sentences learned from; the table of word pieces is signed bytes
with a scale for every row. Scales that were set while reading would make a sentence depend on its batch.
"""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from encoder import Example, batches, network, packed

SENTENCES = 600
"""Sentences that the scales are chosen on, spread over the data."""


def rounding(seen: Any, end: float) -> float:
    """The mean square error of these numbers in 256 steps from the least that GELU gives, -.17, up to `end`."""
    step = (end + 0.17) / 255
    return float((((seen.clamp(max=end) / step).round() * step - seen) ** 2).mean())


def whole(work: Path, name: str, some: list[Example], out: Path) -> None:
    """The trained network in 32-bit numbers, but for the table of word pieces.

    Of the 1,536 numbers inside of a layer one or two are ten times as large as the others, for the
    piece that begins a sentence, and would leave the others few of the 256 steps. They go a way
    of their own, in 32 bits (as in LLM.int8(), Dettmers and others 2022); the others are cut off
    where the mean square error of the steps is least.
    """
    import torch
    from torch import nn

    class Parted(nn.Module):
        """A linear map of numbers up to `most`, with those of the columns `large` added apart."""

        def __init__(self, linear: Any, large: list[int], most: float) -> None:
            super().__init__()
            self.large, self.most = large, most
            self.apart = nn.Parameter(linear.weight.detach()[:, large].T.contiguous())
            self.linear = linear
            self.linear.weight.data[:, large] = 0

        def forward(self, x: Any) -> Any:
            return self.linear(x.clamp(max=self.most)) + x[..., self.large] @ self.apart

    class Table(nn.Module):
        """Rows of a table of bytes, each with its own scale."""

        def __init__(self, weight: Any) -> None:
            super().__init__()
            scale = weight.abs().amax(1).clamp(min=1e-8) / 127
            self.register_buffer("rows", torch.round(weight / scale[:, None]).to(torch.int8))
            self.register_buffer("scale", scale)

        def forward(self, ids: Any) -> Any:
            return self.rows[ids].float() * self.scale[ids][..., None]

    kept = torch.load(work / f"{name}.pt")
    net = network(kept["layers"])
    net.load_state_dict(kept["weights"])
    net.eval()
    inside: list[list[Any]] = [[] for _ in net.layers]
    hooks = [
        layer.down.register_forward_pre_hook(lambda _, given, mine=mine: mine.append(given[0].flatten(0, 1)))
        for layer, mine in zip(net.layers, inside, strict=True)
    ]
    with torch.no_grad():
        for batch in batches(some, 1024):
            ids, marks, *_ = packed(some, batch)
            net(ids, marks)
            for mine in inside:
                mine[-1] = mine[-1][ids.flatten() != 0]
    for layer, hook, mine in zip(net.layers, hooks, inside, strict=True):
        hook.remove()
        seen = torch.cat(mine)
        largest = seen.amax(0)
        usual = float(largest.quantile(0.995))
        large = [int(n) for n in torch.nonzero(largest > 1.5 * usual).flatten()]
        seen[:, large] = 0
        ends = [usual * 1.5 * part / 20 for part in range(5, 21)]
        most = min(ends, key=lambda end: rounding(seen, end))
        layer.down = Parted(layer.down, large, most)
        print(f"inside of a layer: {len(large)} columns apart, others up to {most:.2f}")
    net.pieces = Table(net.pieces.weight.detach())
    ids = torch.full((2, 32), 2000, dtype=torch.long)
    marks = torch.zeros((2, 32, net.marks.in_features), dtype=torch.uint8)
    torch.onnx.export(
        net,
        (ids, marks),
        str(out),
        input_names=["ids", "marks"],
        output_names=["names", "roles", "vector"],
        dynamic_axes={"ids": {0: "b", 1: "t"}, "marks": {0: "b", 1: "t"}},
        opset_version=17,
        dynamo=False,
    )


def export(work: Path, name: str, out: Path) -> None:
    """Write the model to `out` and print its size."""
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with (work / "examples.pickle").open("rb") as source:
        learned: list[Example] = pickle.load(source)["learned"]  # noqa: S301  # what `encoder.py prepare` wrote
    some = learned[:: len(learned) // SENTENCES][:SENTENCES]

    class Reader(CalibrationDataReader):
        def __init__(self) -> None:
            self.left = iter(batches(some, 1024))

        def get_next(self) -> Any:
            batch = next(self.left, None)
            if batch is None:
                return None
            ids, marks, *_ = packed(some, batch)
            return {"ids": ids.numpy(), "marks": marks.numpy()}

    import onnx

    with tempfile.TemporaryDirectory() as folder:
        first, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        whole(work, name, some, first)
        quant_pre_process(str(first), str(ready), skip_symbolic_shape=True)
        graph = onnx.load(ready).graph
        weights = {w.name for w in graph.initializer}
        # Products of two things that flow (in attention) and the small heads stay as they are.
        chosen = [n.name for n in graph.node if n.op_type == "MatMul" and any(i in weights for i in n.input)]
        sizes = {w.name: np.prod(w.dims) for w in graph.initializer}
        chosen = [n.name for n in graph.node if n.name in chosen and max(sizes.get(i, 0) for i in n.input) >= 384 * 384]
        quantize_static(
            str(ready),
            str(out),
            Reader(),
            quant_format=QuantFormat.QDQ,
            nodes_to_quantize=chosen,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=False,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB, {len(chosen)} products in bytes")
