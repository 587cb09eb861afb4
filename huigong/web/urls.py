"""Every address of the product. `permissions.PERMISSIONS` names who may open each (a test checks that none is missing)."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from huigong.web.console import (
    applications,
    campaign,
    circulars,
    demo,
    doing,
    downloads,
    filling,
    forms,
    history,
    mending,
    papers,
    reasons_shown,
    signing,
    steering,
    today,
)
from huigong.web.console.households import editing as household_editing
from huigong.web.console.households import views as households

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:token>/", signing.sign_in_once, name="sign-in-once"),
    path("sign-out/", signing.SignOut.as_view(), name="sign-out"),
    path("language/", set_language, name="language"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/<slug:slug>/", circulars.circular, name="circular"),
    path("campaigns/<str:code>/", campaign.campaign, name="campaign"),
    path("campaigns/<str:code>/steps/submit/", steering.step_submit, name="step-submit"),
    path("campaigns/<str:code>/steps/verify/", steering.step_verify, name="step-verify"),
    path("campaigns/<str:code>/steps/share/", steering.step_share, name="step-share"),
    path("campaigns/<str:code>/steps/publish/", steering.step_publish, name="step-publish"),
    path("campaigns/<str:code>/steps/now/", doing.step_now, name="step-now"),
    path("campaigns/<str:code>/forms/", forms.forms, name="forms"),
    path("campaigns/<str:code>/forms/hand-in/", forms.forms_hand_in, name="forms-hand-in"),
    path("campaigns/<str:code>/forms/fill/", filling.forms_fill, name="forms-fill"),
    path("forms/<uuid:pk>/", forms.form, name="form"),
    path("forms/<uuid:pk>/take/", forms.form_take, name="form-take"),
    path("forms/<uuid:pk>/undo/", forms.form_undo, name="form-undo"),
    path("forms/<uuid:pk>/unit/", mending.form_unit, name="form-unit"),
    path("forms/<uuid:pk>/annotated/", forms.form_annotated, name="form-annotated"),
    path("forms/<uuid:pk>/stamped/", papers.form_stamped, name="form-stamped"),
    path("forms/<uuid:pk>/rows/<int:number>/mend/", mending.row_mend, name="row-mend"),
    path("forms/<uuid:pk>/confirm/", mending.row_confirm, name="row-confirm"),
    path("forms/<uuid:pk>/reveal/", mending.row_reveal, name="row-reveal"),
    path("campaigns/<str:code>/applications/", applications.applications, name="applications"),
    path("applications/<str:reference>/", applications.application, name="application"),
    path("applications/<str:reference>/settle/", applications.application_settle, name="application-settle"),
    path("applications/<str:reference>/reason/", reasons_shown.application_reason, name="application-reason"),
    path("applications/<str:reference>/verify/", applications.application_verify, name="application-verify"),
    path("applications/<str:reference>/papers/", papers.application_paper, name="application-paper"),
    path("campaigns/<str:code>/downloads/", downloads.downloads, name="downloads"),
    path("campaigns/<str:code>/downloads/<path:name>", downloads.download, name="download"),
    path("households/new/", household_editing.household_new, name="household-new"),
    path("households/<uuid:pk>/", households.household, name="household"),
    path("households/<uuid:pk>/reveal/", households.household_reveal, name="household-reveal"),
    path("households/<uuid:pk>/looks/", households.household_looks, name="household-looks"),
    path("households/<uuid:pk>/edit/<slug:part>/", household_editing.household_edit, name="household-edit"),
    path(
        "households/<uuid:pk>/members/<int:position>/gone/", household_editing.household_take_out, name="household-gone"
    ),
    path("demo/step-in/", demo.step_in, name="demo-step-in"),
    path("demo/forms/<str:name>", demo.sample, name="demo-sample"),
    path("demo/altered/", demo.altered, name="demo-altered"),
    path("demo/reset/", demo.reset, name="demo-reset"),
    path("history/", history.events, name="events"),
    path("history/verify/", history.events_verify, name="events-verify"),
]
