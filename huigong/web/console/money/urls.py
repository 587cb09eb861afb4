"""Addresses: approvals, payments, replies."""

from django.urls import URLPattern, path

from huigong.web.console.money import approvals, bands, bank, batches, paying, replies, revoking

urlpatterns: list[URLPattern] = [
    path("signature-bands/", bands.signature_bands, name="signature-bands"),
    path("signature-bands/look/", bands.signature_bands_look, name="signature-bands-look"),
    path("signature-bands/lay/", bands.signature_bands_lay, name="signature-bands-lay"),
    path("campaigns/<str:code>/approvals/", approvals.approvals, name="approvals"),
    path("campaigns/<str:code>/approvals/write/", approvals.approval_write, name="approval-write"),
    path("approvals/<str:approval>/", approvals.approval, name="approval"),
    path("approvals/<str:approval>/sign/", approvals.approval_sign, name="approval-sign"),
    path("approvals/<str:approval>/take-back/", approvals.approval_take_back, name="approval-take-back"),
    path("approvals/<str:approval>/paper/", approvals.approval_paper, name="approval-paper"),
    path("approvals/<str:approval>/confirm/", approvals.approval_confirm, name="approval-confirm"),
    path("approvals/<str:approval>/reject/", approvals.approval_reject, name="approval-reject"),
    path("approvals/<str:approval>/form/<slug:kind>/", approvals.approval_form_printed, name="approval-form"),
    path("approvals/<str:approval>/scans/<slug:original>/", approvals.approval_scan, name="approval-scan"),
    path("campaigns/<str:code>/payments/", paying.payments_page, name="payments"),
    path("campaigns/<str:code>/payments/bank/", bank.payments_bank, name="payments-bank"),
    path("campaigns/<str:code>/payments/bank/agree/", bank.payments_bank_agree, name="payments-bank-agree"),
    path("campaigns/<str:code>/payments/release/", paying.payments_release, name="payments-release"),
    path("campaigns/<str:code>/payments/again/", paying.payments_again, name="payments-again"),
    path("applications/<str:reference>/award/revoke/", revoking.award_revoke, name="award-revoke"),
    path("campaigns/<str:code>/recoveries/<uuid:recovery>/", revoking.award_recover, name="award-recover"),
    path(
        "campaigns/<str:code>/recoveries/<uuid:recovery>/write-off/", revoking.award_write_off, name="award-write-off"
    ),
    path("campaigns/<str:code>/holds/ask/", paying.holds_ask, name="holds-ask"),
    path("applications/<str:reference>/payee/confirm/", paying.payee_confirm, name="payee-confirm"),
    path("batches/<str:batch>/", batches.batch, name="batch"),
    path("batches/<str:batch>/prints/<slug:printed>/<slug:kind>/", batches.batch_printed, name="batch-printed"),
    path("batches/<str:batch>/take/", batches.batch_take, name="batch-take"),
    path("batches/<str:batch>/allow/", batches.batch_allow, name="batch-allow"),
    path("batches/<str:batch>/undo/", batches.batch_undo, name="batch-undo"),
    path("batches/<str:batch>/reply/", replies.batch_reply, name="batch-reply"),
    path("batches/<str:batch>/reply/take/", replies.batch_reply_take, name="batch-reply-take"),
    path("batches/<str:batch>/scan/", replies.batch_scan, name="batch-scan"),
    path("batches/<str:batch>/papers/<uuid:pk>/", replies.batch_scan_shown, name="batch-scan-shown"),
    path("batches/<str:batch>/key/", replies.batch_key, name="batch-key"),
    path("batches/<str:batch>/key/discard/", replies.batch_reading_discard, name="batch-reading-discard"),
]
