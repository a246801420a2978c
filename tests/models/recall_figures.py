"""The phrases of the cards of the recall models that hold a figure; see card_figures.py."""

from __future__ import annotations

import numpy as np

from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from tests.models.asking import FORTY, answer, known, rows, trace


def mean(name, text, gate, ts):
    return np.mean([trace(name, text)[t][gate].mean() for t in ts])


def with_a_second(n, seed=7):
    """Rows with another vowel in the middle."""
    rng = np.random.default_rng(seed)
    vowels, consonants = list("aeiou"), list("bcdfghjklmnpqrstvwxyz")
    pairs = [(*rng.choice(vowels, 2, replace=False), *rng.choice(consonants, (2, 10))) for _ in range(n)]
    return [first + "".join(before) + second + "".join(behind) for first, second, before, behind in pairs]


def right(name, texts, place=0):
    return sum(answer(name, text)[0] == text[place] for text in texts)


def largest(name):
    return gradient(trace(name, FORTY)).factor.max()


def recall(name):
    of = known(name)
    return [
        f"figure | test accuracy at distance 40: {of['figure']:.3f} (with weight_hh set to 0: "
        f"{of['without_weight_hh']:.3f})",
        f"guessing: {of['baselines']['guessing']:.3f}",
        f"spectral norm of at most {of['largest_norm']}",
    ]


def recall_elman():
    left = memory(trace("recall-elman", "ebcdfghjklmnpq")).influence[0]
    found = gradient(trace("recall-elman", FORTY))
    says_e = sum(answer("recall-elman", text)[0] == "e" for text in rows(20, 200))
    assert largest("recall-elman") < 0.9
    return [
        *recall("recall-elman"),
        f"of the e only {left[10]:.2f} was left after ten letters",
        f"to nearly everything twenty back: to {says_e} rows of 200",
        f"it falls to 10^{found.log10_norm[0]:.1f},".replace("^-", "^−"),
        f"No factor can be above {known('recall-elman')['largest_norm']}",
    ]


def recall_gru():
    z = [mean("recall-gru", "obcdfghjklmnpq", "z", [t]) for t in range(14)]
    far = {distance: right("recall-gru", rows(distance, 60)) for distance in (80, 100, 150, 200)}
    found = gradient(trace("recall-gru", FORTY))
    vowels = [mean("recall-gru", "elephant", "z", [t]) for t in (0, 2, 5)]
    assert max(vowels) < 0.40
    return [
        *recall("recall-gru"),
        f"stays near 1 (on average {mean('recall-gru', FORTY, 'z', range(1, 41)):.2f})",
        f"{z[0]:.2f} at the first letter and {min(z[1:]):.2f} to {max(z[1:]):.2f} from the second on",
        "at every vowel z falls below 0.40",
        f"the lens **gradient** never falls below {np.floor(100 * found.norm.min()) / 100:.2f}",
        f"it had {far[80]} right at 80 letters back, {far[100]} at 100, {far[150]} at 150 and {far[200]} at 200",
        f"it said the second in {right('recall-gru', with_a_second(200), 11)} rows of 200",
    ]


def recall_lstm():
    f = mean("recall-lstm", FORTY, "f", range(1, 41))
    influence = memory(trace("recall-lstm", FORTY)).influence
    assert max(influence[k][k + 5] / influence[k][k] for k in range(1, 36)) < 0.2
    assert influence[0][40] > influence[0][0]
    return [
        *recall("recall-lstm"),
        f"(f is {f:.2f} on average)",
        "of every consonant less than a fifth is left after five letters",
        f"{right('recall-lstm', rows(400, 60))} rows of 60 with 400 consonants were right",
        f"it said the first in {right('recall-lstm', with_a_second(200))} rows of 200",
        f"{f:.2f} kept forty times is {round(f, 2) ** 40:.2f}",
        f"the belt alone gives {known('recall-lstm')['without_weight_hh']:.3f} at distance 40, and `recall-gru` "
        f"without it {known('recall-gru')['without_weight_hh']:.3f}",
    ]
