"""The workbook's formulas, computed anew by LibreOffice, give the numbers of the trace, and follow what is changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from rnn_tui.network.trace import run
from tests.deep import deep_model
from tests.export.traced_models import ALL, edited, request, shipped, trace_of

pytest.importorskip("xlsxwriter", reason="no XlsxWriter here: pip install 'rnn-tui[xlsx]'")
from rnn_tui.export.sheet import write  # only with the extra

LIKE_OTHERS = (
    "sentiment",
    "sentiment-attention",
    "sentiment-gru",
    "sentiment-lstm",
    "tagger",
    "tagger-two-way",
    "names",
)
LOOKED_AT = [kind for kind in ALL if kind[1] not in (*LIKE_OTHERS, "recall-gru")]
"""All but shipped models whose like is among the others: LibreOffice takes seconds for each."""
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
computed = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here, so that nothing computes the formulas anew")


def cells(path):
    """Every cell of a workbook by sheet and name: its value, whatever it was computed by."""
    with zipfile.ZipFile(path) as file:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        sheets = [sheet.get("name") for sheet in book.find("m:sheets", NAMES)]
        shared = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in text.iter(f"{{{NAMES['m']}}}t")) for text in shared]
        found = {}
        for number, name in enumerate(sheets, 1):
            root = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
            for cell in root.iter(f"{{{NAMES['m']}}}c"):
                value = cell.find("m:v", NAMES)
                if value is not None:
                    kind = cell.get("t")
                    text = texts[int(value.text)] if kind == "s" else value.text
                    found[name, cell.get("r")] = text if kind in ("s", "str", "e") else float(text)
        return found


def recomputed(paths, folder):
    """The cells of workbooks after LibreOffice has computed all formulas anew."""
    plain = []
    for path in paths:  # without the values that are written with the formulas, so that it has to compute
        bare = folder / f"bare-{path.name}"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                if name.startswith("xl/worksheets/"):
                    content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content)
                new.writestr(name, content)
        plain.append(bare)
    out = folder / "out"
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(out), *map(str, plain)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return [cells(out / path.name) for path in plain]


def alike(found, wanted):
    """Raise where a cell of a workbook differs from what was written with it."""
    assert set(wanted) <= set(found)
    for key, value in wanted.items():
        if isinstance(value, str):
            assert found[key] == value, key
        else:
            np.testing.assert_allclose(found[key], value, rtol=1e-5, atol=1e-5, err_msg=str(key))


def last_answer(found, trace):
    """The numbers of the sheet Answer at the last word, by the heads of their columns."""
    on = {at: text for (sheet, at), text in found.items() if sheet == "Answer"}
    heads = {at.rstrip("3"): text for at, text in on.items() if re.fullmatch("[A-Z]+3", at)}
    row = 3 + len(trace)
    return {text: on[f"{column}{row}"] for column, text in heads.items() if f"{column}{row}" in on}


def holds_the_trace(found, trace):
    """Raise where the answer or a lane's memory in a workbook isn't that of a trace."""
    answer = trace.values[trace.model.output.answer][-1]
    shown = last_answer(found, trace)
    np.testing.assert_allclose([shown[label] for label in trace.model.labels], answer, rtol=1e-5, atol=1e-5)
    if not trace.model.output.is_number:
        assert shown["answer"] == trace.model.labels[trace.prediction()[0]]


@computed
def test_the_formulas_give_the_numbers_of_the_trace(tmp_path):
    paths = []
    for number, kind in enumerate(LOOKED_AT):
        paths.append(tmp_path / f"{number}.xlsx")
        write(request(trace_of(kind), paths[-1]))
    for kind, path, found in zip(LOOKED_AT, paths, recomputed(paths, tmp_path), strict=True):
        alike(found, cells(path))
        holds_the_trace(found, trace_of(kind))


def changed(path, sheet, at, new):
    """Change one cell of a workbook, as somebody does who types into it."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    names = [found.get("name") for found in book.find("m:sheets", NAMES)]
    name = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    put = f"<v>{new!r}</v>" if isinstance(new, float) else f"<is><t>{new}</t></is>"
    kind = "" if isinstance(new, float) else ' t="inlineStr"'
    found = f'<c r="{at}"( s="[0-9]+")[^>]*><v>[^<]*</v></c>'.encode()
    parts[name], count = re.subn(found, f'<c r="{at}"\\g<1>{kind}>{put}</c>'.encode(), parts[name])
    assert count == 1
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)


@computed
def test_all_follows_a_change_of_a_weight_and_of_a_word(tmp_path):
    trace = shipped("small-sums")
    weight, word = tmp_path / "weight.xlsx", tmp_path / "word.xlsx"
    other = next(word for word in trace.model.vocabulary.words if word not in trace.text and word.isalpha())
    for path in (weight, word):
        write(request(trace, path))
    changed(weight, "Weights", "C5", 0.75)
    changed(word, "Sentence", "B4", other.upper())
    followed = [edited(trace, "set weight_ih[1,1] 0.75"), edited(trace, f"word 1 {other}")]
    for found, wanted in zip(recomputed([weight, word], tmp_path), followed, strict=True):
        holds_the_trace(found, wanted)
        assert wanted.probability(0) != trace.probability(0)


def test_a_word_is_never_a_formula(tmp_path):
    words = ["=1+1", "+2", "@x", "http://x.y", "12", " "]
    model = deep_model(layers=1, words=("<unk>", *words), labels=("=1", "-2"))
    path = tmp_path / "a.xlsx"
    write(request(run(model, model.tokens_of(words)), path))
    with zipfile.ZipFile(path) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<hyperlink" in sheet or re.search(r"<f>[^<]*(1\+1|http)", sheet) for sheet in sheets)
    assert [cells(path)["Sentence", f"B{row}"] for row in range(4, 10)] == words
