"""Makes the fixtures of TorchImportTest: recurrent networks and heads of PyTorch in safetensors files, with the sequences
that they were run on. Run with torch 1.13 or newer; the files' bytes follow from the seeds.

The writer of the format is written out here, so that torch is all that is needed.
"""
import json
import struct
import sys

import torch


def save(path, tensors, dtype="F32"):
    header, body = {}, b""
    for name, tensor in tensors.items():
        kind = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "BF16": torch.bfloat16}[dtype]
        value = tensor.detach().to(kind).contiguous()
        data = bytes(value.view(torch.int16).numpy().tobytes()) if dtype == "BF16" else value.numpy().tobytes()
        header[name] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


class Forecaster(torch.nn.Module):
    def __init__(self, kind, inputs, hidden, layers, outputs, bias=True, units=0):
        super().__init__()
        self.rnn = kind(inputs, hidden, num_layers=layers, batch_first=True, bias=bias)
        self.head = (
            torch.nn.Sequential(torch.nn.Linear(hidden, units), torch.nn.ReLU(), torch.nn.Linear(units, outputs))
            if units
            else torch.nn.Linear(hidden, outputs)
        )

    def forward(self, x):
        states, _ = self.rnn(x)
        return self.head(states[:, -1])


def make(folder, name, kind, inputs=2, hidden=5, layers=1, outputs=6, bias=True, units=0, dtype="F32"):
    torch.manual_seed(sum(map(ord, name)))
    model = Forecaster(kind, inputs, hidden, layers, outputs, bias, units)
    if dtype != "F32":  # so that the weights are the same after rounding
        for p in model.parameters():
            p.data = p.data.to({"F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float32}[dtype]).float()
    x = torch.randn(3, 9, inputs)
    if dtype in ("F16", "BF16"):
        x = x.to(torch.bfloat16).float() if dtype == "BF16" else x.to(torch.float16).float()
    y = model(x)
    tensors = dict(model.state_dict())
    if dtype in ("F16", "BF16"):  # outputs do not survive the rounding: they go into a file of their own
        save(f"{folder}/{name}.safetensors", tensors, dtype)
        flat = lambda t: "|".join(";".join(",".join(f"{v:.9g}" for v in r) for r in s) for s in t)
        with open(f"{folder}/{name}.properties", "w") as file:
            file.write("check.inputs=" + flat(x.tolist()) + "\n")
            file.write("check.outputs=" + flat(y.reshape(3, 1, -1).tolist()) + "\n")
    else:
        save(f"{folder}/{name}.safetensors", {**tensors, "check.inputs": x, "check.outputs": y}, dtype)


folder = sys.argv[1]
make(folder, "gru", torch.nn.GRU)
make(folder, "gru-2-layers-f64", torch.nn.GRU, layers=2, dtype="F64")
make(folder, "gru-no-bias", torch.nn.GRU, bias=False)
make(folder, "gru-relu-head", torch.nn.GRU, units=7)
make(folder, "gru-f16", torch.nn.GRU, dtype="F16")
make(folder, "gru-bf16", torch.nn.GRU, dtype="BF16")
make(folder, "lstm", torch.nn.LSTM)
make(folder, "lstm-3-layers", torch.nn.LSTM, layers=3, hidden=4)
make(folder, "rnn-2-layers", torch.nn.RNN, layers=2)
