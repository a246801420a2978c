"""`rnn-tui lens`: pictures for people, JSON for programs."""

import json

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.lenses import LENSES

TEXT = "Kicking and screaming"
FIELDS = {
    "memory": {"influence"},
    "gradient": {"norm", "factor", "spectral_radius"},
    "recency": {"leave_one_out", "integrated_gradients", "position_sweep"},
    "units": {"units"},
    "path": {"points", "explained"},
    "diagram": {"tokens"},
}


def printed(capsys, *arguments):
    code = main(["lens", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("lens", FIELDS)
def test_json_has_the_fields_of_the_contract(lens, capsys):
    code, out, err = printed(capsys, lens, "-s", TEXT, "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["format"] == 1
    assert found["lens"] == lens
    assert found["tokens"] == ["kicking", "and", "screaming"]
    assert FIELDS[lens] <= set(found)


def test_shapes_are_those_of_the_contract(capsys):
    influence = np.array(json.loads(printed(capsys, "memory", "-s", TEXT, "--json")[1])["influence"])
    gradient = json.loads(printed(capsys, "gradient", "-s", TEXT, "--json")[1])
    recency = json.loads(printed(capsys, "recency", "-s", TEXT, "--json")[1])
    path = json.loads(printed(capsys, "path", "-s", TEXT, "--json")[1])
    units = json.loads(printed(capsys, "units", "-s", TEXT, "--json")[1])["units"]

    assert influence.shape == (3, 3)
    assert not influence[np.tril_indices(3, -1)].any()
    assert (len(gradient["norm"]), len(gradient["factor"])) == (3, 2)
    assert gradient["norm"][-1] == 1
    assert np.array(recency["position_sweep"]).shape == (3, 3)
    assert np.array(path["points"]).shape == (4, 2)
    assert [unit["name"] for unit in units] == ["verb", "noun", "glue", "mood"]
    assert {"name", "correlation", "up", "down", "silenced"} <= set(units[0])


def test_attention_is_for_models_that_have_it(capsys):
    code, out, _ = printed(capsys, "attention", "-m", "sentiment-attention", "-s", "not good", "--json")
    assert code == 0
    assert {"weights", "probs_attention", "probs_last"} <= set(json.loads(out))

    code, out, err = printed(capsys, "attention", "-s", TEXT)
    assert (code, out) == (1, "")
    assert "sentiment-attention" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("lens", FIELDS)
def test_a_picture_has_a_heading_and_says_so_what(lens, capsys):
    code, out, err = printed(capsys, lens, "-s", TEXT)

    assert (code, err) == (0, "")
    assert "So what?" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_where_every_word_has_an_answer_at_says_which(capsys):
    def answer(*at):
        _, out, _ = printed(capsys, "recency", "-m", "tagger", "-s", "the dog barked", "--json", *at)
        return json.loads(out)["label"], json.loads(out)["probability"]

    assert answer() == answer("--at", "3")
    assert answer("--at", "1") != answer()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "invalid choice"),
        ([], "required"),
        (["memory", "--at", "9"], "the sentence has 3 words"),
        (["memory", "-s", ""], "the sentence is empty"),
    ],
)
def test_a_wrong_call(arguments, said, capsys):
    code, out, err = printed(capsys, *arguments)

    assert (code, out) == (2, "")
    assert said in err


def test_every_lens_is_offered(capsys):
    assert main(["lens", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in LENSES)


def test_a_long_sentence_has_its_whole_sweep_as_json_and_one_word_of_it_as_a_picture(capsys):
    text = " ".join(["kicking and screaming the music"] * 7)

    _, out, _ = printed(capsys, "recency", "-s", text, "--json")
    assert np.array(json.loads(out)["position_sweep"]).shape == (35, 35)

    code, out, err = printed(capsys, "recency", "-s", text, "--at", "2")
    assert (code, err) == (0, "")
    assert "at place 2" in out
