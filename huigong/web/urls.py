"""Every address of the product. `permissions.PERMISSIONS` names who may open each (a test checks that none is missing)."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from huigong.web.console import applications, campaign, circulars, downloads, forms, history, mending, signing, today

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:token>/", signing.sign_in_once, name="sign-in-once"),
    path("sign-out/", signing.SignOut.as_view(), name="sign-out"),
    path("language/", set_language, name="language"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/<slug:slug>/", circulars.circular, name="circular"),
    path("campaigns/<str:code>/", campaign.campaign, name="campaign"),
    path("campaigns/<str:code>/forms/", forms.forms, name="forms"),
    path("campaigns/<str:code>/forms/hand-in/", forms.forms_hand_in, name="forms-hand-in"),
    path("forms/<uuid:pk>/", forms.form, name="form"),
    path("forms/<uuid:pk>/take/", forms.form_take, name="form-take"),
    path("forms/<uuid:pk>/undo/", forms.form_undo, name="form-undo"),
    path("forms/<uuid:pk>/unit/", mending.form_unit, name="form-unit"),
    path("forms/<uuid:pk>/annotated/", forms.form_annotated, name="form-annotated"),
    path("forms/<uuid:pk>/rows/<int:number>/mend/", mending.row_mend, name="row-mend"),
    path("forms/<uuid:pk>/confirm/", mending.row_confirm, name="row-confirm"),
    path("forms/<uuid:pk>/reveal/", mending.row_reveal, name="row-reveal"),
    path("campaigns/<str:code>/applications/", applications.applications, name="applications"),
    path("applications/<str:reference>/", applications.application, name="application"),
    path("applications/<str:reference>/settle/", applications.application_settle, name="application-settle"),
    path("campaigns/<str:code>/downloads/", downloads.downloads, name="downloads"),
    path("campaigns/<str:code>/downloads/<path:name>", downloads.download, name="download"),
    path("history/", history.events, name="events"),
    path("history/verify/", history.events_verify, name="events-verify"),
]
