"""Makes the fixtures of KerasImportTest: recurrent networks and heads saved by Keras 3, with the sequences that they were
run on in a JSON file beside each. Run with Keras 3 and any backend, e.g. KERAS_BACKEND=numpy (Keras 3.15.1 made these).
"""
import json
import sys

import keras
import numpy as np

L = keras.layers


def make(folder, name, *layers, inputs=2, ending=".weights.h5"):
    keras.utils.set_random_seed(sum(map(ord, name)))
    random = np.random.default_rng(sum(map(ord, name)))
    model = keras.Sequential([keras.Input((9, inputs)), *layers])
    for array in model.weights:  # Keras starts biases at zero, which would hide a wrong order
        array.assign(array.numpy() + random.normal(0, 0.2, array.shape))
    if ending == ".keras":
        model.save(f"{folder}/{name}.keras")
    else:
        model.save_weights(f"{folder}/{name}.weights.h5")
    x = random.normal(0, 1, (3, 9, inputs)).astype("float32")
    y = np.asarray(model(x))
    with open(f"{folder}/{name}.json", "w") as file:
        rounded = lambda a: [[[float(f"{v:.9g}") for v in row] for row in s] for s in a.astype("float64")]
        json.dump({"check": {"inputs": rounded(x), "outputs": rounded(y.reshape(3, 1, -1))}}, file)


folder = sys.argv[1]
make(folder, "gru", L.GRU(5), L.Dense(6))
make(folder, "gru-2-layers", L.GRU(4, return_sequences=True), L.GRU(4), L.Dense(6))
make(folder, "gru-reset-before", L.GRU(5, reset_after=False), L.Dense(6))
make(folder, "gru-no-bias", L.GRU(5, use_bias=False), L.Dense(6, use_bias=False))
make(folder, "lstm", L.LSTM(5), L.Dense(6))
make(folder, "rnn", L.SimpleRNN(5), L.Dense(6))
make(folder, "gru-archive", L.GRU(5), L.Dropout(0.1), L.Dense(6), ending=".keras")
make(folder, "gru-reset-before-no-bias", L.GRU(5, reset_after=False, use_bias=False), L.Dense(6), ending=".keras")
make(folder, "gru-relu-head", L.GRU(5), L.Dense(7, activation="relu"), L.Dense(6), ending=".keras")
make(folder, "gru-wrong-activation", L.GRU(5, activation="relu"), L.Dense(6), ending=".keras")
