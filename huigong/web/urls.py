"""Every address of the product. `permissions.PERMISSIONS` names who may open each (a test checks that none is missing)."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from huigong.web.console import circulars, signing, today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:token>/", signing.sign_in_once, name="sign-in-once"),
    path("sign-out/", signing.SignOut.as_view(), name="sign-out"),
    path("language/", set_language, name="language"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/<slug:slug>/", circulars.circular, name="circular"),
    path("campaigns/<str:code>/", circulars.campaign, name="campaign"),
]
