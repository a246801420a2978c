"""One Chromium for all tests of a file."""

from __future__ import annotations

import pytest

from tests.browser.devtools import Browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    one = Browser(tmp_path_factory.mktemp("chromium"))
    yield one
    one.close()
