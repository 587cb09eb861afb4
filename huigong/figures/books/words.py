"""Columns in words: what a person is told that differs."""

from functools import lru_cache

from django.apps import apps

_OWN = {
    "about": "针对", "ledger": "账上退回", "at": "时间", "attempt": "第几次", "batch": "批次", "campaign_id": "活动", "card_index": "卡号索引",
    "chain": "链头", "circular": "通知", "claimant": "申请人", "code": "编码", "corrects_id": "更正的表", "count": "笔数",
    "created_at": "存入时间", "credit": "贷方账户", "data_key_id": "数据钥匙", "debit": "借方账户", "decision": "认定",
    "document_id": "材料", "federation_id": "所属总工会", "fen": "金额", "file": "文件", "form_id": "登记表",
    "fund": "资金来源", "giver_id": "从哪里", "taker_id": "到哪里", "reply_id": "银行回单", "agreed_id": "一致的回单",
    "agreement_id": "代发约定", "fund_source_id": "资金来源", "household_id": "家庭", "id_number_index": "身份证索引",
    "kind": "类别", "lifted_at": "解除时间", "may_be_overdrawn": "可透支", "media_type": "文件类型", "member_id": "成员",
    "name": "名称", "password": "密码", "notice_id": "公示", "number": "编号", "of": "结清的划转", "officer_id": "经办人",
    "organisation_id": "组织", "parent_id": "上级", "parent_index": "家长身份证索引", "path": "层级路径", "payee": "收款人、卡号和会议记录",
    "person_index": "受助人索引", "phone_index": "手机索引", "places": "名额", "plain_name": "学校名称", "position": "序号",
    "reason": "事由", "reference": "案号", "row": "登记表的行", "sha256": "内容摘要", "since": "起始时间", "size": "大小",
    "student_index": "学生身份证索引", "to": "状态", "transfer": "划转", "unit_id": "报送单位", "version_id": "通知版本",
    "waits_for": "等什么", "working_days": "工作日", "application_id": "申请", "is_first": "立案的一行",
}  # fmt: skip


def in_words(name: str) -> str:
    """A column in Chinese."""
    return _OWN.get(name) or _of_models().get(name, name)


def english(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


@lru_cache(maxsize=1)
def _of_models() -> dict[str, str]:
    """The words that the models themselves have for their columns."""
    return {
        field.attname: str(field.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("huigong.")
        for field in model._meta.concrete_fields
    }
