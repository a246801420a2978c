"""Files that are no text, known by their first bytes whatever their names end in; each with its mend."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_BEGINNING = 8192


@dataclass(frozen=True)
class Signature:
    """One kind of file: its first bytes (or another one's, behind `offset`), what it is called, and the mend.

    Where the bytes are letters that a text may begin with (`plain`), it counts only where what follows is no text.
    """

    begins: tuple[bytes, ...]
    title: str
    mend: str
    offset: int = 0
    plain: bool = False

    def fits(self, content: bytes) -> bool:
        """True where the bytes of a file begin so."""
        at = content[self.offset : self.offset + 64]
        return at.startswith(self.begins) and not (self.plain and _is_text(content))


_UNPACK = "unpack it, and give the file in it"
_TABLE = "save it as CSV, in UTF-8"
_PANDAS = 'save it as CSV: pandas.{}(FILE).to_csv("data.csv", index=False)'
_TENSORS = "`rnn-tui import` makes a model of weights; to learn from, give texts with their labels as CSV"
_ARRAYS = "these are arrays of numbers or weights, not texts: `rnn-tui import` reads weights; a series: a number a line"

_WORKBOOK = Signature((), "an Excel workbook", "save it as CSV UTF-8 (File, Save As, CSV UTF-8)")
_ZIPPED: tuple[tuple[Callable[[str, bytes], bool], Signature], ...] = (
    (lambda names, _: "\nxl/" in names, _WORKBOOK),
    (lambda names, _: "\nword/" in names, Signature((), "a Word document", "save it as plain text, in UTF-8")),
    (lambda names, _: "\nppt/" in names, Signature((), "a PowerPoint presentation", "save its text as plain text")),
    (
        lambda _, content: b"opendocument.spreadsheet" in content[:200],
        Signature((), "an OpenDocument spreadsheet", "save it as CSV, in UTF-8 (Save As, Text CSV)"),
    ),
    (
        lambda _, content: b"opendocument" in content[:200],
        Signature((), "an OpenDocument text", "save it as plain text, in UTF-8"),
    ),
    (lambda names, _: "/data.pkl\n" in names, Signature((), "a checkpoint of PyTorch", _TENSORS)),
    (lambda names, _: "\nmodel.weights.h5\n" in names, Signature((), "a Keras model", _TENSORS)),
    (lambda names, _: ".npy\n" in names, Signature((), "a NumPy archive (.npz)", _ARRAYS)),
    (lambda *_: True, Signature((), "a zip archive", _UNPACK)),
)
"""The kinds of file that are zip archives, by the names in them and by their bytes."""

SIGNATURES: tuple[Signature, ...] = (
    Signature((b"\x1f\x8b",), "a gzip archive", "unpack it (gunzip FILE), and give the file in it"),
    Signature((b"BZh",), "a bzip2 archive", _UNPACK, plain=True),
    Signature((b"\xfd7zXZ\0",), "an xz archive", _UNPACK),
    Signature((b"\x28\xb5\x2f\xfd",), "a Zstandard archive", _UNPACK),
    Signature((b"7z\xbc\xaf\x27\x1c",), "a 7-Zip archive", _UNPACK),
    Signature((b"Rar!\x1a\x07",), "a RAR archive", _UNPACK),
    Signature((b"ustar",), "a tar archive", _UNPACK, offset=257),
    Signature((b"PAR1",), "a Parquet file", _PANDAS.format("read_parquet"), plain=True),
    Signature((b"ARROW1", b"FEA1"), "an Arrow (Feather) file", _PANDAS.format("read_feather"), plain=True),
    Signature((b"ORC",), "an ORC file", _PANDAS.format("read_orc"), plain=True),
    Signature((b"Obj\x01",), "an Avro file", _TABLE),
    Signature((b"SQLite format 3\0",), "an SQLite database", "save one of its tables as CSV (sqlite3 -csv -header)"),
    Signature(
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), "a file of old Excel or Word", f"{_TABLE} (a document: as plain text)"
    ),
    Signature((b"%PDF-",), "a PDF", "save its text as plain text, in UTF-8"),
    Signature((b"{\\rtf",), "a rich text document (RTF)", "save it as plain text, in UTF-8"),
    Signature((b"%!PS",), "a PostScript file", "save its text as plain text, in UTF-8"),
    Signature((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"), "a picture", "give its text"),
    Signature((b"RIFF", b"OggS", b"ID3", b"fLaC"), "a sound or a film", "give its text", plain=True),
    Signature((b"ftyp",), "a film", "give its text", offset=4, plain=True),
    Signature((b"\x89HDF\r\n\x1a\n",), "an HDF5 file (.h5)", _ARRAYS),
    Signature((b"\x93NUMPY",), "a NumPy array (.npy)", _ARRAYS),
    Signature(
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        "a Python pickle",
        "which could run anything and is never opened; save its texts and labels as CSV",
    ),
    Signature((b'{"', b"{ "), "a file of weights (.safetensors)", _TENSORS, offset=8, plain=True),
    Signature((b"MATLAB 5.0",), "a MATLAB file", _TABLE, plain=True),
    Signature((b"$FL2", b"$FL3", b"<stata_dta>"), "a file of SPSS or Stata", _TABLE, plain=True),
    Signature((b"\x7fELF", b"\xcf\xfa\xed\xfe"), "a program", "give a file of texts"),
    Signature((b"MZ",), "a program", "give a file of texts", plain=True),
    Signature(
        (b"version https://git-lfs.github.com/spec/",),
        "a pointer of Git LFS, which stands for the file itself",
        "fetch it (git lfs pull), or download it from its page",
    ),
)
"""All kinds, but for zip archives; the first that fits is taken."""


def recognised(content: bytes, signatures: Iterable[Signature] = SIGNATURES) -> Signature | None:
    """The kind of a file that is no text, by its first bytes; None where none is known."""
    if content.startswith((b"PK\3\4", b"PK\5\6")):
        names = "\n" + "\n".join(_members(content)) + "\n"
        return next(signature for fits, signature in _ZIPPED if fits(names, content))
    return next((signature for signature in signatures if signature.fits(content)), None)


def _members(content: bytes) -> list[str]:
    """The names in a zip archive; of one that is cut short those that a kind is known by."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        known = ("xl/", "word/", "ppt/", "/data.pkl", "model.weights.h5", ".npy")
        return [name for name in known if name.encode() in content]


def _is_text(content: bytes) -> bool:
    """True where the beginning has no control characters but white space, in whatever encoding it is."""
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:_BEGINNING])
