"""Addresses: the queue, an application, bulk, second looks, original letters."""

from django.urls import URLPattern, path

from huigong.web.console.applications import (
    applications,
    assigning,
    bulk,
    originals,
    papers,
    queue_lists,
    reasons_shown,
    second_looks,
)

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/bulk/", bulk.step_bulk, name="step-bulk"),
    path("campaigns/<str:code>/second-looks/", second_looks.second_looks, name="second-looks"),
    path("second-looks/<uuid:pk>/", second_looks.second_look, name="second-look"),
    path("campaigns/<str:code>/originals/", originals.originals, name="originals"),
    path("campaigns/<str:code>/originals/receive/", originals.original_receive, name="original-receive"),
    path("originals/<str:number>/", originals.original, name="original"),
    path("originals/<str:number>/back/", originals.original_back, name="original-back"),
    path("campaigns/<str:code>/lists/save/", queue_lists.list_save, name="list-save"),
    path("lists/density/", queue_lists.list_density, name="list-density"),
    path("campaigns/<str:code>/lists/drop/", queue_lists.list_drop, name="list-drop"),
    path("campaigns/<str:code>/assign/", assigning.cases_assign, name="cases-assign"),
    path("campaigns/<str:code>/assignments/", assigning.assignments, name="assignments"),
    path("campaigns/<str:code>/assignments/<int:number>/undo/", assigning.assignment_undo, name="assignment-undo"),
    path("bulks/<uuid:pk>/", bulk.bulk, name="bulk"),
    path("forms/<uuid:pk>/stamped/", papers.form_stamped, name="form-stamped"),
    path("campaigns/<str:code>/applications/", applications.applications, name="applications"),
    path("applications/<str:reference>/", applications.application, name="application"),
    path("applications/<str:reference>/settle/", applications.application_settle, name="application-settle"),
    path("applications/<str:reference>/reason/", reasons_shown.application_reason, name="application-reason"),
    path("applications/<str:reference>/verify/", applications.application_verify, name="application-verify"),
    path("applications/<str:reference>/need/", applications.application_need, name="application-need"),
    path("applications/<str:reference>/back/", applications.application_back, name="application-back"),
    path("applications/<str:reference>/met/", applications.application_met, name="application-met"),
    path("applications/<str:reference>/papers/", papers.application_paper, name="application-paper"),
]
