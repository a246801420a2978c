"""A stack of layers run word by word in float64, with nothing but the cells' own steps: what the lenses must find."""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import sigmoid
from rnn_tui.network.holding import step_held
from rnn_tui.network.precision import in_float64


class Plainly:
    """A network; `x` are the vectors (T, n) that it reads, `held` what each word holds, `silent` units at 0."""

    def __init__(self, model):
        self.model = in_float64(model.on(0))

    def vectors(self, tokens):
        return [self.model.embedding.x(token).astype(np.float64) for token in tokens]

    def lanes(self, x, held=None, silent=None):
        """The states h of each layer's lanes, [layer][lane] (T, H), and with c [layer][lane] (T, S)."""
        found, states = [], []
        rows = list(x)
        for index, layer in enumerate(self.model.layers):
            of_layer, all_states = [], []
            for cell, backward in zip(layer.cells, (False, True), strict=False):
                state = tuple(np.zeros(cell.hidden_size) for _ in cell.state_names)
                h, whole = [None] * len(rows), [None] * len(rows)
                for t in range(len(rows))[:: -1 if backward else 1]:
                    ih = cell.weight_ih @ rows[t] + cell.bias_ih
                    own = [
                        one for one in (held or [()] * len(rows))[t] if (one.layer, one.backward) == (index, backward)
                    ]
                    values = step_held(cell, ih, state, own)
                    state = tuple(values[name].copy() for name in cell.state_names)
                    if silent is not None and silent[:2] == (index, backward):
                        for array in state:
                            array[silent[2]] = 0
                    h[t], whole[t] = state[0], np.concatenate(state)
                of_layer.append(h)
                all_states.append(whole)
            found.append(of_layer)
            states.append(all_states)
            rows = [self.hand_on(layer, [h[t] for h in of_layer]) for t in range(len(rows))]
        return found, states

    @staticmethod
    def hand_on(layer, of_lanes):
        if len(of_lanes) == 1:
            return of_lanes[0]
        return of_lanes[0] + of_lanes[1] if layer.merge == "sum" else np.concatenate(of_lanes)

    def read(self, lanes, t):
        """What the readout hands on after word t."""
        layer, of_lanes, kind = self.model.layers[-1], lanes[-1], self.model.readout.kind
        rows = [self.hand_on(layer, [h[k] for h in of_lanes]) for k in range(t + 1)]
        if kind == "last" and len(of_lanes) == 2:
            return self.hand_on(layer, [of_lanes[0][-1], of_lanes[1][0]])
        if kind == "mean":
            return np.mean(rows, axis=0)
        if kind == "max":
            return np.max(rows, axis=0)
        if kind == "attention":
            scores = np.array([float(self.model.readout.weight[0] @ row + self.model.readout.bias[0]) for row in rows])
            shares = np.exp(scores - scores.max())
            return (shares / shares.sum()) @ np.array(rows)
        return rows[-1]

    def logits_of(self, read):
        for entry in self.model.head:
            total = read if entry.linear is None else entry.linear.weight @ read + entry.linear.bias
            read = {
                "relu": lambda v: np.maximum(v, 0), "tanh": np.tanh, "sigmoid": sigmoid, "identity": lambda v: v
            }[entry.activation](total)  # fmt: skip
        return self.model.fc.weight @ read + self.model.fc.bias

    def logit(self, x, t, label, held=None, silent=None):
        logits = self.logits_of(self.read(self.lanes(x, held, silent)[0], t))
        if self.model.output.kind == "yes_no":
            return logits[0] * (1 if label else -1)
        return logits[label]

    def answer(self, x, t, held=None, silent=None):
        """The answer after word t, (K,)."""
        return self.answers_of(self.logits_of(self.read(self.lanes(x, held, silent)[0], t)))

    def answers_of(self, logits):
        output = self.model.output
        if output.kind == "number":
            return logits * np.array(output.std) + np.array(output.mean)
        if output.kind == "yes_no":
            yes = 1 / (1 + np.exp(-logits[0]))
            return np.array([1 - yes, yes])
        shares = np.exp(logits - logits.max())
        return shares / shares.sum()
