"""Addresses: people, units, plans, signed sheets."""

from django.urls import URLPattern, path

from huigong.web.console.offices import leaving, people, plans, sheets_in, signed_sheets, units

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/sheets/", signed_sheets.sheets, name="sheets"),
    path("campaigns/<str:code>/plans/", plans.plans, name="plans"),
    path("campaigns/<str:code>/plans/file/", plans.plan_file, name="plan-file"),
    path("plans/<uuid:pk>/", plans.plan, name="plan"),
    path("plans/<uuid:pk>/scan/", plans.plan_scan, name="plan-scan"),
    path("sheets/<uuid:pk>/", signed_sheets.sheet, name="sheet"),
    path("sheets/<uuid:pk>/scan/", signed_sheets.sheet_scan, name="sheet-scan"),
    path("sheets/<uuid:pk>/confirm/", signed_sheets.sheet_confirm, name="sheet-confirm"),
    path("sheets/<uuid:pk>/reject/", signed_sheets.sheet_reject, name="sheet-reject"),
    path("applications/<str:reference>/sheet/", signed_sheets.application_sheet, name="application-sheet"),
    path("households/<uuid:pk>/sheet/", signed_sheets.household_sheet, name="household-sheet"),
    path("join/", people.join, name="join"),
    path("people/", people.people, name="people"),
    path("people/password/", people.password, name="password"),
    path("people/invite/", people.people_invite, name="people-invite"),
    path("people/import/", sheets_in.people_import, name="people-import"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/appoint/", people.person_appoint, name="person-appoint"),
    path("people/<uuid:pk>/way-in/", people.person_way_in, name="person-way-in"),
    path("people/<uuid:pk>/end/", people.person_end, name="person-end"),
    path("people/<uuid:pk>/deputy/", leaving.person_deputy, name="person-deputy"),
    path("people/<uuid:pk>/hand-over/", leaving.person_hand_over, name="person-hand-over"),
    path("people/<uuid:pk>/handed/", leaving.person_handed, name="person-handed"),
    path("units/", units.units, name="units"),
    path("units/import/", sheets_in.units_import, name="units-import"),
    path("units/<uuid:pk>/", units.unit, name="unit"),
    path("units/<uuid:pk>/add/", units.unit_add, name="unit-add"),
    path("units/<uuid:pk>/rename/", units.unit_rename, name="unit-rename"),
    path("units/<uuid:pk>/move/", units.unit_move, name="unit-move"),
    path("units/<uuid:pk>/merge/", units.unit_merge, name="unit-merge"),
    path("units/<uuid:pk>/centre/", units.unit_centre, name="unit-centre"),
    path("units/<uuid:pk>/telephone/", units.unit_telephone, name="unit-telephone"),
]
