"""What is no file is refused before anything of it is read."""

import os

import pytest

from rnn_tui.interop.files import read_tensors
from rnn_tui.network.errors import UserError


@pytest.mark.parametrize("ending", ["safetensors", "npz", "h5", "keras", "pt"])
def test_a_pipe_is_refused_before_anybody_waits_for_it(tmp_path, ending):
    pipe = tmp_path / f"weights.{ending}"
    os.mkfifo(pipe)
    with pytest.raises(UserError) as raised:
        read_tensors(pipe)
    assert str(raised.value) == f"{pipe}: is a pipe or a device, no file; give a file"
