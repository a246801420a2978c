"""The routines that OpenBLAS is told to use."""

import os

import pytest

from rnn_tui.cli.processor import NEEDED, prepare


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """What is chosen for a processor with this vendor and these flags."""
    monkeypatch.setenv("OPENBLAS_CORETYPE", "")
    monkeypatch.delenv("OPENBLAS_CORETYPE")

    def choose(vendor, flags):
        file = tmp_path / "cpuinfo"
        file.write_text(f"vendor_id\t: {vendor}\nflags\t\t: {' '.join(flags)}\n", encoding="ascii")
        prepare(file)
        return os.environ.get("OPENBLAS_CORETYPE")

    return choose


def test_an_amd_processor_with_avx_512_gets_its_routines(chosen):
    assert chosen("AuthenticAMD", {"sse", *NEEDED}) == "SKYLAKEX"


@pytest.mark.parametrize("missing", sorted(NEEDED))
def test_without_one_of_the_parts_nothing_is_chosen(chosen, missing):
    assert chosen("AuthenticAMD", NEEDED - {missing}) is None


def test_other_processors_are_known_to_openblas(chosen):
    assert chosen("GenuineIntel", NEEDED) is None


def test_whoever_has_chosen_is_obeyed(chosen, monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "ZEN")

    assert chosen("AuthenticAMD", NEEDED) == "ZEN"


def test_where_there_is_no_such_file_nothing_is_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "")
    monkeypatch.delenv("OPENBLAS_CORETYPE")

    prepare(tmp_path / "none")

    assert "OPENBLAS_CORETYPE" not in os.environ
