"""An officer at the pages of a campaign: looks first, and then says yes to what was shown."""

import re
from collections import Counter
from html import unescape

from django.urls import reverse

from huigong.audit import queries as audit
from huigong.studentaid.models import Application

BACKEND = "django.contrib.auth.backends.ModelBackend"


STEPS = ("step-submit", "step-verify", "step-share", "step-publish")


WEI, LATE, NO_LETTER = "SA-450422-2017-00001", "SA-450406-2017-00002", "SA-450403-2017-00001"


NOTHING, CHANGED = "这一步没有要办的", "您打开以后有了变化"


class Desk:
    """An officer at the pages of a campaign, who looks first and then says yes to what was shown."""

    def __init__(self, client, work):
        self.client, self.code = client, work.campaign.code
        self.sit(work.huang)

    def sit(self, officer):
        self.client.force_login(officer, backend=BACKEND)
        return self

    def look(self, step, **query):
        return unescape(self.client.get(reverse(step, args=[self.code]), query).content.decode())

    def say_yes(self, step, page, **more):
        """Post the form of a page that was looked at."""
        fields = dict(re.findall(r'<input type="hidden" name="(seen|from)" value="([^"]*)"', page))
        answer = self.client.post(reverse(step, args=[self.code]), fields | {"sure": "yes"} | more, follow=True)
        return told(unescape(answer.content.decode()))

    def do(self, step, **query):
        return self.say_yes(step, self.look(step, **query))

    def campaign(self):
        return unescape(self.client.get(reverse("campaign", args=[self.code])).content.decode())

    def case(self, reference):
        return unescape(self.client.get(reverse("application", args=[reference])).content.decode())

    def post(self, name, args, **fields):
        answer = self.client.post(reverse(name, args=args), fields, follow=True)
        return told(unescape(answer.content.decode()))

    def verify(self, reference, **more):
        seen = re.search(r'name="seen" value="([^"]*)"', self.case(reference))
        return self.post("application-verify", [reference], **{"seen": seen[1] if seen else "", "sure": "yes"} | more)

    def bring(self, reference, kind, **more):
        fields = {"kind": kind, "original_seen": "yes", "copy_kept": "yes", "seen_on": "2017-08-16"} | more
        return self.post("application-paper", [reference], **fields)


def told(page):
    return re.sub(r"<[^>]+>", "", re.search(r'<div id="told".*?</div>', page, re.DOTALL)[0])


def statuses():
    return Counter(Application.objects.values_list("status", flat=True))


def events(action):
    return [one for reference in references() for one in audit.history(reference) if one.action == action]


def references():
    return Application.objects.values_list("reference", flat=True)


def row_of(page, name):
    return re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', page, re.DOTALL)[1]


def named(page):
    return re.findall(r'<th scope="row">([^<]+)</th>', page)


def cells(page, name):
    return [int(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row_of(page, name))]
