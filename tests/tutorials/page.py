"""The parts of docs/own-model.md that are written from the list and the recorded verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from tests.markdown import ROOT
from tests.tutorials.networks import FRAMEWORKS, Listed

PAGE = ROOT / "docs" / "own-model.md"

GROUPS: Mapping[str, str] = {
    # a kind of refusals, and the reasons that are of it; the first that fits
    "Layers of several kinds, not one stack": r"second recurrent|recurrent layers|bidirectional|backwards",
    "A cell written by hand": r"no recurrent layer among|not the new hidden state|hand",
    "Called in a way that is not found out, or another answer each time": (
        r"own forward gave|each time|keeps a state|^none of"
    ),
    "Another layer beside the recurrent and the linear ones": (
        r"normalisation|convolution|second embedding|no linear layer|belongs to no|Conv1D|Lambda|CRF|crf"
    ),
    "Another way to read the hidden states": r"pooling|attention|before the last layer|last layer reads|side by side|"
    r"beside its state",
    "Another squashing": r"activation=",
}
OTHERS = "Other reasons"


def write(networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> None:
    """Write all parts anew into the page."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), networks, verdicts), encoding="utf-8")


def filled(text: str, networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """The page with all its parts as the verdicts have them: each stands between its two comments."""
    parts = {"counts": counts(networks, verdicts), "table": table(networks, verdicts)}
    parts["refusals"] = refusals(networks, verdicts)
    for name, part in parts.items():
        marked = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end -->)", re.S)
        text, found = marked.subn(lambda match, part=part: f"{match[1]}{part}\n{match[2]}", text)
        assert found == 1, name
    return text


def counts(networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """The sentences that say how many networks there are, and what became of them."""
    named = " and ".join(f"{sum(one.framework == each for one in networks)} of {each}" for each in FRAMEWORKS)
    opened = sum(verdicts[one.name]["verdict"] == "opens" for one in networks)
    homes = len({one.repository for one in networks})
    text, of_text = opened_of_text(networks, verdicts)
    return fill(
        f"Of {len(networks)} networks from the tutorials of {homes} public repositories, {named}, {opened} open and "
        f"{len(networks) - opened} are refused with a reason. Of the {text} that read text, and not numbers, "
        f"{of_text} open ({100 * of_text // text} %).",
        120,
    )


def opened_of_text(networks: Iterable[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> tuple[int, int]:
    """The number of networks that read text, and of those of them that open."""
    text = [one for one in networks if one.reads_text]
    return len(text), sum(verdicts[one.name]["verdict"] == "opens" for one in text)


def table(networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """One table a framework: the network, its repository, what it is, and the verdict."""
    return "\n\n".join(_table(each, networks, verdicts) for each in FRAMEWORKS)


def _table(framework: str, networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [f"### {framework}\n", "| network | repository | what it is | verdict |", "| --- | --- | --- | --- |"]
    for one in networks:
        if one.framework == framework:
            cells = f"`{one.name}`", one.repository, one.what, _verdict(verdicts[one.name])
            lines.append(f"| {' | '.join(map(cell, cells))} |")
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text in a table, where a bar would end the cell and a “<” begin HTML."""
    return re.sub(r"([|<])", r"\\\1", text)


def _verdict(told: Mapping[str, Any]) -> str:
    if told["verdict"] == "opens":
        largest = told["largest_difference"]
        return f"opens: {told['as']}; differs by {f'{largest:.0e}' if largest else 'nothing'}"
    return f"refused: {told['reason']}"


def refusals(networks: Sequence[Listed], verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """The refused networks by the kind of reason, the most frequent first."""
    grouped: dict[str, list[str]] = {}
    for one in networks:
        if verdicts[one.name]["verdict"] == "refused":
            grouped.setdefault(group_of(verdicts[one.name]["reason"]), []).append(one.name)
    return "\n".join(_lines(grouped))


def _lines(grouped: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for group, names in sorted(grouped.items(), key=lambda item: -len(item[1])):
        line = f"- {group} ({len(names)}): {', '.join(f'`{name}`' for name in names)}."
        yield fill(line, 120, subsequent_indent="  ", break_on_hyphens=False)


def group_of(reason: str) -> str:
    """The kind of a reason."""
    return next((group for group, pattern in GROUPS.items() if re.search(pattern, reason)), OTHERS)
