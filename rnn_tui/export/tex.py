"""The network unrolled over a text, as a TikZ picture with the real values, for papers and slides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rnn_tui.export.request import Request
from rnn_tui.network.trace import Trace
from rnn_tui.text import number, percent, printable

MOST_WORDS, MOST_UNITS, LONGEST = 10, 4, 14
COLUMN, ROW, MARGIN = 2.6, 2.4, 0.8  # in centimetres
_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "^": r"\^{}", "_": r"\_",
    "~": r"\textasciitilde{}", "%": r"\%", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}", "-": "{-}", "−": "$-$",
    "…": r"\ldots{}",
}  # fmt: skip
_LATIN = "\u024f"
"""The last character of those that the font has; others stand by their codes."""


def write(request: Request) -> None:
    """Write the picture as a document of its own; raises UserError where that can't be done."""
    request.write(("\n".join(lines(request.trace)) + "\n").encode())


def lines(trace: Trace) -> Iterator[str]:
    """The document: it needs nothing but TikZ, and its page is as large as the picture."""
    trace = trace.on(0)
    model, first = trace.model, max(0, len(trace) - MOST_WORDS)
    words, lanes = range(first, len(trace)), _lanes(trace)
    width = COLUMN * (len(words) + 1.6) + 2 * MARGIN
    height = ROW * (len(lanes) + 1.6) + 2 * MARGIN
    yield r"\documentclass{article}"
    yield r"\usepackage[T1]{fontenc}"
    yield r"\usepackage{textcomp,tikz}"
    yield rf"\usepackage[paperwidth={width:.1f}cm,paperheight={height:.1f}cm,margin={MARGIN}cm]{{geometry}}"
    yield r"\usetikzlibrary{arrows.meta}"
    yield r"\definecolor{positive}{HTML}{B45309}"
    yield r"\definecolor{negative}{HTML}{1D4ED8}"
    yield r"\pagestyle{empty}\parindent0pt"
    yield r"\begin{document}"
    yield rf"% {printable(model.name)!a}: {len(trace)} {model.tokenizer.unit}s"
    yield rf"\begin{{tikzpicture}}[>=Stealth, x={COLUMN}cm, y={ROW}cm, font=\small,"
    yield r"  state/.style={draw, rounded corners, align=right, minimum width=1.9cm, inner sep=3pt},"
    yield r"  word/.style={font=\bfseries}, note/.style={gray, font=\footnotesize}]"
    yield from _columns(trace, words, first)
    for row, (name, layer, backward) in enumerate(lanes, 1):
        yield from _lane(trace, row, name, layer, words, backward=backward)
    yield from _answers(trace, words, len(lanes) + 1)
    yield r"\end{tikzpicture}"
    yield r"\end{document}"


def _lanes(trace: Trace) -> list[tuple[str, int, bool]]:
    """The lanes from the lowest up: what each is called, its layer (from 0), and whether it reads backward."""
    several = len(trace.layers) > 1
    lanes = []
    for index, layer in enumerate(trace.layers):
        for backward in (False, True) if layer.backward is not None else (False,):
            direction = (" $\\leftarrow$" if backward else " $\\rightarrow$") if layer.backward is not None else ""
            lanes.append((f"layer {index + 1}{direction}" if several or direction else "memory $h$", index, backward))
    return lanes


def _columns(trace: Trace, words: range, first: int) -> Iterator[str]:
    """The words at the bottom, and how many stand before them unseen."""
    if first:
        unit = trace.model.tokenizer.unit
        yield rf"\node[note] at (0, 0) {{\ldots{{}} {first} {unit}{'s' if first > 1 else ''} before}};"
    for column, t in enumerate(words, 1):
        token = trace.tokens[t]
        mark = "?" if token.unknown else ""
        yield rf"\node[word] (w{t}) at ({column}, 0) {{{escaped(_short(token.surface))}{mark}}};"


def _lane(trace: Trace, row: int, name: str, layer: int, words: range, *, backward: bool) -> Iterator[str]:
    """A row of memories, and the arrows that lead into each: from below, and from the word that was read before."""
    recording = trace.layers[layer]
    lane = recording.backward if backward else recording.forward
    assert lane is not None
    yield rf"\node[note, anchor=west] at (-0.3, {row}) {{{name}}};"
    for column, t in enumerate(words, 1):
        yield rf"\node[state] (h{row}x{t}) at ({column}, {row}) {{{_values(lane.at(t)['h'])}}};"
    below = ["w{t}"] if layer == 0 else []
    if layer:
        two = trace.layers[layer - 1].backward is not None
        lowest = row - (1 if not backward else 2) - two
        below = [f"h{lowest + k}x{{t}}" for k in range(2 if two else 1)]
    for t in words:
        for source in below:
            bent = " [bend left=28]" if row - _row_of(source) > 1 else ""
            yield rf"\draw[->, gray] ({source.format(t=t)}) to{bent} (h{row}x{t});"
    order = list(words)[::-1] if backward else list(words)
    for before, after in pairwise(order):
        yield rf"\draw[->, thick] (h{row}x{before}) -- (h{row}x{after});"


def _row_of(name: str) -> int:
    """The row of a node by its name: 0 of a word."""
    return int(name[1:].split("x", maxsplit=1)[0]) if name.startswith("h") else 0


def _answers(trace: Trace, words: range, row: int) -> Iterator[str]:
    """The answer after each word that has one."""
    model = trace.model
    answers = trace.values[model.output.answer]
    top = len(_lanes(trace))
    for column, t in enumerate(words, 1):
        if t < trace.answered_from:
            continue
        label = model.output.leader(answers[t])
        value = number(float(answers[t][label])) if model.output.is_number else percent(float(answers[t][label]))
        text = rf"{escaped(_short(model.labels[label]))}\\{escaped(value)}"
        weight = "bfseries" if t == len(trace) - 1 else "mdseries"
        yield rf"\node[align=center, font=\{weight}\small] (a{t}) at ({column}, {row}) {{{text}}};"
        for source in _read(trace, t, words, top):
            bent = " [bend right=20]" if row - _row_of(source) > 1 else ""
            yield rf"\draw[->, gray] ({source}) to{bent} (a{t});"


def _read(trace: Trace, t: int, words: range, top: int) -> Iterator[str]:
    """The memories, of those that are drawn, of which the answer after a word is made."""
    kind, two = trace.model.readout.kind, trace.layers[-1].backward is not None
    if kind in ("mean", "max", "attention"):
        seen = words if two or t == words[-1] else range(t, t + 1)  # before the last its own alone, for room
        yield from (f"h{lane}x{word}" for word in seen for lane in ((top - 1, top) if two else (top,)))
    elif not two:
        yield f"h{top}x{t}"
    else:
        yield f"h{top - 1}x{t}"
        if kind != "last":
            yield f"h{top}x{t}"
        elif words[0] == 0:  # the backward lane has read all where it stands at the first word
            yield f"h{top}x0"


def _values(h: object) -> str:
    """The first values of a hidden state, a line each, in the colour of their sign."""
    values = [float(value) for value in h]  # type: ignore[attr-defined]
    shown = [
        rf"\textcolor{{{'positive' if value > 0 else 'negative'}}}{{${value:+.2f}$}}" for value in values[:MOST_UNITS]
    ]
    more = len(values) - len(shown)
    return r"\\".join([*shown, *([rf"\textcolor{{gray}}{{\ldots{{}} {more} more}}"] if more else [])])


def _short(text: str) -> str:
    """A text in few characters."""
    shown = printable(text)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def escaped(text: str) -> str:
    """A text that TeX prints as it is, whatever stands in it; what its font lacks stands by its code."""
    return "".join(
        _ESCAPED.get(sign) or (sign if sign <= _LATIN and sign.isprintable() else rf"\texttt{{U+{ord(sign):04X}}}")
        for sign in text
    )
