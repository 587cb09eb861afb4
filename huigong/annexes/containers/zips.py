"""A zip package opened with suspicion: members counted, sizes checked by unpacking, never by what the directory claims."""

import io
import struct
import zipfile
import zlib
from functools import cached_property

from huigong.annexes.containers.limits import MAX_MEMBERS, MAX_UNPACKED
from huigong.annexes.problems import UnreadableError

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1


class Package:
    """An office file's zip. Everything in it was measured before anything is read."""

    def __init__(self, archive: zipfile.ZipFile, content: bytes) -> None:
        self._content = content
        self._members = {info.filename: info for info in archive.infolist()}

    @classmethod
    def open(cls, content: bytes, *, unpacked: int = MAX_UNPACKED) -> "Package":
        """Open and check; `unpacked` is how many bytes it may unpack to. Raises UnreadableError truncated, encrypted, too_large or wrong_type."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError):
            raise UnreadableError("truncated") from None
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise UnreadableError("too_large", f"压缩包里有{len(members)}个文件", f"{len(members)} files inside")
        if any(info.flag_bits & _ENCRYPTED for info in members):
            raise UnreadableError("encrypted")
        if any(info.compress_type not in {_STORED, _DEFLATED} for info in members):
            raise UnreadableError("wrong_type", "用了少见的压缩方法", "it is packed in an unusual way")
        if sum(info.file_size for info in members) > unpacked:
            raise _too_large_unpacked()
        _refuse_overlaps(members)
        return cls(archive, content)

    @cached_property
    def lower_names(self) -> frozenset[str]:
        return frozenset(name.lower().replace("\\", "/") for name in self._members)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """One member's bytes, unpacked no further than it says it is long. A member that lies about its size is refused."""
        info = self._members.get(name) or next(
            (info for known, info in self._members.items() if known.lower() == name.lower()), None
        )
        if info is None:
            return b""
        start = info.header_offset
        try:
            name_length, extra_length = struct.unpack_from("<HH", self._content, start + 26)
        except struct.error:
            raise UnreadableError("truncated") from None
        begin = start + 30 + name_length + extra_length
        packed = self._content[begin : begin + info.compress_size]
        if len(packed) < info.compress_size:
            raise UnreadableError("truncated")
        if info.compress_type == _STORED:
            return packed
        unpacker = zlib.decompressobj(-15)
        try:
            data = unpacker.decompress(packed, info.file_size + 1)
        except zlib.error:
            raise UnreadableError("truncated") from None
        if len(data) > info.file_size:
            raise _too_large_unpacked()
        if len(data) < info.file_size or zlib.crc32(data) != info.CRC:
            raise UnreadableError("truncated")
        return data


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Members that share bytes are a bomb: no program writes them."""
    end = 0
    for info in sorted(members, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise _too_large_unpacked()
        end = info.header_offset + 30 + info.compress_size


def _too_large_unpacked() -> UnreadableError:
    return UnreadableError("too_large", "压缩包解开后太大", "it unpacks to far too much")
