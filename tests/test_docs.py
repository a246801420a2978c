"""The pictures of README are what the program draws now."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from tests.browser.chromium import needs_chromium

FOLDER = Path(__file__).resolve().parents[1] / "docs"
spec = importlib.util.spec_from_file_location("draw", FOLDER / "draw.py")
draw = importlib.util.module_from_spec(spec)
sys.modules["draw"] = draw  # where its dataclass looks for its names
spec.loader.exec_module(draw)


def shown(svg):
    """What an SVG says, text by text, whatever Textual calls its classes."""
    return [text.replace("&#160;", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


@pytest.mark.parametrize("name", draw.PICTURES)
async def test_a_picture_is_up_to_date(name, monkeypatch):
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    # given the picture in the repository; when it is drawn anew; then it says the same (else: python docs/draw.py)
    now = shown(await draw.drawn(draw.PICTURES[name]))
    assert now == shown((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert len(now) > 40


def test_readme_shows_every_picture():
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(docs/([\w-]+)\.svg\)", readme)) == set(draw.PICTURES)
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(draw.PICTURES)


def test_the_animation_is_up_to_date(tmp_path):
    """The same steps and, where the same font is here, the same screens (else: python docs/draw.py)."""
    image = pytest.importorskip("PIL.Image")
    from PIL import ImageChops

    kept = FOLDER / f"{draw.WALK}.gif"
    assert kept.stat().st_size <= 400_000
    assert f"(docs/{kept.name})" in (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    draw.write_walk(tmp_path / "now.gif")
    before, now = image.open(kept), image.open(tmp_path / "now.gif")
    assert before.n_frames == now.n_frames > 3
    if before.size != now.size:
        pytest.skip("its letters are drawn in another font here")
    for frame in range(now.n_frames):
        before.seek(frame)
        now.seek(frame)
        difference = ImageChops.difference(before.convert("L"), now.convert("L")).point([0] * 64 + [1] * 192)
        assert difference.histogram()[1] < 0.01 * now.width * now.height, f"frame {frame + 1}"


@needs_chromium
def test_the_picture_of_the_page_is_up_to_date(tmp_path):
    """The same page, where the same font is here (else: python docs/draw.py)."""
    image = pytest.importorskip("PIL.Image")
    from PIL import ImageChops

    kept = FOLDER / f"{draw.PHONE}.png"
    assert kept.stat().st_size <= 100_000
    assert f'"docs/{kept.name}"' in (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    draw.write_phone(tmp_path / "now.png")
    before, now = (image.open(path).convert("L") for path in (kept, tmp_path / "now.png"))
    assert before.size == now.size
    different = ImageChops.difference(before, now).point([0] * 64 + [1] * 192)
    if different.crop((60, 60, 340, 120)).histogram()[1]:  # the title
        pytest.skip("its letters are drawn in another font here")
    assert different.histogram()[1] < 0.005 * now.width * now.height
