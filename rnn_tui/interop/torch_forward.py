"""The forward of a PyTorch module, called in every way that modules are usually called; PyTorch is never imported.

A module that is handed in has brought PyTorch with it. It is left as it was: parameters, buffers, attributes, mode.
"""

from __future__ import annotations

import copy
import itertools
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.answers import parts_of
from rnn_tui.interop.forward import Forward, Input, Way, batch_of, called_so
from rnn_tui.interop.torch_caller import INIT, Begin, Caller, beginnings, is_hidden, is_state, parameters_of
from rnn_tui.network.embedding import Learned, Scalar, Vector
from rnn_tui.network.model import Model

_STEPS = {
    "one step": (1, 0),
    "one step of a batch": (2, 0),
    "one step without a batch": (0, 0),
    "one step as a column": (0, 1),
}
"""The axes that are put before and after what a forward of one step reads."""

PAIRED = "in a pair with their lengths"
"""The words for a sequence that is handed over as torchtext's batches are: (rows, tensor([T]))."""

Argument = Callable[[int], Any]
"""What is handed over for a parameter beside the sequence, of so many steps."""
Arguments = dict[str, Argument]


def forward_of(module: Any, asked: Callable[[Any], Any] | None = None) -> Forward | None:
    """The ways to call a module, or the one that was asked for; None where there is no forward to call."""
    torch = sys.modules.get("torch")
    is_module = torch is not None and isinstance(module, torch.nn.Module)
    module = getattr(module, "_orig_mod", module) if is_module else module  # a compiled one would be compiled again
    if asked is not None:
        if torch is None:
            return called_so(lambda rows: parts_of(asked(batch_of(rows))))
        owner = next((one for one in (module, asked) if isinstance(one, torch.nn.Module)), None)
        caller = Caller(torch, owner)

        def asking(rows: Input) -> Callable[[], Any]:
            return lambda: asked(caller.tensor(batch_of(rows)))

        return called_so(lambda rows: caller(asking(rows)), caller.again(asking))
    if not is_module or not _has_forward(module, torch):
        return None
    padding = {int(part.padding_idx) for part in module.modules() if getattr(part, "padding_idx", None) is not None}
    caller = Caller(torch, _in_float32(module))
    return Forward(lambda model: _ways(caller, model), skipped=frozenset(padding))


def _has_forward(module: Any, torch: Any) -> bool:
    return getattr(type(module), "forward", None) is not torch.nn.Module.forward or "forward" in vars(module)


def _in_float32(module: Any) -> Any:
    """The module itself; of one in half precision a copy in float32, as its weights are read here."""
    dtypes = {str(parameter.dtype) for parameter in module.parameters()}
    return module if dtypes <= {"torch.float32", "torch.float64"} else copy.deepcopy(module).float()


def _ways(caller: Caller, model: Model) -> Iterator[Way]:
    """All usual ways, the likeliest first: whole sequences, batch first, time first, without a batch; then by steps."""
    _, required, optional = parameters_of(caller.module)
    hidden = [name for name in required + optional if is_hidden(name)]
    begun: list[tuple[str, Begin | None]] = [("", None), *([] if hidden else beginnings(caller))]
    for (more, begin), inputs in itertools.product(begun, _inputs(model)):
        for names in _handed_over(required, optional):
            for layout in ("batch first", "time first", "no batch"):
                for said, arguments in _combinations(caller, names, model, batch=layout != "no batch"):
                    yield _whole(caller.beginning(begin), model, f"{inputs}, {layout}{said}{more}", arguments)
    if not required:
        for (more, begin), inputs in itertools.product(begun, _inputs(model)):
            for layout in ("batch first", "time first"):
                yield _whole(caller.beginning(begin), model, f"{inputs} {PAIRED}, {layout}{more}", {})
    states = [name for name in required if is_state(name)]
    if not required or (len(states) == len(required) <= 2) or (len(required) == 1 and hidden):
        for (more, begin), inputs in itertools.product(begun, _inputs(model)):
            yield from _all_steps(caller.beginning(begin), model, inputs, states or hidden[:1], more)


def _handed_over(required: list[str], optional: list[str]) -> list[list[str]]:
    """The parameters that are handed over beside the sequence: those that must be, then one that may be, too."""
    may_be = [next((name for name in optional if wanted(name)), None) for wanted in (_is_length, _is_batch)]
    return [required, *([*required, name] for name in may_be if name is not None)]


def _all_steps(caller: Caller, model: Model, inputs: str, hidden: list[str], more: str) -> Iterator[Way]:
    """The ways to hand over one step after the other."""
    for said, arguments in _states(caller, hidden, model) if hidden else [("", {})]:
        for layout, dimensions in _STEPS.items():
            for answer, state in ((0, 1), (1, 0)) if arguments else ((0, 0),):
                first = ", the state answered first" if answer else ""
                way = f"{inputs}, {layout}{said}{first}{more}"
                yield _by_steps(caller, model, way, arguments, dimensions, (answer, state))


def _is_length(name: str) -> bool:
    return "len" in name


def _is_batch(name: str) -> bool:
    return ("batch" in name and "first" not in name) or name in ("bs", "bsz")


def _inputs(model: Model) -> list[str]:
    if isinstance(model.embedding, Scalar):
        return ["numbers in columns", "numbers"]
    if isinstance(model.embedding, Vector):
        return ["numbers"]
    return ["rows"] if isinstance(model.embedding, Learned) else ["one-hot", "rows"]


def _encoded(said: str, rows: Input, model: Model) -> NDArray[Any]:
    """One sequence as a module reads it: (T,) or (T, n)."""
    if said.startswith("one-hot"):
        return np.eye(model.input_size, dtype=np.float32)[rows]
    return rows[:, None] if said.startswith("numbers in columns") else rows


def _combinations(caller: Caller, names: list[str], model: Model, *, batch: bool) -> Iterator[tuple[str, Arguments]]:
    """Every combination of arguments for these parameters, and how it is said."""
    choices = [[(name, *choice) for choice in _choices(caller, name, model, batch=batch)] for name in names]
    for chosen in itertools.product(*choices):
        said = "".join(f", {name}={what}" for name, what, _ in chosen)
        yield said, {name: argument for name, _, argument in chosen}


def _choices(caller: Caller, name: str, model: Model, *, batch: bool) -> list[tuple[str, Argument]]:
    """What a parameter of this name may be given."""
    torch = caller.torch
    if _is_batch(name):
        return [("1", lambda _: 1)]
    if _is_length(name):
        return [("tensor([T])", lambda size: torch.tensor([size])), ("[T]", lambda size: [size]), ("T", int)]
    if "mask" in name:
        return [("ones", lambda size: torch.ones(1, size, dtype=torch.bool, device=caller.device))]
    found: list[tuple[str, Argument]] = [("None", lambda _: None)]
    for method in (method for method in INIT if callable(getattr(caller.module, method, None))):
        made = getattr(caller.module, method)
        found += [(f"{method}(1)", _given(made, 1)), (f"{method}()", _given(made))]
    lanes = sum(len(layer.cells) for layer in model.layers)
    each = [lanes] if lanes == 1 else [lanes, 1]
    for layers in [*([count, 1] for count in each), [1]] if batch else [[count] for count in each]:
        zeros = partial(caller.zeros, *layers, model.layers[0].hidden_size)
        found += [("zeros", _given(zeros))]
        found += [("two zeros", _given(_both, zeros))]
    return found


def _states(caller: Caller, names: list[str], model: Model) -> Iterator[tuple[str, Arguments]]:
    """Every first state of a forward of one step, and how it is said; two where the cell's state is one of its own."""
    if len(names) > 1:
        alike = [_choices(caller, name, model, batch=True) for name in names]
        for several in zip(*alike, strict=True):
            said = "".join(f", {name}={what}" for name, (what, _) in zip(names, several, strict=True))
            yield said, {name: made for name, (_, made) in zip(names, several, strict=True)}
        return
    [name] = names
    yield from _combinations(caller, names, model, batch=True)
    for said, shape in (("a vector of zeros", (model.hidden_size,)), ("a column of zeros", (model.hidden_size, 1))):
        yield f", {name}={said}", {name: _given(partial(caller.zeros, *shape))}


def _given(made: Callable[..., Any], *values: Any) -> Argument:
    """An argument that is made anew for every sequence, whatever its length."""
    return lambda _: made(*values)


def _both(made: Callable[[], Any]) -> tuple[Any, Any]:
    return made(), made()


def _whole(caller: Caller, model: Model, said: str, arguments: Arguments) -> Way:
    """The way that hands over a whole sequence."""
    axis = 0 if "batch first" in said else 1 if "time first" in said else None

    def asking(batch: list[Input]) -> Callable[[], Any]:
        encoded = [_encoded(said, rows, model) for rows in batch]
        x = encoded[0] if axis is None else np.stack(encoded, axis)
        size = len(batch[0])
        lengths = [size] * len(batch) if PAIRED in said else None
        return lambda: caller.ask(x, {name: made(size) for name, made in arguments.items()}, lengths)

    def ask(batch: list[Input]) -> list[NDArray[Any]]:
        return caller(asking(batch))

    def mixes(size: int) -> bool:
        """True where of a batch the last sequence is answered, a step each: as if time were what comes second."""
        rng = np.random.default_rng(0)
        batch = [_random(rng, size, model) for _ in range(4 if size == 3 else 3)]
        try:
            together, first, last = ask(batch), ask(batch[:1]), ask(batch[2:])
        except Exception:  # noqa: BLE001  # of the module that was handed in; one that takes no batch mixes none
            return False
        return bool(together) and _alike(together, last) and not _alike(together, first)

    again = caller.again(lambda rows: asking([rows]))
    return Way(said, lambda rows: ask([rows]), mixes=mixes if axis == 1 else None, as_batch=axis is None, again=again)


def _random(rng: np.random.Generator, size: int, model: Model) -> Input:
    if isinstance(model.embedding, Vector):
        features = () if isinstance(model.embedding, Scalar) else (model.embedding.features,)
        return rng.normal(size=(size, *features)).astype(np.float32)
    return rng.integers(len(model.vocabulary), size=size)


def _alike(one: list[NDArray[Any]], other: list[NDArray[Any]]) -> bool:
    return one[0].size == other[0].size and np.allclose(one[0].ravel(), other[0].ravel(), atol=1e-5)


def _flat(parts: Any) -> list[Any]:
    """The tensors of an answer, those of the pairs in it too."""
    return [one for part in parts for one in (_flat(part) if isinstance(part, tuple | list) else [part])]


def _by_steps(
    caller: Caller, model: Model, said: str, arguments: Arguments, axes: tuple[int, int], order: tuple[int, int]
) -> Way:
    """The way that hands over one step after the other, with the state that the step before answered.

    `axes` are put before and after a step; `order` says which of an answer's parts is the answer, and which the state.
    """
    before, after = axes

    def asking(rows: Input) -> Callable[[], Any]:
        encoded = _encoded(said, rows, model)

        def ask() -> Any:
            state: dict[str, Any] = {name: made(1) for name, made in arguments.items()}

            def step(x: NDArray[Any]) -> Any:
                answered = caller.ask(x.reshape((1,) * before + x.shape + (1,) * after), state)
                parts = answered if isinstance(answered, tuple) else (answered, answered)
                if len(state) > 1:
                    answer, *states = _flat(parts) if order == (0, 1) else _flat(parts)[::-1]
                    state.update(zip(state, states if order == (0, 1) else states[::-1], strict=True))
                    return answer
                state.update(dict.fromkeys(state, parts[order[1]]))
                return parts[order[0]]

            return caller.torch.stack([step(np.asarray(x)) for x in encoded])

        return ask

    return Way(said, lambda rows: caller(asking(rows)), stepwise=True, again=caller.again(asking))
