"""Readers: the bytes of a file go in, a `Reading` comes out.

The format is found by content; a name decides only between formats that content cannot tell
apart. Each reader is a module of this package with `read(data: bytes) -> Reading`, imported only
when a file of its format comes: a new format is one new module and one line in `_READERS`.
Whatever a library throws at a broken file leaves this package as `UnreadableDocumentError`.
"""

from __future__ import annotations

import codecs
import dataclasses
import re
import struct
import unicodedata
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from ingest.reading import Format
from knowledge.errors import DocumentFault, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ingest.reading import Reading

MAX_BYTES = 50 * 1024 * 1024
"""Largest file, in bytes."""
MAX_UNPACKED_BYTES = 8 * MAX_BYTES
"""Largest sum of the members of a docx or xlsx, in bytes: a packed file may hide a huge one."""

_READERS: dict[Format, str] = {
    Format.TXT: "text",
    Format.MD: "markdown",
    Format.HTML: "html",
    Format.PDF: "pdf",
    Format.DOCX: "docx",
    Format.XLSX: "xlsx",
}
_SUFFIXES: dict[str, Format] = {
    ".txt": Format.TXT,
    ".md": Format.MD,
    ".markdown": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".xlsx": Format.XLSX,
}
SUPPORTED_SUFFIXES = frozenset(_SUFFIXES)

BROKEN_INPUT: tuple[type[Exception], ...] = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    OSError,
    RuntimeError,
    SyntaxError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What file libraries raise at a broken file, besides their own errors: none checks its input
first, and to an XML parser a wrong letter is a `SyntaxError`. Only for `translated`, around calls
of a library and never around our own code."""


def read(data: bytes, name: str) -> Reading:
    """A file as blocks in reading order, whatever its name says.

    Args:
        data: the whole file.
        name: the file's name; its folder does not matter.

    Raises:
        UnreadableDocumentError: no text can be had from the file; `fault` says why.
    """
    found = sniff(data, name)
    reading = _reader(found)(data)
    if not reading.blocks:
        raise UnreadableDocumentError(DocumentFault.NO_TEXT, found.value)
    return dataclasses.replace(reading, notes=(*_name_notes(name, found), *reading.notes))


def sniff(data: bytes, name: str) -> Format:
    """The format of a file, by its content; by its name only where content does not tell.

    Raises:
        UnreadableDocumentError: EMPTY, TOO_LARGE, PASSWORD, UNSUPPORTED, or DAMAGED for bytes that
            are no text and no known file.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError(DocumentFault.TOO_LARGE, f"{len(data)} bytes")
    if not data.strip():
        raise UnreadableDocumentError(DocumentFault.EMPTY)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(data)
    if _is_pdf(data):
        return Format.PDF
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _ole_fault(data)
    _refuse_known_binary(data)
    return _text_format(decode(data).text, name)


@contextmanager
def translated(detail: str, *errors: type[Exception]) -> Iterator[None]:
    """Within it, an error of a file library becomes an `UnreadableDocumentError` (DAMAGED).

    Args:
        detail: the format, for the message.
        errors: the library's own errors, besides `BROKEN_INPUT`.
    """
    try:
        yield
    except (*BROKEN_INPUT, *errors) as error:
        raise UnreadableDocumentError(DocumentFault.DAMAGED, detail) from error


def _reader(found: Format) -> Callable[[bytes], Reading]:
    module = import_module(f"{__name__}.{_READERS[found]}")
    return cast("Callable[[bytes], Reading]", module.read)


def _name_notes(name: str, found: Format) -> tuple[str, ...]:
    suffix = PurePath(name).suffix.lower()
    if not suffix or _SUFFIXES.get(suffix) is found:
        return ()
    return (f"tên tệp có đuôi {suffix} nhưng nội dung là {found.value}",)


# --- which format -----------------------------------------------------------------------------

_ZIP_FORMATS = {"word/": Format.DOCX, "xl/": Format.XLSX}
_OTHER_ZIPS = {
    "xl/workbook.bin": "xlsb",
    "ppt/presentation.xml": "pptx",
    "META-INF/container.xml": "epub",
    "META-INF/manifest.xml": "odf",
    "META-INF/MANIFEST.MF": "jar",
}
_OLE_KINDS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
    "__properties_version1.0": "msg",
}
_BINARY_KINDS = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gz",
    b"\x7fELF": "elf",
    b"{\\rtf": "rtf",
    b"SQLite format 3\x00": "sqlite",
}
_BINARY_KINDS_WITH_NUL = {b"MZ": "exe", b"BM": "bmp", b"RIFF": "webp", b"ID3": "mp3"}
"""Marks that a text may begin with too: they count only when a NUL byte follows soon."""
_HTML_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|table|tr|td|h[1-6]|ul|ol|li|br|title|b|i|a)\b[^<>]*>", re.I
)
_HEAD_CHARS = 4096


def _is_pdf(data: bytes) -> bool:
    """The mark may stand behind other bytes (a mail or web server's), but then so does the end."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t\x00").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in data[:1024] and b"%%EOF" in data[-1024:]


def _zip_format(data: bytes) -> Format:
    with translated("zip"), zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableDocumentError(DocumentFault.TOO_LARGE, "zip")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocumentError(DocumentFault.PASSWORD, "zip")
    names = [member.filename for member in members]
    other = next((kind for mark, kind in _OTHER_ZIPS.items() if mark in names), None)
    if other is not None:
        raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, other)
    for folder, found in _ZIP_FORMATS.items():
        if any(name.startswith(folder) for name in names) and "[Content_Types].xml" in names:
            return found
    raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, "zip")


def _ole_fault(data: bytes) -> UnreadableDocumentError:
    """Why an OLE file is refused: its directory holds the names of its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableDocumentError(DocumentFault.PASSWORD)
    for stream, kind in _OLE_KINDS.items():
        if f"{stream}\0".encode("utf-16-le") in data:
            return UnreadableDocumentError(DocumentFault.UNSUPPORTED, kind)
    return UnreadableDocumentError(DocumentFault.UNSUPPORTED, "ole")


def _refuse_known_binary(data: bytes) -> None:
    kinds = _BINARY_KINDS | (_BINARY_KINDS_WITH_NUL if b"\x00" in data[:256] else {})
    for mark, kind in kinds.items():
        if data.startswith(mark):
            raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, kind)
    if data[4:8] == b"ftyp":
        raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, "mp4")


def _text_format(text: str, name: str) -> Format:
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise UnreadableDocumentError(DocumentFault.EMPTY)
    head = text[:_HEAD_CHARS].lstrip("\ufeff \t\r\n")
    named = _SUFFIXES.get(PurePath(name).suffix.lower(), Format.TXT)
    if head.startswith("<") and _HTML_DOCUMENT.search(head):
        return Format.HTML
    if head.startswith("<?xml"):
        raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, "xml")
    if head[:13].lower() == "mime-version:":
        raise UnreadableDocumentError(DocumentFault.UNSUPPORTED, "mht")
    if named is Format.HTML or (named is not Format.MD and head.startswith("<")):
        return Format.HTML if _HTML_TAG.search(text) else Format.TXT
    return named if named is Format.MD else Format.TXT


# --- which letters ----------------------------------------------------------------------------

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, which begins with the same two bytes
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# TCVN 5712:1993 ("ABC", the .Vn fonts): the letter that Windows-1252 shows, and what is meant.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
# A Vietnamese syllable without its marks: first consonant, then one of the rimes there are.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:[ao]?[aeo]|ue|u?y|[iu])(?:c|ch|m|n|ng|nh|p|t)?|"
    r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:(?:i|y|uy)e(?:c|m|n|ng|p|t)|uo(?:c|m|n|ng|p|t)|ua(?:c|n|ng|t)|oo(?:c|ng)|o?a[iouy]|o?eo"
    r"|eu|[iy]a|[iy]eu|iu|o[ai]|u[aioue]|uay|uo[iu]|uy[au])"
)
# Python's codecs that turn bytes into bytes, and others that no page is written in.
_NO_ENCODINGS = frozenset(
    {
        *("base64", "bz2", "hex", "quopri", "uu", "zlib", "rot13", "punycode", "idna"),
        *("undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "utf-7"),
    }
)
_MARKS = re.compile("[\u0300-\u036f]")
_EDGES = "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—…•"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE_BYTES = 40_000
_LATIN = "cp1252"  # proved by charset-normalizer, not guessed: left free it takes "à" for "ŕ"
_MIN_SYLLABLES = 0.85  # share of the words with a letter beyond ASCII; broken decoding gives < 0.4
_MIN_ASCII = 0.85  # for other languages; Vietnamese in VNI or VISCII, which are not read, has 0.7
_MAX_CONTROLS = 0.01  # share of characters
_MAX_REPLACED = 0.0005  # share of characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text file's characters, and what its encoding was if that is worth a note."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The characters of a text file: UTF-8, UTF-16 and 32, Windows-1258, TCVN3, other old ones.

    Args:
        data: the whole file.
        declared: the encoding that the file itself names, tried after Unicode; "" for none.

    Raises:
        UnreadableDocumentError: DAMAGED when the bytes are no text in any of them.
    """
    decoded = (
        _decode_unicode(data)
        or _decode_declared(data, declared)
        or _decode_vietnamese(data)
        or _decode_other(data)
    )
    if decoded is None:
        raise UnreadableDocumentError(DocumentFault.DAMAGED, "encoding")
    controls = len(_CONTROLS.findall(decoded.text))
    if "\x00" in decoded.text or controls > _MAX_CONTROLS * len(decoded.text):
        raise UnreadableDocumentError(DocumentFault.DAMAGED, "binary")
    return dataclasses.replace(decoded, text=_CONTROLS.sub("", decoded.text))


def _decode_unicode(data: bytes) -> Decoded | None:
    encoding = next((value for bom, value in _BOMS.items() if data.startswith(bom)), None)
    text = _strictly(data, encoding or _utf16_without_bom(data) or "utf-8")
    if text is not None:
        return Decoded(text=text)
    text = data.decode("utf-8", errors="replace")
    replaced = text.count("\ufffd")
    if replaced > max(1, _MAX_REPLACED * len(text)) or len(text) < 1 / _MAX_REPLACED:
        return None
    return Decoded(text=text, notes=(f"{replaced} chữ không đọc được (UTF-8 hỏng)",))


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 by its NUL bytes: the high bytes of ASCII characters, all on one side."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(sample) / 8 or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _decode_declared(data: bytes, declared: str) -> Decoded | None:
    try:
        known = codecs.lookup(declared).name if declared else ""
    except LookupError:
        return None
    text = _strictly(data, known) if known not in {"", "utf-8", *_NO_ENCODINGS} else None
    return Decoded(text=text) if text is not None else None


def _decode_vietnamese(data: bytes) -> Decoded | None:
    """Windows-1258 or TCVN3, whichever gives words that can be Vietnamese."""
    latin = _strictly(data, "cp1252")
    candidates = {
        "Windows-1258": _strictly(data, "cp1258"),
        "TCVN3 (ABC)": latin.translate(_TCVN3) if latin is not None else None,
    }
    for label, text in candidates.items():
        if text is not None and _syllable_share(text[:_SAMPLE_BYTES]) >= _MIN_SYLLABLES:
            return Decoded(text=text, notes=(f"đọc theo bảng mã {label}",))
    return None


def _decode_other(data: bytes) -> Decoded | None:
    import charset_normalizer  # noqa: PLC0415  (slow to import, seldom needed)

    ascii_share = len(data.decode("ascii", errors="ignore")) / len(data)
    if ascii_share < _MIN_ASCII or b"\x00" in data:
        return None
    sample = data[:_SAMPLE_BYTES]
    best = charset_normalizer.from_bytes(sample, cp_isolation=[_LATIN]).best()
    text = _strictly(data, best.encoding) if best is not None else None
    if best is None or text is None:
        return None
    return Decoded(text=text, notes=(f"đọc theo bảng mã {best.encoding}",))


def _syllable_share(text: str) -> float:
    words = [word.strip(_EDGES) for word in text.split()]
    words = [word for word in words if not word.isascii()]
    plain = [_MARKS.sub("", unicodedata.normalize("NFD", word.lower())) for word in words]
    return sum(_SYLLABLE.fullmatch(word) is not None for word in plain) / max(1, len(plain))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
