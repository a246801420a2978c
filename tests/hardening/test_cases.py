"""Cases are counted, named where they fail, and ended where they hang, however busy the machine is."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.hardening import running
from tests.hardening.cases import Cases, Fault, Hang, numbers
from tests.hardening.running import call_apart


def test_cases_are_drawn_from_the_seed_and_counted_and_named_where_they_fail():
    def drawn(seed):
        found = []
        Cases("walk", range(3), seed, float("inf")).each(lambda chance: found.append(chance.random()))
        return found

    assert drawn("1") == drawn("1") != drawn("2")
    assert len(set(drawn("1"))) == 3
    assert numbers("walk", 300, 0.1, "") == list(range(30))
    assert numbers("model file", 300, 1, "model-file:7") == [7]
    assert numbers("walk", 300, 1, "model-file:7") == []
    late = Cases("walk", range(3), "1", 0.0)
    late.each(lambda chance: None)
    assert late.count == 0


def test_a_case_that_fails_or_hangs_is_named():
    def one(chance):
        if chance.number == 1:
            raise Fault("it is so")
        if chance.number == 2:
            time.sleep(5)
        while chance.number == 3:
            pass

    cases = Cases("model file", range(5), "77", float("inf"))
    with pytest.raises(pytest.fail.Exception) as failed:
        cases.each(one, seconds=0.2)
    said = str(failed.value)
    assert "3 of 5 fail" in said
    assert "it is so" in said
    assert said.count("    hangs") == 2
    assert "--hardening-seed 77 --hardening-case model-file:2" in said
    assert issubclass(Hang, BaseException)
    assert not issubclass(Hang, Exception)


async def test_a_case_that_waits_and_hangs_is_named():
    async def one(chance):
        if chance.number == 1:
            await asyncio.sleep(5)
        while chance.number == 2:
            await asyncio.sleep(0)

    cases = Cases("walk", range(4), "77", float("inf"))
    with pytest.raises(pytest.fail.Exception, match="2 of 4 fail") as failed:
        await cases.each_awaited(one, seconds=0.2)
    assert str(failed.value).count("    hangs") == 2


def test_a_call_that_hangs_has_no_exit_code(monkeypatch):
    monkeypatch.setattr(running, "MEASURED", "while True: pass")
    monkeypatch.setattr(running, "MOST_SECONDS", 1)
    assert call_apart("trace").code is None
    monkeypatch.setattr(running, "MEASURED", "import time; time.sleep(60)")
    monkeypatch.setattr(running, "MOST_SECONDS_BY_THE_CLOCK", 0.5)
    assert call_apart("trace").code is None
