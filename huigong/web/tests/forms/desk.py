"""An officer at the pages where forms are handed in."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.intake.models import FormReceived
from huigong.organisations import actions as organisations
from huigong.values.resident_id import check_digit
from huigong.web.tests.campaign_at_work import EXAMPLE

BACKEND = "django.contrib.auth.backends.ModelBackend"


GIRL = "45049919990303024" + check_digit("45049919990303024")


class Desk:
    """Signs an officer in and hands files in, as a form without scripts does."""

    def __init__(self, client, work):
        self.client = client
        self.address = reverse("forms-hand-in", args=[work.campaign.code])
        self.home = reverse("forms", args=[work.campaign.code])

    def sign_in(self, officer):
        self.client.force_login(officer, backend=BACKEND)
        return self.client

    def hand_in(self, *files, **more):
        chosen = [file if hasattr(file, "read") else example(file) for file in files]
        return self.client.post(self.address, {"chosen": chosen, **more}, follow=True)

    def form(self, name):
        return FormReceived.objects.get(name=name)

    def page(self, name, **asked):
        return self.client.get(reverse("form", args=[self.form(name).pk]), asked)

    def version(self, file, number):
        return next(iter(self.form(file).rows.filter(number=number).values_list("version", flat=True)), 0)

    def post(self, file, address, number=None, /, **data):
        words = [self.form(file).pk] + ([number] if number else [])
        if address == "row-mend" and "version" not in data:
            data["version"] = self.version(file, number)
        return self.client.post(reverse(address, args=words), data, follow=True)


def example(name):
    return SimpleUploadedFile(name, (EXAMPLE / "forms" / name).read_bytes())


def statuses(form):
    return list(form.rows.values_list("status", flat=True))


def officer(role, where, at, name="辛"):
    return organisations.add_officer(name, role=role, organisation=where, by="system", at=at)


def said(answer):
    return answer.content.decode()


def numbers_of(text):
    values = json.loads(text)["values"]
    return [values[name] for name in ("parent_id_number", "student_id_number", "phone") if values[name]]
