"""How much may come at once. One place, so that the page can print it.

A body that is too large is still read to its end, so that the token in it is seen and the answer is a sentence and not
a broken line; its files are passed over.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from huigong.values.sentence import SaidError, Sentence

Upload = InMemoryUploadedFile | TemporaryUploadedFile
MAX_FILES = 60
MAX_TOTAL = 60_000_000
_DIGITS = 15  # a length of more digits is larger than anything


class PassOverHandler(FileUploadHandler):
    """Stands before Django's own handlers and keeps no file of a body that is larger than MAX_TOTAL."""

    def handle_raw_input(  # Django's own signature
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        self.too_large = content_length > MAX_TOTAL

    def new_file(self, *args: Any, **words: Any) -> None:
        super().new_file(*args, **words)
        if self.too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  Django's own signature
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002  Django's own signature
        return None


class _ManyFiles(forms.FileField):
    """A file input that takes several; an empty file is let through, since the reader of forms has a sentence for it."""

    widget = type("_ManyFilesInput", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, Sequence) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("还没有选文件。请先选登记表，再按“交上去”。"))
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                _("一次最多交 %(most)s 个文件，这里有 %(n)s 个，一个也没有收。请分几次交。")
                % {"most": MAX_FILES, "n": len(files)}
            )
        return [super(_ManyFiles, self).clean(file, initial) for file in files]


class HandInForm(forms.Form):
    """The files of one hand-in, and the day on which they came (only a verifier may say another one than today)."""

    chosen = _ManyFiles(allow_empty_file=True)
    received_on = forms.DateField(required=False)


def is_too_large(request: HttpRequest) -> bool:
    told = request.META.get("CONTENT_LENGTH") or ""
    return told.isdecimal() and (len(told) > _DIGITS or int(told) > MAX_TOTAL)


def too_large_in_words() -> str:
    return _("一次最多交 %(most)s MB，这次超过了，一个也没有收。请分几次交。") % {"most": MAX_TOTAL // 1_000_000}


def files_of(form: HandInForm) -> list[Upload]:
    """The files of a form that is valid."""
    files: list[Upload] = form.cleaned_data["chosen"]
    return files


def table_text(file: "UploadedFile[Any]", *, most: int) -> str:
    """A table that was dropped in, as text. Raises SaidError for more than `most` bytes, and where it is not UTF-8."""
    if (file.size or 0) > most:
        raise SaidError(
            Sentence(
                "table_too_large",
                f"这张表超过 {most // 1000} KB，一行也没有收。请分成几张再交。",
                f"This table is larger than {most // 1000} KB: nothing was taken. Split it.",
            )
        )
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise SaidError(
            Sentence(
                "table_not_utf8", "这张表不是 UTF-8 的 CSV，请另存后再交。", "This is no CSV in UTF-8: save it anew."
            )
        ) from None
