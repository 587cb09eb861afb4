"""Addresses: forms handed in, filled in, mended and stamped."""

from django.urls import URLPattern, path

from huigong.web.console.forms import columns, drafts, filling, forms, mending, stamped_scan, stamping

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/forms/", forms.forms, name="forms"),
    path("campaigns/<str:code>/forms/hand-in/", forms.forms_hand_in, name="forms-hand-in"),
    path("campaigns/<str:code>/forms/fill/", filling.forms_fill, name="forms-fill"),
    path("campaigns/<str:code>/forms/fill/draft/", drafts.forms_fill_draft, name="forms-fill-draft"),
    path("forms/<uuid:pk>/columns/", columns.form_columns, name="form-columns"),
    path("forms/<uuid:pk>/draft/", drafts.form_draft, name="form-draft"),
    path("forms/<uuid:pk>/", forms.form, name="form"),
    path("forms/<uuid:pk>/take/", forms.form_take, name="form-take"),
    path("forms/<uuid:pk>/undo/", forms.form_undo, name="form-undo"),
    path("forms/<uuid:pk>/unit/", mending.form_unit, name="form-unit"),
    path("forms/<uuid:pk>/annotated/", forms.form_annotated, name="form-annotated"),
    path("forms/<uuid:pk>/print/", stamping.form_print, name="form-print"),
    path("forms/<uuid:pk>/stamped/scan/", stamping.form_stamp_read, name="form-stamp-read"),
    path("forms/<uuid:pk>/stamped/look/", stamped_scan.form_scan, name="form-scan"),
    path("forms/<uuid:pk>/stamped/look/<int:number>/", stamped_scan.form_scan_page, name="form-scan-page"),
    path("forms/<uuid:pk>/rows/<int:number>/mend/", mending.row_mend, name="row-mend"),
    path("forms/<uuid:pk>/confirm/", mending.row_confirm, name="row-confirm"),
    path("forms/<uuid:pk>/reveal/", mending.row_reveal, name="row-reveal"),
]
