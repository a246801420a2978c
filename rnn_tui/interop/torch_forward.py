"""The forward of a PyTorch module, called in every way that modules are usually called; PyTorch is never imported.

A module that is handed in has brought PyTorch with it. It is left as it was: parameters, buffers, attributes, mode.
"""

from __future__ import annotations

import copy
import inspect
import itertools
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.answers import parts_of
from rnn_tui.interop.forward import Forward, Input, Way, batch_of, called_so
from rnn_tui.network.embedding import Learned, Scalar
from rnn_tui.network.model import Model

_HIDDEN = ("h", "hx", "h0", "h_0", "hc", "state", "states")
_INIT = ("init_hidden", "initHidden", "init_state", "begin_state", "init_zero_hidden")


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
        caller = _Caller(torch, owner)
        return called_so(lambda rows: caller(lambda: asked(caller.tensor(batch_of(rows)))))
    if not is_module or not _has_forward(module, torch):
        return None
    padding = {int(part.padding_idx) for part in module.modules() if getattr(part, "padding_idx", None) is not None}
    caller = _Caller(torch, _in_float32(module))
    return Forward(lambda model: _ways(caller, model), skipped=frozenset(padding))


def _has_forward(module: Any, torch: Any) -> bool:
    return getattr(type(module), "forward", None) is not torch.nn.Module.forward or "forward" in vars(module)


def _in_float32(module: Any) -> Any:
    """The module itself; of one in half precision a copy in float32, as its weights are read here."""
    dtypes = {str(parameter.dtype) for parameter in module.parameters()}
    return module if dtypes <= {"torch.float32", "torch.float64"} else copy.deepcopy(module).float()


class _Caller:
    """Calls a module without a gradient and without dropout, and leaves it as it was."""

    def __init__(self, torch: Any, module: Any) -> None:
        self.torch, self.module = torch, module
        self.tensors = [] if module is None else [*module.parameters(), *module.buffers()]
        self.values = [tensor.detach().clone() for tensor in self.tensors]
        first = next((tensor for tensor in self.tensors if tensor.is_floating_point()), None)
        self.device = "cpu" if first is None else first.device
        self.dtype = torch.float32 if first is None else first.dtype

    def tensor(self, array: NDArray[Any]) -> Any:
        """The array as the module has its own: integers as they are, numbers in its precision."""
        tensor = self.torch.from_numpy(np.ascontiguousarray(array)).to(self.device)
        return tensor.to(self.dtype) if tensor.is_floating_point() else tensor

    def zeros(self, *shape: int) -> Any:
        """A tensor of zeros, as the module has its own."""
        return self.torch.zeros(*shape, device=self.device, dtype=self.dtype)

    def __call__(self, ask: Callable[[], Any]) -> list[NDArray[Any]]:
        """The arrays of what `ask` answers."""
        torch = self.torch
        with ExitStack() as stack:
            if self.module is not None:
                stack.callback(self._put_back_values)
                stack.enter_context(_as_it_was(self.module, torch))
                self.module.eval()
            stack.enter_context(torch.no_grad())
            stack.enter_context(torch.random.fork_rng(devices=[]))
            if str(self.device).startswith("cuda"):
                stack.enter_context(torch.backends.cudnn.flags(enabled=False))  # it may round to TF32
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")  # a way that is only tried may warn
            return parts_of(ask())

    def _put_back_values(self) -> None:
        with self.torch.no_grad():
            for tensor, value in zip(self.tensors, self.values, strict=True):
                if not self.torch.equal(tensor, value):
                    tensor.copy_(value)


@contextmanager
def _as_it_was(module: Any, torch: Any) -> Iterator[None]:
    """Put back every attribute and the mode of a module and its parts, whatever its forward does to them."""
    if isinstance(module, torch.jit.ScriptModule):  # its attributes can't be put back, and rarely change
        training = module.training
        try:
            yield
        finally:
            module.train(training)
        return
    kept = [(part, dict(vars(part)), dict(part._parameters), dict(part._buffers)) for part in module.modules()]
    try:
        yield
    finally:
        for part, attributes, parameters, buffers in kept:
            vars(part).clear()
            vars(part).update(attributes)
            for own, saved in ((part._parameters, parameters), (part._buffers, buffers)):
                own.clear()
                own.update(saved)


def _ways(caller: _Caller, model: Model) -> Iterator[Way]:
    """All usual ways, the likeliest first: whole sequences, batch first, time first, without a batch; then by steps."""
    required, optional = _parameters(caller.module)
    lengths = [name for name in optional if "len" in name]
    hidden = [name for name in required + optional if _is_hidden(name)]
    for inputs in _inputs(model):
        for names in [required, *([[*required, lengths[0]]] if lengths else [])]:
            for layout in ("batch first", "time first", "no batch"):
                for said, arguments in _combinations(caller, names, model, batch=layout != "no batch"):
                    yield _whole(caller, model, f"{inputs}, {layout}{said}", arguments)
    for inputs in _inputs(model) if len(required) <= 1 and hidden else []:
        for said, arguments in _combinations(caller, hidden[:1], model, batch=True):
            for layout in ("one step", "one step of a batch", "one step without a batch"):
                yield _by_steps(caller, model, f"{inputs}, {layout}{said}", arguments)


def _parameters(module: Any) -> tuple[list[str], list[str]]:
    """The names of what forward takes after its first argument: those it must have, and those it may have."""
    try:
        found = list(inspect.signature(module.forward).parameters.values())[1:]
    except (TypeError, ValueError):
        return [], []
    places = [one for one in found if one.kind is one.POSITIONAL_OR_KEYWORD]
    required = [one.name for one in places if one.default is one.empty]
    return required, [one.name for one in places if one.default is not one.empty]


def _inputs(model: Model) -> list[str]:
    if isinstance(model.embedding, Scalar):
        return ["numbers in columns", "numbers"]
    return ["rows"] if isinstance(model.embedding, Learned) else ["one-hot", "rows"]


def _encoded(said: str, rows: Input, model: Model) -> NDArray[Any]:
    """One sequence as a module reads it: (T,) or (T, n)."""
    if said.startswith("one-hot"):
        return np.eye(model.input_size, dtype=np.float32)[rows]
    return rows[:, None] if said.startswith("numbers in columns") else rows


def _is_hidden(name: str) -> bool:
    return name in _HIDDEN or "hid" in name or name.startswith(("h_", "prev"))


def _combinations(caller: _Caller, names: list[str], model: Model, *, batch: bool) -> Iterator[tuple[str, Arguments]]:
    """Every combination of arguments for these parameters, and how it is said."""
    choices = [[(name, *choice) for choice in _choices(caller, name, model, batch=batch)] for name in names]
    for chosen in itertools.product(*choices):
        said = "".join(f", {name}={what}" for name, what, _ in chosen)
        yield said, {name: argument for name, _, argument in chosen}


def _choices(caller: _Caller, name: str, model: Model, *, batch: bool) -> list[tuple[str, Argument]]:
    """What a parameter of this name may be given."""
    torch = caller.torch
    if "len" in name:
        return [("tensor([T])", lambda size: torch.tensor([size])), ("[T]", lambda size: [size]), ("T", int)]
    if "mask" in name:
        return [("ones", lambda size: torch.ones(1, size, dtype=torch.bool, device=caller.device))]
    found: list[tuple[str, Argument]] = [("None", lambda _: None)]
    for method in (method for method in _INIT if callable(getattr(caller.module, method, None))):
        made = getattr(caller.module, method)
        found += [(f"{method}(1)", _given(made, 1)), (f"{method}()", _given(made))]
    for layers in ([1, 1], [1]) if batch else ([1],):
        zeros = partial(caller.zeros, *layers, model.hidden_size)
        found += [("zeros", _given(zeros))]
        found += [("two zeros", _given(_both, zeros))]
    return found


def _given(made: Callable[..., Any], *values: Any) -> Argument:
    """An argument that is made anew for every sequence, whatever its length."""
    return lambda _: made(*values)


def _both(made: Callable[[], Any]) -> tuple[Any, Any]:
    return made(), made()


def _whole(caller: _Caller, model: Model, said: str, arguments: Arguments) -> Way:
    """The way that hands over a whole sequence."""
    axis = 0 if "batch first" in said else 1 if "time first" in said else None

    def ask(batch: list[Input]) -> list[NDArray[Any]]:
        encoded = [_encoded(said, rows, model) for rows in batch]
        x = encoded[0] if axis is None else np.stack(encoded, axis)
        size = len(batch[0])
        return caller(lambda: caller.module(caller.tensor(x), **{name: made(size) for name, made in arguments.items()}))

    def mixes() -> bool:
        """True where of a batch the last sequence is answered, a step each: as if time were what comes second."""
        rng, size = np.random.default_rng(0), 5
        batch = [_random(rng, size, model) for _ in range(3)]
        try:
            together, first, last = ask(batch), ask(batch[:1]), ask(batch[2:])
        except Exception:  # noqa: BLE001  # of the module that was handed in; one that takes no batch mixes none
            return False
        return bool(together) and _alike(together, last) and not _alike(together, first)

    return Way(said, lambda rows: ask([rows]), mixes=mixes if axis == 1 else None)


def _random(rng: np.random.Generator, size: int, model: Model) -> Input:
    if isinstance(model.embedding, Scalar):
        return rng.normal(size=size).astype(np.float32)
    return rng.integers(len(model.vocabulary), size=size)


def _alike(one: list[NDArray[Any]], other: list[NDArray[Any]]) -> bool:
    return one[0].size == other[0].size and np.allclose(one[0].ravel(), other[0].ravel(), atol=1e-5)


def _by_steps(caller: _Caller, model: Model, said: str, arguments: Arguments) -> Way:
    """The way that hands over one step after the other, with the state that the step before answered."""
    [(name, initial)] = arguments.items()
    dimensions = 2 if "of a batch" in said else 0 if "without" in said else 1

    def call(rows: Input) -> list[NDArray[Any]]:
        state: list[Any] = []

        def step(x: NDArray[Any]) -> Any:
            shaped = x.reshape((1,) * dimensions + x.shape)
            answer, after = caller.module(caller.tensor(shaped), **{name: state[0] if state else initial(1)})
            state[:] = [after]
            return answer

        encoded = _encoded(said, rows, model)
        return caller(lambda: caller.torch.stack([step(np.asarray(x)) for x in encoded]))

    return Way(said, call, stepwise=True)
