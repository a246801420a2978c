"""The messages of a training that is watched: a line of JSON each, and behind it the tensors of a step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import IO, Any

from rnn_tui.network.arrays import Array
from rnn_tui.network.runs import Told

MOST_LINE = 2**24
"""The longest line that is read, in bytes."""
GO_ON, PAUSE, BATCH, STOP, PACE = "go-on", "pause", "batch", "stop", "pace"
"""The words that a training is told: PACE has the least seconds of an epoch behind it."""
BEFORE, AFTER, GRADIENT, MEAN, ROOT = "before", "after", "gradient", "mean", "root"
"""The tensors of a step: the parameters before and after it, the gradient that was cut, and Adam's two means."""


@dataclass(frozen=True)
class Said:
    """Lines about the file that is learned from."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Began:
    """The run holds the network before training, and the training waits for GO_ON."""

    epochs: int


@dataclass(frozen=True)
class Answered:
    """The answer to a text that was held out, or to one word of it, which is otherwise empty; `right` is the label."""

    text: str
    word: str
    right: str
    given: str


@dataclass(frozen=True)
class EpochEnded:
    """An epoch is in the run: its line there, and the epochs whose weights are kept.

    `gained` are answers that it has come to get right and `lost` those that it got right before, some of the `gains`
    and `losses` there are among the texts that are looked at: so many are `looked` at, or 0 for all.
    """

    told: Told
    kept: tuple[int, ...]
    gained: tuple[Answered, ...] = ()
    lost: tuple[Answered, ...] = ()
    gains: int = 0
    losses: int = 0
    looked: int = 0


@dataclass(frozen=True, eq=False)
class Stepped:
    """A step of one batch, of `texts` texts, from inside epoch `epoch`: the `number`-th there, from 1, the t-th of all.

    `loss` is that of the batch before the step, in nats, `norm` that of its gradient, which was cut to `clip_norm`.
    `tensors` has under BEFORE, AFTER, GRADIENT, MEAN and ROOT one for each parameter; of those with very many numbers
    under AFTER alone.
    """

    epoch: int
    number: int
    t: int
    texts: int
    loss: float
    norm: float
    clip_norm: float
    learning_rate: float
    tensors: Mapping[str, Mapping[str, Array]] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The model file is written; `printed` says so, and `epoch` is the one that was kept."""

    printed: str
    epoch: int
    interrupted: bool


@dataclass(frozen=True)
class Failed:
    """The training has ended without a model; `code` is the exit code. Interrupted too early it has nothing to say."""

    reason: str
    code: int


Message = Said | Began | EpochEnded | Stepped | Done | Failed
KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (Said, Began, EpochEnded, Stepped, Done, Failed)}


def encoded(message: Message) -> bytes:
    """The bytes of a message."""
    fields_: dict[str, Any] = {each.name: getattr(message, each.name) for each in fields(message)}
    packed = b""
    if isinstance(message, Stepped):
        from safetensors.numpy import save

        named = {f"{of}/{name}": array for of, arrays in message.tensors.items() for name, array in arrays.items()}
        packed, fields_["tensors"] = save(named), None
    elif isinstance(message, EpochEnded):
        fields_ |= {"told": asdict(message.told) | {"moved": dict(message.told.moved)}}
        fields_ |= {side: [asdict(answer) for answer in fields_[side]] for side in ("gained", "lost")}
    line = json.dumps({"kind": type(message).__name__, "bytes": len(packed), **fields_})
    return f"{line}\n".encode("ascii") + packed


def read(stream: IO[bytes]) -> Message | None:
    """The next message of a stream; None at its end, and where it is cut short."""
    line = stream.readline(MOST_LINE)
    if not line.endswith(b"\n"):
        return None
    found = json.loads(line)
    size = found.pop("bytes")
    packed = stream.read(size)
    if len(packed) < size:
        return None
    kind = KINDS[found.pop("kind")]
    if kind is Stepped:
        found["tensors"] = _tensors(packed)
    elif kind is EpochEnded:
        found["told"] = Told(**found["told"])
        found |= {side: tuple(Answered(**answer) for answer in found[side]) for side in ("gained", "lost")}
    message: Message = kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    )
    return message


def _tensors(packed: bytes) -> dict[str, dict[str, Array]]:
    from safetensors.numpy import load

    tensors: dict[str, dict[str, Array]] = {of: {} for of in (BEFORE, AFTER, GRADIENT, MEAN, ROOT)}
    for name, array in load(packed).items():
        of, _, parameter = name.partition("/")
        tensors[of][parameter] = array
    return tensors
