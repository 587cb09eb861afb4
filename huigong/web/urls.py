"""Every address of the product, a list a desk; `permissions.PERMISSIONS` names who may open each."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from huigong.web import sessions
from huigong.web.console import history
from huigong.web.console.applications import urls as applications
from huigong.web.console.campaigns import urls as campaigns
from huigong.web.console.circulars import urls as circulars
from huigong.web.console.daylight import urls as daylight
from huigong.web.console.desk import urls as desk
from huigong.web.console.doubles import urls as doubles
from huigong.web.console.employment import urls as employment
from huigong.web.console.entrance import urls as entrance
from huigong.web.console.finding import urls as finding
from huigong.web.console.forms import urls as forms
from huigong.web.console.households import urls as households
from huigong.web.console.keeping import urls as keeping
from huigong.web.console.money import urls as money
from huigong.web.console.offices import urls as offices
from huigong.web.console.partners import urls as partners
from huigong.web.console.walk import urls as walk
from huigong.web.portal import urls as portal

urlpatterns: list[URLPattern] = [
    path("session/extend/", sessions.session_extend, name="session-extend"),
    path("language/", set_language, name="language"),
    path("history/", history.events, name="events"),
    path("history/file/", history.events_file, name="events-file"),
    path("history/verify/", history.events_verify, name="events-verify"),
    path("history/now/", history.events_now, name="events-now"),
    *applications.urlpatterns,
    *campaigns.urlpatterns,
    *circulars.urlpatterns,
    *daylight.urlpatterns,
    *desk.urlpatterns,
    *doubles.urlpatterns,
    *employment.urlpatterns,
    *entrance.urlpatterns,
    *finding.urlpatterns,
    *forms.urlpatterns,
    *households.urlpatterns,
    *keeping.urlpatterns,
    *money.urlpatterns,
    *offices.urlpatterns,
    *partners.urlpatterns,
    *walk.urlpatterns,
    *portal.urlpatterns,
]
