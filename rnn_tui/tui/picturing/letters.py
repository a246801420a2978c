"""Letters of a monospaced font that the system has, each inside its cells."""

from __future__ import annotations

from functools import cached_property

from PIL import Image, ImageDraw, ImageFont

from rnn_tui.network.errors import UserError

MONOSPACED = (
    ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    ("Menlo.ttc", "Menlo.ttc"),
    ("consola.ttf", "consolab.ttf"),
    ("LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
    ("NotoSansMono-Regular.ttf", "NotoSansMono-Bold.ttf"),
    ("UbuntuMono-R.ttf", "UbuntuMono-B.ttf"),
    ("FiraCode-Regular.ttf", "FiraCode-Bold.ttf"),
    ("FreeMono.ttf", "FreeMonoBold.ttf"),
    ("cour.ttf", "courbd.ttf"),
)
"""The files of the fonts, the first of which is taken: plain and bold. Those that have more of our signs come first."""
OTHERS = (
    "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
    "NotoSansSymbols2-Regular.ttf", "FreeSerif.ttf", "unifont.otf", "unifont.ttf", "Arial Unicode.ttf",
    "Apple Symbols.ttf", "PingFang.ttc", "seguisym.ttf", "seguiemj.ttf", "msyh.ttc", "msgothic.ttc", "malgun.ttf",
)  # fmt: skip
"""The files of the fonts in which a letter is looked for that the monospaced one lacks."""
UNASSIGNED = "\U0010ffff"
"""A character that no font has: it is drawn as all are that a font lacks."""


class Letters:
    """The letters of a font at a size in pixels, as masks of whole cells; `width` and `height` are a cell's."""

    def __init__(self, size: int) -> None:
        """Raises UserError where the system has no monospaced font that is known."""
        self.size = size
        for plain, bold in MONOSPACED:
            font = _font(plain, size)
            if font is not None:
                self._plain, self._bold = font, _font(bold, size) or font
                break
        else:
            raise UserError("no monospaced font is here to draw letters with; install DejaVu Sans Mono")
        self.width = round(self._plain.getlength("M"))
        self._ascent, descent = self._plain.getmetrics()
        self.height = self._ascent + descent

    def mask(self, letter: str, cells: int, *, bold: bool) -> Image.Image:
        """A letter with the marks that belong to it, made narrower where it is wider than its cells."""
        font = self._having(letter[0], self._bold if bold else self._plain)
        width = self.width * max(1, cells)
        left, _, right, _ = font.getbbox(letter, anchor="ls")
        natural = max(round(font.getlength(letter)), int(right))
        drawn = Image.new("L", (max(width, natural - min(0, int(left))), self.height))
        shift = -min(0, int(left)) + max(0, width - natural) // 2
        ImageDraw.Draw(drawn).text((shift, self._ascent), letter, fill=255, font=font, anchor="ls")
        return drawn if drawn.width == width else drawn.resize((width, self.height), Image.Resampling.BOX)

    @cached_property
    def _others(self) -> list[ImageFont.FreeTypeFont]:
        """The other fonts that are here."""
        return [font for name in OTHERS if (font := _font(name, self.size)) is not None]

    def _having(self, character: str, preferred: ImageFont.FreeTypeFont) -> ImageFont.FreeTypeFont:
        """The first font that has a character: the preferred one, the plain one, or another; else the preferred."""
        if character.isascii() or _has(preferred, character):
            return preferred
        return next((font for font in (self._plain, *self._others) if _has(font, character)), preferred)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    """The font of a file's name, wherever the system keeps its fonts; None where it has none."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _has(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Tell whether a font has a character: it draws another picture than for what no font has."""
    return bytes(font.getmask(character)) != bytes(font.getmask(UNASSIGNED))
