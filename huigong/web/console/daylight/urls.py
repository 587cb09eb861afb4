"""Addresses: quotas, ranking, funds, public notices, objections."""

from django.urls import URLPattern, path

from huigong.web.console.daylight import (
    funds,
    funds_received,
    gifts,
    grievances,
    postings,
    public_notices,
    quotas,
    ranking,
)

urlpatterns: list[URLPattern] = [
    path("campaigns/<str:code>/notices/", public_notices.notices, name="notices"),
    path("notices/<str:number>/", public_notices.notice, name="notice"),
    path("notices/<str:number>/post-up/", public_notices.notice_post_up, name="notice-post-up"),
    path("notices/<str:number>/code.png", public_notices.notice_code, name="notice-code"),
    path("postings/<uuid:pk>/", postings.posting, name="posting"),
    path("postings/<uuid:pk>/word/", postings.posting_word, name="posting-word"),
    path("postings/<uuid:pk>/enter/", postings.posting_enter, name="posting-enter"),
    path("postings/<uuid:pk>/confirm/", postings.posting_confirm, name="posting-confirm"),
    path("postings/<uuid:pk>/down/", postings.posting_down, name="posting-down"),
    path("postings/<uuid:pk>/papers/<slug:paper>.docx", postings.posting_paper, name="posting-paper"),
    path("postings/<uuid:pk>/files/<slug:which>/", postings.posting_file, name="posting-file"),
    path("campaigns/<str:code>/grievances/", grievances.grievances, name="grievances"),
    path("campaigns/<str:code>/grievances/record/", grievances.grievance_record, name="grievance-record"),
    path("grievances/<str:number>/", grievances.grievance, name="grievance"),
    path("grievances/<str:number>/read/", grievances.grievance_read, name="grievance-read"),
    path("grievances/<str:number>/assign/", grievances.grievance_assign, name="grievance-assign"),
    path("grievances/<str:number>/answer/", grievances.grievance_answer, name="grievance-answer"),
    path("grievances/<str:number>/letter.docx", grievances.grievance_letter, name="grievance-letter"),
    path("campaigns/<str:code>/quotas/", quotas.quotas_page, name="quotas"),
    path("campaigns/<str:code>/quotas/move/", quotas.quota_move, name="quota-move"),
    path("campaigns/<str:code>/quotas/table/", quotas.quota_table, name="quota-table"),
    path("campaigns/<str:code>/quotas/letters/<int:number>.docx", quotas.quota_letter, name="quota-letter"),
    path("campaigns/<str:code>/funds/", funds.funds_page, name="funds"),
    path("campaigns/<str:code>/funds/gift/", gifts.fund_gift, name="fund-gift"),
    path("campaigns/<str:code>/funds/gift/<int:number>/back/", gifts.fund_gift_back, name="fund-gift-back"),
    path("campaigns/<str:code>/funds/money/", funds_received.fund_money, name="fund-money"),
    path("campaigns/<str:code>/funds/money/<int:number>/back/", funds_received.fund_money_back, name="fund-money-back"),
    path("campaigns/<str:code>/funds/kind/", funds.fund_kind, name="fund-kind"),
    path("campaigns/<str:code>/funds/rule/", funds.fund_rule, name="fund-rule"),
    path("campaigns/<str:code>/funds/receipts/<int:number>.docx", gifts.fund_receipt, name="fund-receipt"),
    path("campaigns/<str:code>/ranking/", ranking.ranking, name="ranking"),
]
