"""盖章页 in the demo city: a unit's form was printed and stamped, one cell was mended afterwards, and its scan says which.

The sheet is set by typst and scanned on paper that lies a little askew; its code is read off it as off any other.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import pypdfium2
import segno
import typst
from PIL import Image

from huigong.annexes.definition import FormDefinition
from huigong.annexes.stamps import read_scan
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.intake import actions as intake
from huigong.intake.lifecycle import RETURNED
from huigong.intake.models import FormReceived, FormRow
from huigong.intake.stamping import printed, texts_of
from huigong.organisations.models import Officer

SHEET = "stamped-sheet.typ"
_DOTS, _ASKEW = 200 / 72, 0.7
_WORDS = {"female": "女", "male": "男"}
_TELEPHONE = "13900004417"


def mended_after_the_stamp(campaign: Campaign, officer: Officer, example: Path, *, at: datetime) -> None:
    """The newest form with a row that was sent back: stamped as it is, then a telephone is mended, then the scan comes."""
    row = _sent_back(campaign)
    form, definition = row.form, circular_of(campaign).form
    assert definition is not None, "the circular of the demo has its form"
    content = scanned(typst.compile(example / SHEET, sys_inputs={"data": _told(form, definition)}))
    told = {"phone": _TELEPHONE}
    intake.mend_cells(row, told, version=row.version, definition=definition, officer=officer.username, at=at)
    scan = read_scan(content)
    assert scan.codes, "the code on the demo's sheet is read"
    intake.compare_stamped(
        form,
        scan,
        content,
        name=f"{Path(form.name).stem}（盖章页）.jpg",
        definition=definition,
        officer=officer.username,
        at=at + timedelta(hours=1),
    )


def _sent_back(campaign: Campaign) -> FormRow:
    rows = FormRow.objects.filter(form__campaign=campaign, status=RETURNED, form__unit__isnull=False)
    row = rows.select_related("form").order_by("-form__received_at", "-form__id", "number").first()
    assert row is not None, "the demo has a row that was sent back"
    row.form.campaign = campaign
    return row


def _told(form: FormReceived, definition: FormDefinition) -> str:
    """What the template asks for, as JSON."""
    return json.dumps(
        {
            "title": definition.title,
            "unit": form.unit_name,
            "widths": [field.width for field in definition.printed],
            "groups": list(_groups(definition)),
            "headings": [field.heading for field in definition.printed],
            "rows": [_cells(texts) for texts in texts_of(form, definition).values()],
            "codes": [_drawn(code) for code in printed(form, definition).codes],
        },
        ensure_ascii=False,
    )


def _groups(definition: FormDefinition) -> Iterator[Mapping[str, str | int]]:
    headings = {group.id: group.heading for group in definition.groups}
    for group, fields in groupby(definition.printed, key=lambda field: field.group):
        yield {"heading": headings.get(group, ""), "columns": len(list(fields))}


def _cells(texts: Mapping[str, str]) -> Sequence[str]:
    return [_WORDS.get(text, text) for text in texts.values()]


def _drawn(code: str) -> str:
    out = io.BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(out, kind="svg", border=4)
    return out.getvalue().decode()


def scanned(paper: bytes) -> bytes:
    """The first page as a scanner gives it: 200 dots an inch, a little askew, JPEG."""
    page = pypdfium2.PdfDocument(paper)[0].render(scale=_DOTS).to_pil().convert("RGB")
    askew = page.rotate(_ASKEW, resample=Image.Resampling.BICUBIC, fillcolor="white")
    out = io.BytesIO()
    askew.save(out, "JPEG", quality=82)
    return out.getvalue()
