"""The networks of public tutorials open and answer as they do themselves, or are refused, as docs/own-model.md says."""

import os
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import rnn_tui
from rnn_tui.cli import main
from rnn_tui.interop.forward import LENGTHS, SEQUENCES
from tests.markdown import fenced, rows, section
from tests.tutorials import page, record
from tests.tutorials.networks import FRAMEWORKS, RECORDED, listed

TOLERANCE = 1e-5
LISTED = {one.name: one for one in listed()}
VERDICTS = record.verdicts()
OPENED = [name for name, told in VERDICTS.items() if told["verdict"] == record.OPENS]
REFUSED = [name for name, told in VERDICTS.items() if told["verdict"] == record.REFUSED]
LEAST = {"PyTorch": 140, "Keras": 111}
TEXT_SHARE = 0.85  # of the networks that read text, at least so many open


def of_framework(framework):
    return [name for name, one in LISTED.items() if one.framework == framework]


# The list, the recorded verdicts and the page


def test_the_list_is_long_enough_and_names_where_each_network_is_from():
    assert len(LISTED) == len(listed())
    assert {one.framework for one in LISTED.values()} == set(FRAMEWORKS)
    assert all(len(of_framework(framework)) >= least for framework, least in LEAST.items())
    for one in LISTED.values():
        assert re.fullmatch(r"[\w-]+/[\w.-]+", one.repository)
        assert one.path.endswith((".py", ".ipynb", ".md"))
        assert len(one.what) > 10


def test_every_network_of_the_list_has_a_verdict():
    assert list(VERDICTS) == list(LISTED)
    assert len(OPENED) + len(REFUSED) == len(LISTED)
    assert all(VERDICTS[name]["largest_difference"] <= TOLERANCE for name in OPENED)
    for name in REFUSED:
        assert VERDICTS[name]["reason"] == record.reason(VERDICTS[name]["message"])
        assert len(VERDICTS[name]["reason"]) > 10


def test_the_page_says_what_is_recorded():
    text = page.PAGE.read_text(encoding="utf-8")
    assert text == page.filled(text, listed(), VERDICTS), "renew it with: python -m tests.tutorials.record"


def test_the_table_has_a_row_for_every_network_and_the_counts_are_its_own():
    text = page.PAGE.read_text(encoding="utf-8")
    table = rows(section(text, "Networks of public tutorials"))
    assert [(name, repository) for name, repository, _, _ in table] == [
        (f"`{one.name}`", one.repository) for one in listed()
    ]
    said = [verdict.partition(":")[0] for *_, verdict in table]
    counts = [len(table), *(len(of_framework(each)) for each in FRAMEWORKS), said.count("opens"), said.count("refused")]
    read_text = [name for name, one in LISTED.items() if one.reads_text]
    counts += [len(read_text), sum(name in OPENED for name in read_text)]
    first = text.partition("-->\n")[2].partition("\n<!--")[0].replace("\n", " ")
    found = re.fullmatch(
        r"Of (\d+) networks .* public repositories, (\d+) of PyTorch and (\d+) of Keras, (\d+) open and (\d+) are .*\. "
        r"Of the (\d+) that read text, and not numbers, (\d+) open \(\d+ %\)\.",
        first,
    )
    assert [int(number) for number in found.groups()] == counts


def test_most_networks_that_read_text_open():
    text, opened = page.opened_of_text(LISTED.values(), VERDICTS)
    assert text > len(LISTED) / 2
    assert opened >= TEXT_SHARE * text


def test_the_page_says_how_much_is_drawn():
    said = re.search(
        r"on (\d+) sequences of (\d+) to (\d+) words", page.PAGE.read_text(encoding="utf-8").replace("\n", " ")
    )
    assert [int(number) for number in said.groups()] == [SEQUENCES, min(LENGTHS), max(LENGTHS)]


def test_the_lines_to_begin_with_make_a_file_that_opens(tmp_path, monkeypatch):
    # given weights and words under the names that the page gives them
    monkeypatch.chdir(tmp_path)
    text = page.PAGE.read_text(encoding="utf-8")
    (weights, _, _), told = recorded("imdb-rnn"), VERDICTS["imdb-rnn"]
    # when its Python is run, the weights in the place of the module
    exec(fenced(text, "python"), {"rnn_tui": rnn_tui, "module": weights, "words": told["vocabulary"]})
    of_python = (tmp_path / "mine.safetensors").read_bytes()
    # and its command
    save_file(weights, "weights.safetensors")
    Path("words.txt").write_text("\n".join(told["vocabulary"]), encoding="utf-8")
    (tmp_path / "mine.safetensors").unlink()
    line, opening = fenced(text, "sh").splitlines()
    assert main(shlex.split(line)[1:]) == 0
    # then both files are the same network
    assert of_python
    models = []
    for contents in (of_python, (tmp_path / "mine.safetensors").read_bytes()):
        Path("one.safetensors").write_bytes(contents)
        models.append(rnn_tui.load("./one.safetensors"))
    assert shlex.split(opening)[:3] == ["rnn-tui", "-m", "./mine.safetensors"]
    assert [model.labels for model in models] == [("no", "yes")] * 2
    assert rnn_tui.predict(models[0], "not good").probs == rnn_tui.predict(models[1], "not good").probs


def test_every_refusal_is_in_a_group_on_the_page():
    text = section(page.PAGE.read_text(encoding="utf-8"), "What is refused")
    names = [re.findall(r"`([\w-]+)`", line) for line in re.split(r"^- ", text, flags=re.M)[1:]]
    counts = [int(count) for count in re.findall(r"^- .*? \((\d+)\):", text, re.M)]
    assert [len(group) for group in names] == counts
    assert sorted(name for group in names for name in group) == sorted(REFUSED)
    assert page.OTHERS not in text


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            "the module: on “a b” its own forward says x 0.1, this program's network 0.2, 0.1 apart (the first of 36 "
            "sequences where the two part); its last layer reads the sum, which none of these does: last; train it",
            "its last layer reads the sum, which none of these does: last",
        ),
        (
            "the state_dict: fc.weight has one output; give two (a number as output is not supported)",
            "fc.weight has one output (a number as output is not supported)",
        ),
        ("the Keras layer gru reads backwards; supported is one direction", "the Keras layer gru reads backwards"),
    ],
)
def test_a_reason_is_the_message_without_figures_and_advice(message, reason):
    assert record.reason(message) == reason


# What is recorded of those that open, without PyTorch and Keras


def test_arrays_are_recorded_of_all_that_open_and_are_small():
    files = list(RECORDED.glob("*.safetensors"))
    assert sorted(file.stem for file in files) == sorted(OPENED)
    assert sum(file.stat().st_size for file in files) < 2**13 * len(files)


def recorded(name):
    """The recorded weights, the drawn sequences and the network's own answers."""
    arrays = load_file(RECORDED / f"{name}.safetensors")
    weights = {key.removeprefix("weights/"): arrays[key] for key in arrays if key.startswith("weights/")}
    numbers = sorted(int(key.partition("/")[2]) for key in arrays if key.startswith("sequence/"))
    return weights, [arrays[f"sequence/{at}"] for at in numbers], [arrays[f"answer/{at}"] for at in numbers]


@pytest.mark.parametrize("name", OPENED)
def test_the_recorded_weights_answer_as_the_network_did(name):
    # given the weights alone, and the options that were found out beside the module
    weights, sequences, own = recorded(name)
    told = VERDICTS[name]
    as_opened = told.get("recorded") == record.AS_OPENED
    opening = record.opening_of("PyTorch" if as_opened else LISTED[name].framework)
    # when
    model = opening(weights, told["vocabulary"], told["labels"], **told["options"])
    # then it is the same network, and gives the same answers
    assert record.shape_of(model) == told["as"]
    assert len(sequences) >= 1
    assert record.largest_difference(model, sequences, own, number=told["number"]) <= TOLERANCE
    # and answers that are not its own would be seen
    moved = [np.roll(answer, 1, axis=-1) if answer.shape[-1] > 1 else answer + 0.01 for answer in own]
    assert record.largest_difference(model, sequences, moved, number=told["number"]) > 100 * TOLERANCE


def test_an_answer_that_is_missing_is_no_agreement():
    (weights, sequences, own), told = recorded("imdb-rnn"), VERDICTS["imdb-rnn"]
    model = rnn_tui.from_torch(weights, told["vocabulary"], told["labels"], **told["options"])
    missing = [np.full_like(answer, np.nan) for answer in own[:-1]] + own[-1:]
    assert np.isnan(record.largest_difference(model, sequences, missing))


def test_numbers_are_compared_in_units_of_the_largest():
    (weights, sequences, own), told = recorded("imdb-rnn"), VERDICTS["imdb-rnn"]
    model = rnn_tui.from_torch(weights, told["vocabulary"], told["labels"], **told["options"])
    hundreds = [np.full_like(answer, 200) for answer in own]
    as_numbers = record.largest_difference(model, sequences, hundreds, number=True)
    assert as_numbers == pytest.approx(record.largest_difference(model, sequences, hundreds) / 200)


def test_a_series_is_typed_with_commas_in_a_timestep():
    assert record.numbers_in_text(np.array([0.5, -1.25])) == "0.5 -1.25"
    assert record.numbers_in_text(np.array([[0.5, 1.0], [-1.25, 0.0]])) == "0.5,1.0 -1.25,0.0"


# Live, where the frameworks are installed


def networks_of(framework):
    """The networks of a framework; skips where it isn't installed."""
    pytest.importorskip("torch")
    if framework == "Keras":
        os.environ.setdefault("KERAS_BACKEND", "torch")
        pytest.importorskip("keras")
    return record.networks(framework)


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.filterwarnings("ignore")
def test_every_listed_network_is_written(framework):
    written = networks_of(framework)
    assert list(written) == of_framework(framework)
    assert [name for name, one in written.items() if len(one.vocabulary)] == [
        name for name in written if LISTED[name].reads_text
    ]


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.filterwarnings("ignore")  # the frameworks warn of what tutorials do
def test_the_verdict_is_as_recorded(name):
    framework = LISTED[name].framework
    now, _ = record.verdict(networks_of(framework)[name], framework)
    then = VERDICTS[name]
    again = "renew it with: python -m tests.tutorials.record"
    assert now["verdict"] == then["verdict"], again
    if now["verdict"] == record.REFUSED:
        assert now["reason"] == then["reason"], again
    else:
        assert (now["as"], now["options"]) == (then["as"], then["options"]), again
        assert now["largest_difference"] <= TOLERANCE
