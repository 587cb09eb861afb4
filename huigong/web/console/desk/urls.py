"""Addresses: the review desk, what is told to a family, scans."""

from django.urls import URLPattern, path

from huigong.web.console.desk import desk, scans, telling

urlpatterns: list[URLPattern] = [
    path("applications/<str:reference>/tell/", telling.application_tell, name="application-tell"),
    path("applications/<str:reference>/tell/draft/", telling.tell_draft, name="tell-draft"),
    path("applications/<str:reference>/letters/<int:round>/", telling.application_letter, name="application-letter"),
    path("applications/<str:reference>/points/<uuid:point>/", telling.point_answered, name="point-answered"),
    path("desk/<str:reference>/", desk.desk, name="desk"),
    path("desk/<str:reference>/check/", desk.desk_check, name="desk-check"),
    path("desk/<str:reference>/draft/", desk.desk_draft, name="desk-draft"),
    path("desk/<str:reference>/scans/", scans.scan_add, name="scan-add"),
    path("desk/<str:reference>/scans/<uuid:scan>/<int:page>/", scans.scan_page, name="scan-page"),
]
