"""`rnn-tui evaluate`: figures, confusion, and the mistakes, each with the command that opens it."""

from __future__ import annotations

import json
import math
import shlex
import time

import pytest

from rnn_tui.cli import main
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.network.trace import run
from rnn_tui.quoting import command_line
from tests.builders import build
from tests.cli.test_train import complaint


@pytest.fixture
def file_of(tmp_path):
    def write(content, name="data.txt"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


def evaluated(capsys, *arguments):
    code = main(["evaluate", *arguments])
    streams = capsys.readouterr()
    assert (code, streams.err) == (0, "")
    return streams.out


TEXTS = ("the dog barked", "the cat slept", "not the dog", "and not and", "slept")


def next_token_model():
    labels = ("a", "b", "<end>")
    return build(readout="each", words=("^", "a", "b"), labels=labels, unknown=None, provenance={"start": "^"})


def probabilities(model, texts):
    return [run(model, model.tokenize(text)).values["probs"][-1] for text in texts]


def test_json_is_what_the_trace_says(shelf_of, file_of, capsys):
    # given five texts and what the model answers to each, counted by hand from the trace
    model = build("gru", None, seed=2)
    shelf_of(small=model)
    truths = [0, 1, 1, 0, 1]
    probs = probabilities(model, TEXTS)
    confusion = [[0, 0], [0, 0]]
    for truth, p in zip(truths, probs, strict=True):
        confusion[truth][int(p.argmax())] += 1
    rows = "".join(f"{text},{model.labels[truth]}\n" for text, truth in zip(TEXTS, truths, strict=True))
    # when they are evaluated
    fields = json.loads(evaluated(capsys, "-m", "small", file_of("text,label\n" + rows), "--json"))
    # then it says the same, and nothing else
    assert list(fields) == ["format", "model", "n", "accuracy", "loss", "bits_per_token", "confusion"]
    assert (fields["format"], fields["model"], fields["n"], fields["bits_per_token"]) == (1, "small", 5, None)
    assert fields["confusion"] == confusion
    assert fields["accuracy"] == pytest.approx((confusion[0][0] + confusion[1][1]) / 5)
    losses = [-math.log(p[truth]) for truth, p in zip(truths, probs, strict=True)]
    assert fields["loss"] == pytest.approx(sum(losses) / 5, abs=1e-5)


def test_bits_a_token_of_a_model_that_says_what_comes_next(shelf_of, file_of, capsys):
    model = next_token_model()
    shelf_of(writer=model)
    fields = json.loads(evaluated(capsys, "-m", "writer", file_of("a b\n"), "--json"))
    probs = run(model, model.tokenize("^ a b")).values["probs"]
    loss = -(math.log(probs[0][0]) + math.log(probs[1][1]) + math.log(probs[2][2])) / 3
    assert fields["n"] == 3
    assert fields["loss"] == pytest.approx(loss, abs=1e-5)
    assert fields["bits_per_token"] == pytest.approx(loss / math.log(2), abs=1e-5)


def mistakes(shown):
    """The lines under "worst mistakes", and the arguments of their commands."""
    lines = shown.split("worst mistakes\n")[1].splitlines()
    return lines[::2], [shlex.split(line)[1:] for line in lines[1::2]]


def test_mistakes_come_worst_first_and_their_commands_open_them(shelf_of, file_of, capsys):
    # given a file in which every label is wrong
    model = build(seed=2)
    shelf_of(small=model)
    probs = probabilities(model, TEXTS)
    wrong = [(text, 1 - int(p.argmax()), float(p.max())) for text, p in zip(TEXTS, probs, strict=True)]
    path = file_of("text,label\n" + "".join(f"{text},{model.labels[truth]}\n" for text, truth, _ in wrong))
    # when it is evaluated
    shown = evaluated(capsys, "-m", "small", path, "--mistakes", "3")
    lines, commands = mistakes(shown)
    # then the surest mistakes come first, and each command opens that text
    expected = [text for text, _, _ in sorted(wrong, key=lambda mistake: -mistake[2])[:3]]
    assert [command[command.index("-s") + 1] for command in commands] == expected
    assert [int(line.split("row ")[1].split(":")[0]) for line in lines] == [TEXTS.index(text) + 2 for text in expected]
    for arguments in commands:
        assert main(["trace", *arguments]) == 0


EDITS = ("scale-memory 0.1", "set fc.bias[1] -0.75", "silence 2")


def test_an_edited_network_is_evaluated(shelf_of, file_of, capsys):
    # given what an edited network answers, counted by hand
    model = build("gru", None, seed=2)
    folder = shelf_of(small=model)
    content = (folder / "small.safetensors").read_bytes()
    edited, _ = apply_edits(model, (), [parse_edit(edit) for edit in EDITS])
    losses = [-math.log(p[1]) for p in probabilities(edited, TEXTS)]
    path = file_of("text,label\n" + "".join(f"{text},Positive\n" for text in TEXTS))
    options = [word for edit in EDITS for word in ("--edit", edit)]
    # when the edits are on the command line
    before = json.loads(evaluated(capsys, "-m", "small", path, "--json"))
    fields = json.loads(evaluated(capsys, "-m", "small", path, "--json", *options))
    # then the figures are those, and the file is as it was
    assert fields["loss"] == pytest.approx(sum(losses) / 5, abs=1e-5)
    assert fields["loss"] != pytest.approx(before["loss"], abs=1e-3)
    assert (folder / "small.safetensors").read_bytes() == content
    # and people are told what was evaluated
    first = evaluated(capsys, "-m", "small", path, *options).splitlines()[0]
    assert first == f"small with scale-memory 0.1, set fc.bias[1] -0.75, silence 2 on {path}: 5 texts"


def test_a_mistake_of_an_edited_network_opens_in_that_network(shelf_of, file_of, capsys):
    # given an edited network, for which every label is wrong
    model = build(seed=2)
    shelf_of(small=model)
    edited, _ = apply_edits(model, (), [parse_edit(edit) for edit in EDITS])
    answers = [int(p.argmax()) for p in probabilities(edited, TEXTS)]
    rows = [f"{text},{model.labels[1 - answer]}\n" for text, answer in zip(TEXTS, answers, strict=True)]
    options = [word for edit in EDITS for word in ("--edit", edit)]
    # when it is evaluated, then each command opens its text in that network
    shown = evaluated(capsys, "-m", "small", file_of("text,label\n" + "".join(rows)), "--allow-large", *options)
    _, commands = mistakes(shown)
    assert len(commands) == len(TEXTS)
    for arguments in commands:
        assert "--allow-large" in arguments
        assert main(["trace", *arguments, "--json"]) == 0
        text = arguments[arguments.index("-s") + 1]
        expected = probabilities(edited, [text])[0]
        assert json.loads(capsys.readouterr().out)["steps"][-1]["probs"] == [float(p) for p in expected]


@pytest.mark.parametrize("edit", ["word 2 great", "insert 3 not", "drop 3", "move 3 1"])
def test_edits_of_words_are_of_one_sentence(shelf_of, file_of, capsys, edit):
    shelf_of(small=build())
    path = file_of("text,label\nthe dog,Positive\n")
    assert main(["evaluate", "-m", "small", path, "--edit", "forget", "--edit", edit]) == 2
    assert f"--edit “{edit}” changes one sentence, and evaluate reads many" in complaint(capsys)


@pytest.mark.parametrize(
    ("edit", "says"), [("frogs", "no edit is called “frogs”"), ("silence 9", "there is no unit 9")]
)
def test_a_wrong_edit_is_a_wrong_call(shelf_of, file_of, capsys, edit, says):
    shelf_of(small=build())
    assert main(["evaluate", "-m", "small", file_of("text,label\nthe dog,Positive\n"), "--edit", edit]) == 2
    assert says in complaint(capsys)


def test_a_mistake_of_a_tagger_opens_at_its_word(shelf_of, file_of, capsys):
    model = build(readout="each", labels=("A", "B"), seed=2)
    shelf_of(mine=model)
    probs = run(model, model.tokenize("the dog barked")).values["probs"]
    tags = [int(p.argmax()) for p in probs]
    tags[1] = 1 - tags[1]
    path = file_of(f"the dog barked\t{' '.join(model.labels[tag] for tag in tags)}\n")
    (line,), (arguments,) = mistakes(evaluated(capsys, "-m", "mine", path))
    assert line.strip().startswith("row 1, word 2 “dog”: it is")
    assert arguments == ["-m", "mine", "-s", "the dog barked", "--at", "2:check"]
    assert main(["walk", *arguments]) == 0


def test_a_surprise_opens_behind_the_start_token(shelf_of, file_of, capsys):
    shelf_of(writer=next_token_model())
    lines, commands = mistakes(evaluated(capsys, "-m", "writer", file_of("a\nb\na b\nb a\n")))
    for line, arguments in zip(lines, commands, strict=True):
        text, place = arguments[arguments.index("-s") + 1], int(arguments[-1].split(":")[0])
        assert text.startswith("^ ")
        assert f"after word {place} “{text.split()[place - 1]}”" in line


def test_shell_characters_and_a_leading_dash_survive(shelf_of, file_of, capsys):
    model = build(seed=2)
    shelf_of(small=model)
    text = '- the $HOME `dog` isn\'t "barked" \x1b[31m'
    truth = 1 - int(run(model, model.tokenize(text)).values["probs"][-1].argmax())
    quoted = text.replace('"', '""')
    shown = evaluated(capsys, "-m", "small", file_of(f'text,label\n"{quoted}",{model.labels[truth]}\n'))
    assert "\x1b" not in shown
    line = shown.split("worst mistakes\n")[1].splitlines()[1].strip()
    assert line == f"rnn-tui -m small {command_line([f'--sentence={text}'])}"
    assert r"\033[31m" in line


def test_the_confusion_table_is_aligned(shelf_of, file_of, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    model = build(labels=("短い", "a label that is far too long for it"), seed=2)
    shelf_of(small=model)
    shown = evaluated(capsys, "-m", "small", file_of("text,label\nthe,短い\ndog,短い\ncat,短い\n"))
    counts = [sum(int(p.argmax()) == place for p in probabilities(model, ("the", "dog", "cat"))) for place in (0, 1)]
    table = shown.split("confusion (rows: what it is, columns: what the net says)\n")[1].splitlines()[:3]
    assert table == [
        "                    短い  a label that is…",
        f"  短い              {counts[0]:>4}  {counts[1]:>16}",
        f"  a label that is…  {0:>4}  {0:>16}",
    ]


def test_many_labels_give_the_pairs_that_are_confused_most(shelf_of, file_of, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    labels = tuple(f"label-{k}" for k in range(40))
    model = build(labels=labels, seed=2)
    shelf_of(small=model)
    said = labels[int(probabilities(model, ["the"])[0].argmax())]
    truth = next(label for label in labels if label != said)
    shown = evaluated(capsys, "-m", "small", file_of(f"text,label\n{f'the,{truth}{chr(10)}' * 3}"))
    assert f"  {truth:16}  {said:16}       3" in shown


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("text,label\nthe dog,Positive\nthe cat,Neutral\n", "row 3: the label “Neutral” is none of the model's 2: Neg"),
        ("text,mark\nthe dog,Positive\n", "row 1: no column is called “label”"),
        ("", "is empty"),
    ],
)
def test_faults_are_one_line(shelf_of, file_of, capsys, content, says):
    shelf_of(small=build())
    assert main(["evaluate", "-m", "small", file_of(content)]) == 1
    assert says in complaint(capsys)


def test_a_model_is_needed(file_of, capsys):
    assert main(["evaluate", file_of("text,label\n")]) == 2
    assert "-m/--model" in complaint(capsys)


def test_json_knows_no_infinity(shelf_of, file_of, capsys):
    shelf_of(wild=build(activation="identity", scale=1e4))
    fields = json.loads(evaluated(capsys, "-m", "wild", file_of(f"text,label\n{'dog the ' * 9},Positive\n"), "--json"))
    assert fields["loss"] is None


def test_thousands_of_sentences_take_seconds(shelf_of, file_of, capsys):
    shelf_of(small=build("lstm", None, hidden=32))
    rows = "".join(f"{'the dog barked and ' * (1 + k % 5)}slept,Positive\n" for k in range(5000))
    path = file_of("text,label\n" + rows)
    begun = time.process_time()
    evaluated(capsys, "-m", "small", path)
    assert time.process_time() - begun < 5
