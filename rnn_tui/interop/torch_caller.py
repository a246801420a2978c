"""A PyTorch module called without a gradient and without dropout, and left as it was; PyTorch is never imported."""

from __future__ import annotations

import copy
import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.answers import parts_of
from rnn_tui.interop.forward import Again, Input

_HIDDEN = ("h", "hx", "h0", "h_0", "hc", "state", "states")
_KEPT = (*_HIDDEN, "c", "cx", "c0", "c_0", "cell", "cell_state", "memory")
INIT = ("init_hidden", "initHidden", "init_state", "begin_state", "init_zero_hidden")
_BEGINS = (*INIT, "reset_hidden", "reset_state", "reset_states", "reset")
_RANDOM = (
    "answers differently each time, as with a dropout that eval() doesn't switch off",
    "give functional.dropout training=self.training, or use nn.Dropout",
)
_STATEFUL = (
    "keeps a state from one call to the next, which may not begin with zeros",
    "say how it begins anew with forward=lambda rows: …, which sets that state to zeros and calls it",
)

Begin = Callable[[], Callable[[], None] | None]
"""Sets the state that a module keeps to its first one; what it gives is called after forward, and may raise."""


class Caller:
    """Calls a module without a gradient and without dropout, and leaves it as it was."""

    def __init__(self, torch: Any, module: Any) -> None:
        self.torch, self.module = torch, module
        self.begin: Begin | None = None
        self.tensors = [] if module is None else [*module.parameters(), *module.buffers()]
        self.values = [tensor.detach().clone() for tensor in self.tensors]
        kept = [] if module is None else [tensor for *_, value in attributes(module) for tensor in tensors_in(value)]
        first = next((tensor for tensor in self.tensors if tensor.is_floating_point()), None)
        self.device = "cpu" if first is None else first.device
        self.half = [tensor for tensor in self.tensors if tensor.is_floating_point() and tensor.dtype.itemsize < 4]
        self.dtype = torch.float32 if first is None or self.half else first.dtype
        self.tensors += kept
        self.values += [tensor.detach().clone() for tensor in kept]

    def tensor(self, array: NDArray[Any]) -> Any:
        """The array as the module has its own: integers as they are, numbers in its precision."""
        tensor = self.torch.from_numpy(np.ascontiguousarray(array)).to(self.device)
        return tensor.to(self.dtype) if tensor.is_floating_point() else tensor

    def zeros(self, *shape: int) -> Any:
        """A tensor of zeros, as the module has its own."""
        return self.torch.zeros(*shape, device=self.device, dtype=self.dtype)

    def ask(self, x: NDArray[Any], others: Mapping[str, Any], lengths: Sequence[int] | None = None) -> Any:
        """The answer of the module to a sequence or a step, and what else it takes; with `lengths` to both."""
        name, _, _ = parameters_of(self.module)
        x = self.tensor(x)
        if lengths is not None:
            return self.module((x, self.torch.tensor(lengths)))
        return self.module(x, **others) if name is None else self.module(**{name: x}, **others)

    def beginning(self, begin: Begin | None) -> Caller:
        """The same, but the state that the module keeps is set before every call."""
        caller = copy.copy(self)
        caller.begin = begin
        return caller

    def __call__(self, ask: Callable[[], Any], seed: int | None = None) -> list[NDArray[Any]]:
        """The arrays of what `ask` answers."""
        with self._called():
            self._seed(seed)
            return parts_of(ask())

    def again(self, asking: Callable[[Input], Callable[[], Any]]) -> tuple[Again, ...]:
        """The answers of a forward that is asked twice: with other random numbers, and not put back between."""

        def in_a_row(rows: Input) -> tuple[list[NDArray[Any]], list[NDArray[Any]]]:
            ask, answers = asking(rows), []
            with self._called():
                for _ in range(2):
                    self._seed(1)
                    answers.append(parts_of(ask()))
            return answers[0], answers[1]

        random = Again(*_RANDOM, lambda rows: (self(asking(rows), 1), self(asking(rows), 2)))
        return (random, Again(*_STATEFUL, in_a_row, random=False)) if self.begin is None else (random,)

    def _seed(self, seed: int | None) -> None:
        if seed is not None:
            self.torch.default_generator.manual_seed(seed)  # that of a GPU is not put back, and so is left alone

    @contextmanager
    def _called(self) -> Iterator[None]:
        torch = self.torch
        with ExitStack() as stack:
            if self.module is not None:
                stack.callback(self._put_back_values)
                stack.enter_context(_as_it_was(self.module, torch))
                stack.enter_context(_single(self.half))
                self.module.eval()
            stack.enter_context(torch.no_grad())
            stack.enter_context(torch.random.fork_rng(devices=[]))
            if str(self.device).startswith("cuda"):
                stack.enter_context(torch.backends.cudnn.flags(enabled=False))  # it may round to TF32
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")  # a way that is only tried may warn
            ended = None if self.begin is None else self.begin()
            yield
            if ended is not None:
                ended()

    def _put_back_values(self) -> None:
        with self.torch.no_grad():
            for tensor, value in zip(self.tensors, self.values, strict=True):
                if not self.torch.equal(tensor, value):
                    tensor.copy_(value)


@contextmanager
def _single(half: list[Any]) -> Iterator[None]:
    """Have parameters in half precision in float32, as they are read here, while a forward that was said is called."""
    kept = [tensor.data for tensor in half]
    try:
        for tensor in half:
            tensor.data = tensor.data.float()
        yield
    finally:
        for tensor, own in zip(half, kept, strict=True):
            tensor.data = own


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


def parameters_of(module: Any) -> tuple[str | None, list[str], list[str]]:
    """The names of what forward takes beside the sequence: those it must have, and those it may have.

    First comes the name of the sequence itself where a hidden state stands before it; else None, and it is the first.
    """
    try:
        first, *found = inspect.signature(module.forward).parameters.values()
    except (TypeError, ValueError):
        return None, [], []
    places = [one for one in found if one.kind is one.POSITIONAL_OR_KEYWORD]
    required = [one.name for one in places if one.default is one.empty]
    optional = [one.name for one in places if one.default is not one.empty]
    sequence = next((name for name in required if not is_hidden(name)), None) if is_hidden(first.name) else None
    if sequence is None:
        return None, required, optional
    return sequence, [first.name, *(name for name in required if name != sequence)], optional


def is_hidden(name: str) -> bool:
    """True for the name of a hidden state."""
    return name in _HIDDEN or "hid" in name or name.startswith(("h_", "prev"))


def is_state(name: str) -> bool:
    """True for the name of a hidden state, or of the cell state beside it."""
    return is_hidden(name) or name in _KEPT or "cell" in name


def attributes(module: Any) -> Iterator[tuple[Any, str, Any]]:
    """All that a module and its parts keep as plain attributes: the part, the name and the value."""
    for part in module.modules():
        for name, value in vars(part).items():
            if not name.startswith("_"):
                yield part, name, value


def tensors_in(value: Any) -> Iterator[Any]:
    """The tensors in a plain attribute: itself, or those in a tuple or a list."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from tensors_in(one)
    elif hasattr(value, "detach") and hasattr(value, "new_zeros"):
        yield value


def beginnings(caller: Caller) -> Iterator[tuple[str, Begin]]:
    """Every way to begin with a module's first state where it keeps one, and how it is said."""
    module = caller.module
    if isinstance(module, caller.torch.jit.ScriptModule):  # its attributes can't be put back
        return
    kept = [(part, name, value) for part, name, value in attributes(module) if is_hidden(name) or name in _KEPT]
    held = [(part, name, value) for part, name, value in kept if any(True for _ in tensors_in(value))]
    unset = [(part, name, value) for part, name, value in kept if value is None]
    own = next((name for part, name, _ in held + unset if part is module), "hidden")
    for method in _BEGINS:
        if callable(getattr(module, method, None)):
            yield f", after {method}(1)", _making(module, own, method, 1)
            yield f", after {method}()", _making(module, own, method)
    if held:
        names = ", ".join(dict.fromkeys(name for _, name, _ in held))

        def zero() -> Callable[[], None]:
            for part, name, value in held:
                setattr(part, name, _zeros_of_one(value))
            return changed

        def changed() -> None:
            # A first state that forward never changes is the network's own, and no zeros stand for it.
            for part, name, _ in held:
                if not any(bool(tensor.any()) for tensor in tensors_in(getattr(part, name))):
                    raise ValueError(f"{name} is not changed by forward")

        yield f", after {names}=zeros", zero


def _making(module: Any, own: str, method: str, *values: Any) -> Begin:
    """Sets the state to what the module's own method makes of it, if it doesn't set it itself."""

    def begin() -> None:
        made = getattr(module, method)(*values)
        if made is not None:
            setattr(module, own, made)

    return begin


def _zeros_of_one(value: Any) -> Any:
    """Zeros in place of a state, for one sequence where it is of a batch: (layers, 1, hidden_size)."""
    if isinstance(value, tuple | list):
        return type(value)(map(_zeros_of_one, value))
    if not any(True for _ in tensors_in(value)):
        return value
    *before, width = value.shape or (1,)
    return value.new_zeros((*before[:-1], 1, width) if before else value.shape)
