"""The directory of an OLE compound file (.xls, .doc, encrypted .xlsx): enough to tell what it is before anything opens it."""

import struct

from huigong.annexes.problems import UnreadableError

_END = 0xFFFFFFFA
_FILEPASS = 0x002F
_BOF = 0x0809
_ENCRYPTED_FLAG = 0x0100


class CompoundFile:
    """Names of all streams, and the first bytes of a stream. Raises UnreadableError `truncated` where chains run out of the file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_header()
            self._entries = self._directory()
        except (struct.error, IndexError, ValueError):
            raise UnreadableError("truncated") from None
        self.names = frozenset(self._entries)
        self._refuse_cut()

    def _read_header(self) -> None:
        shift, small_shift = struct.unpack_from("<HH", self._content, 30)
        if shift not in {9, 12} or small_shift != 6:
            raise ValueError
        self._size = 1 << shift
        fat_count, self._first_directory = struct.unpack_from("<II", self._content, 44)
        difat = list(struct.unpack_from("<109I", self._content, 76))
        fat: list[int] = []
        for sector in [sector for sector in difat if sector < _END][:fat_count]:
            fat += struct.unpack(f"<{self._size // 4}I", self._sector(sector))
        self._fat = fat

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        data = self._content[start : start + self._size]
        if len(data) < self._size:
            raise ValueError
        return data

    def _chain(self, first: int, most: int) -> list[int]:
        sectors: list[int] = []
        while first < _END and len(sectors) < most:
            sectors.append(first)
            first = self._fat[first]
        return sectors

    def _directory(self) -> dict[str, tuple[int, int]]:
        raw = b"".join(self._sector(sector) for sector in self._chain(self._first_directory, 512))
        entries: dict[str, tuple[int, int]] = {}
        for start in range(0, len(raw), 128):
            length = struct.unpack_from("<H", raw, start + 64)[0]
            if not 2 <= length <= 64:
                continue
            name = raw[start : start + length - 2].decode("utf-16-le", "ignore").lower()
            first, size = struct.unpack_from("<II", raw, start + 116)
            entries.setdefault(name, (first, size))
        return entries

    def _refuse_cut(self) -> None:
        """Every big stream must lie inside the file: a half-copied .doc has its directory and lacks its end."""
        last = len(self._content) // self._size + 1
        for name, (first, size) in self._entries.items():
            if name != "root entry" and size >= 4096 and any(sector > last for sector in self._chain(first, last + 2)):
                raise UnreadableError("truncated")
        if any(
            first < _END and size >= 4096 and (max(self._safe_chain(first)) + 1) * self._size >= len(self._content)
            for name, (first, size) in self._entries.items()
            if name != "root entry"
        ):
            raise UnreadableError("truncated")

    def _safe_chain(self, first: int) -> list[int]:
        try:
            return self._chain(first, len(self._fat)) or [0]
        except IndexError:
            raise UnreadableError("truncated") from None

    def start_of(self, name: str) -> bytes:
        """The first sector's worth of a big stream; empty for one that lives in the mini stream."""
        first, size = self._entries[name]
        if size < 4096:
            return b""
        try:
            return b"".join(self._sector(sector) for sector in self._chain(first, 16))
        except (ValueError, IndexError):
            raise UnreadableError("truncated") from None

    def workbook_is_encrypted(self) -> bool:
        """A FILEPASS record among the first records of the workbook stream."""
        data = self.start_of("workbook" if "workbook" in self.names else "book")
        position = 0
        for _ in range(12):
            if position + 4 > len(data):
                return False
            kind, length = struct.unpack_from("<HH", data, position)
            if kind == _FILEPASS:
                return True
            position += 4 + length
        return False

    def document_is_encrypted(self) -> bool:
        """The fEncrypted bit of Word's file information block."""
        data = self.start_of("worddocument")
        return len(data) > 12 and bool(struct.unpack_from("<H", data, 10)[0] & _ENCRYPTED_FLAG)
