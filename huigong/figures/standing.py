"""Everything that a campaign's papers are made of, read once: cases with their findings, rows, notices, batches, places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.intake import queries as intake
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import RETURNED
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations.models import Organisation
from huigong.organisations.queries import within
from huigong.payments import queries as payments
from huigong.payments.models import PaymentBatch
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.quotas import queries as quotas
from huigong.quotas.models import FundSource
from huigong.rules.circular import Circular
from huigong.rules.deciding import Finding
from huigong.rules.facts import in_words
from huigong.studentaid import queries as studentaid
from huigong.studentaid.awards import awards_on_the_books
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, WORDS
from huigong.studentaid.models import Application, Submission
from huigong.studentaid.money_line import MoneyLine, money_lines
from huigong.values.sentence import Sentence
from huigong.vault import actions as vault


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the folder that gave no form of its own, and why: the same bytes came already, or it goes to another desk."""

    name: str
    sentence: Sentence


@dataclass(frozen=True)
class Standing:
    """A campaign as it stands. Parts are read when they are asked for, and once."""

    campaign: Campaign
    skipped: Sequence[SkippedFile] = field(default_factory=tuple)
    remarks: Sequence[Sentence] = field(default_factory=tuple)
    """What a run has to say beside its figures: lines of a table that fit nothing, cases that its officers may not touch."""

    @cached_property
    def circular(self) -> Circular:
        return circulars.circular_of(self.campaign)

    @cached_property
    def applications(self) -> list[Application]:
        """In the order of references. Federations and units are one object for all; what a file hides is not fetched."""
        hidden = (f"household__{name}" for name in ("imported", "id_number", "card", "phone"))
        rows = Application.objects.filter(campaign=self.campaign).select_related("household").defer(*hidden)
        return list(rows.prefetch_related("federation", "unit").order_by("reference"))

    @cached_property
    def findings(self) -> Mapping[UUID, tuple[Finding, ...]]:
        return studentaid.findings_of(self.applications)

    @cached_property
    def submissions(self) -> Mapping[UUID, list[Submission]]:
        """By application: the row that opened it first, then those that were merged into it."""
        rows = {row.pk: row for row in self.rows}
        found: dict[UUID, list[Submission]] = {}
        sent = Submission.objects.filter(application__campaign=self.campaign)
        for submission in sent.order_by("-is_first", "row__number"):
            submission.row = rows[submission.row_id]
            found.setdefault(submission.application_id, []).append(submission)
        return found

    @cached_property
    def case_of_row(self) -> Mapping[UUID, tuple[Application, bool]]:
        """For each row that is a case: the application, and whether the row opened it."""
        return {
            submission.row_id: (one, submission.is_first)
            for one in self.applications
            for submission in self.submissions.get(one.pk, ())
        }

    @cached_property
    def forms(self) -> list[FormReceived]:
        return list(intake.forms_of(self.campaign).select_related("document", "unit").order_by("name", "sha256"))

    @cached_property
    def rows(self) -> list[FormRow]:
        """Every row of every form, by the form's name and the row's number; what they say is not fetched."""
        forms = {form.pk: form for form in self.forms}
        rows = FormRow.objects.filter(form__campaign=self.campaign).defer("content", "proposal")
        found = list(rows.order_by("form__name", "form__sha256", "number"))
        for row in found:
            row.form = forms[row.form_id]
        return found

    @cached_property
    def errors(self) -> Mapping[UUID, str]:
        """What is wrong with each row that was sent back, in words."""
        rows = intake.rows_of(self.campaign).filter(status=RETURNED)
        vault.warm(rows.values_list("data_key_id", flat=True))
        return {row.pk: _errors(row) for row in rows.iterator(chunk_size=500)}

    @cached_property
    def notices(self) -> list[PublicNotice]:
        return publicnotices.notices_of(self.campaign)

    @cached_property
    def batches(self) -> list[PaymentBatch]:
        return list(payments.batches_of(self.campaign))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Places by federation code; none while no quota is laid down."""
        quota = self.circular.quota
        return quotas.places_of(self.campaign, fund_source=quota.fund_source) if quota else {}

    @cached_property
    def federation_names(self) -> Mapping[str, str]:
        """Of every federation that draws on the quota or was given places, by code: one with places may have no case."""
        rows = within(self.campaign.federation).filter(kind=Organisation.Kind.FEDERATION)
        return dict(rows.values_list("code", "name"))

    @cached_property
    def settled_households(self) -> Mapping[str, tuple[str, str]]:
        """For a student whose household an officer chose: the case, and who chose."""
        return studentaid.settled_households(self.campaign)

    @cached_property
    def other_sources(self) -> tuple[str, ...]:
        """Whose money could help those who wait: a quota limits its own source, not aid."""
        return self.circular.quota.other_sources if self.circular.quota else ()

    @cached_property
    def money_lines(self) -> list[MoneyLine]:
        """What was allotted, committed, paid and came back, by source."""
        return money_lines(self.campaign)

    @cached_property
    def approved_from(self) -> Mapping[UUID, str]:
        """By application the source that its award on the books is paid from."""
        rows = awards_on_the_books().filter(application__campaign=self.campaign)
        return dict(rows.values_list("application_id", "fund_source"))

    @cached_property
    def source_names(self) -> Mapping[str, str]:
        """Of every source of money, by code."""
        return dict(FundSource.objects.values_list("code", "name"))

    @cached_property
    def holds(self) -> Mapping[str, str]:
        """What stands against paying a case, by reference."""
        return payments.holds(one.reference for one in self.applications)

    def level_words(self, one: Application) -> str:
        return in_words("education_level", one.education_level or None)[0]

    def verdict_words(self, one: Application) -> str:
        return WORDS[one.verdict][0] if one.verdict else ""

    def has_place(self, one: Application) -> bool:
        return one.status in HOLDS_A_PLACE


def _errors(row: FormRow) -> str:
    problems = [problem for problem in row_read(row).problems if problem.severity == "error"]
    return "".join(f"{problem.cell or ''} {problem.message}{problem.remedy}" for problem in problems)
