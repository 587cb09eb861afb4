"""What kind of file a file really is, by its first bytes and by what stands inside."""

import re
from dataclasses import dataclass

from huigong.annexes.containers.limits import FORM, Reach
from huigong.annexes.containers.ole import CompoundFile
from huigong.annexes.containers.zips import Package
from huigong.annexes.problems import UnreadableError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = {
    b"\x89PNG": ("PNG 图片", "a PNG picture"),
    b"\xff\xd8\xff": ("JPEG 图片", "a JPEG picture"),
    b"GIF8": ("GIF 图片", "a GIF picture"),
    b"BM": ("BMP 图片", "a BMP picture"),
    b"II*\x00": ("TIFF 图片", "a TIFF picture"),
    b"MM\x00*": ("TIFF 图片", "a TIFF picture"),
    b"%PDF": ("PDF 文件", "a PDF file"),
    b"Rar!": ("RAR 压缩包", "a RAR archive"),
    b"7z\xbc\xaf": ("7z 压缩包", "a 7z archive"),
    b"\x1f\x8b": ("gzip 压缩包", "a gzip archive"),
    b"MZ": ("可执行程序", "a program"),
    b"\x7fELF": ("可执行程序", "a program"),
}
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|script|style|svg)\b",
    re.IGNORECASE | re.DOTALL,
)
_CELL_ENDINGS = (".xls", ".xlsx", ".xlsm", ".et", ".ods", ".xlt")


@dataclass(frozen=True)
class Kind:
    """One of workbook, old_workbook, opendocument, word, old_word, text; with the opened package or compound file."""

    name: str
    package: Package | None = None


def kind_of(content: bytes, *, reach: Reach = FORM) -> Kind:
    """Say what it is, or raise UnreadableError (empty, encrypted, truncated, wrong_type, macro, too_large)."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty")
    if content.startswith(b"PK"):
        return _zip_kind(Package.open(content, unpacked=reach.unpacked))
    if content.startswith(_OLE):
        return _ole_kind(CompoundFile(content))
    if content.startswith(b"{\\rtf"):
        return Kind("old_word")
    for magic, (what, what_en) in _PICTURES.items():
        if content.startswith(magic):
            raise UnreadableError("wrong_type", what, what_en)
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"} or content[8:12] == b"WEBP":
        raise UnreadableError("wrong_type", "照片", "a photograph")
    _refuse_markup(content)
    return Kind("text")


def _refuse_markup(content: bytes) -> None:
    """Web pages and other markup that programs save as .xls: they look like sheets in Excel and are none."""
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:5].lower() == b"<?xml" and b"Excel.Sheet" in head:
        raise UnreadableError("wrong_type", "XML 表格（Excel 2003）", "an XML spreadsheet of Excel 2003")
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", head)
    if _HTML.match(body) or head.startswith(b"MIME-Version:"):
        raise UnreadableError("wrong_type", "网页（HTML）改了后缀名", "a web page (HTML) under another name")
    if head[:5].lower() == b"<?xml":
        raise UnreadableError("wrong_type", "XML 文件", "an XML file")


def _zip_kind(package: Package) -> Kind:
    names = package.lower_names
    if any(name.rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} for name in names):
        raise UnreadableError("macro")
    if "[content_types].xml" in names:
        types = package.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise UnreadableError("macro")
        if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main+xml" in types:
            return Kind("workbook", package)
        if "word/document.xml" in names or b"wordprocessingml.document.main+xml" in types:
            return Kind("word", package)
        raise UnreadableError(
            "wrong_type", "不是表格也不是文档的 Office 文件", "an Office file that is neither workbook nor document"
        )
    if "mimetype" in names and "content.xml" in names:
        return _opendocument_kind(package)
    raise UnreadableError("wrong_type", "压缩包", "a zip archive")


def _opendocument_kind(package: Package) -> Kind:
    names = package.lower_names
    declared = package.read("mimetype")
    if any(name.startswith("basic/") and name.endswith(".xml") and "script-lc" not in name for name in names):
        raise UnreadableError("macro")
    if "encryption-data" in str(package.read("META-INF/manifest.xml")) if "meta-inf/manifest.xml" in names else False:
        raise UnreadableError("encrypted")
    if b"opendocument.spreadsheet" in declared:
        return Kind("opendocument", package)
    if b"opendocument.text" in declared:
        return Kind("old_word")
    raise UnreadableError(
        "wrong_type", "不是表格也不是文档的 OpenDocument 文件", "an OpenDocument file that is neither"
    )


def _ole_kind(compound: CompoundFile) -> Kind:
    names = compound.names
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise UnreadableError("encrypted")
    if names & {"_vba_project_cur", "_vba_project", "vba", "macros"}:
        raise UnreadableError("macro")
    if "workbook" in names or "book" in names:
        if compound.workbook_is_encrypted():
            raise UnreadableError("encrypted")
        return Kind("old_workbook")
    if "worddocument" in names:
        if compound.document_is_encrypted():
            raise UnreadableError("encrypted")
        return Kind("old_word")
    raise UnreadableError("wrong_type", "不认识的旧版 Office 文件", "an old Office file of some other kind")
