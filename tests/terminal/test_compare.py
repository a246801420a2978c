"""`rnn-tui compare` in a pseudo-terminal."""

from __future__ import annotations


def test_it_opens_both_sides_goes_to_where_they_part_and_back_to_one(terminal):
    # given a terminal of the smallest usual size
    screen = terminal("compare", "-s", "Kicking and screaming", "--edit", "scale-memory 0.5", columns=80, rows=24)
    screen.wait_for("compare: a network", " A ", " B ", "with half the memory", "A − B")
    # when one goes to where the two part
    screen.send("j")
    # then it says so
    screen.wait_for("word 2 of 3 · 3 Check", "They part at word 2", "part")
    # and the other side alone is the edited network
    screen.send("\t", "c")
    screen.wait_for("word 2 of 3 · 3 Check", "Memory")
    screen.send("q")
    assert screen.program.wait() == 0


def test_through_a_lens_and_out_with_the_command_that_opens_it_again(terminal):
    # given a plain cell beside a gated one
    screen = terminal(
        "compare", "-m", "recall-elman", "-m", "recall-lstm", "-s", "obcdf", "--print-scene", columns=120, rows=30
    )
    screen.wait_for("compare: two networks")
    # when one looks how long each letter is remembered
    screen.send("v", "w")
    # then both sides show it, and it is told what differs
    screen.wait_for(
        "character 2 of 5", "A: Without “o” the memory would be", "B: Without “o” the memory would be", "So what?"
    )
    # and the program leaves the command for it
    screen.send("q")
    screen.wait_for("rnn-tui compare -m recall-elman -m recall-lstm -s obcdf --at 2:read --lens memory")
    assert screen.program.wait() == 0
