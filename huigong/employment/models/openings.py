"""Employers by their unified social credit code, and what they offer: posts, traineeships, training, public posts, fairs."""

from django.db import models

from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Employer(models.Model):
    """单位: who offers; large and middle state firms were asked first (四(二)). `promised` is how many places it promised."""

    class Nature(models.TextChoices):
        STATE_LARGE = "state_large", "国有大中型企业"
        STATE = "state", "其他国有企业"
        PUBLIC = "public", "机关事业单位"
        PRIVATE = "private", "民营企业"
        SMALL = "small", "小微企业和个体户"
        OTHER = "other", "其他"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("名称", max_length=100)
    nature = models.CharField("性质", max_length=16, choices=Nature.choices)
    contact = models.CharField("联系人", max_length=50, blank=True)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    phone = EncryptedTextField("联系电话", kind="phone")
    asked_on = models.DateField("动员日期", null=True)
    promised = models.PositiveIntegerField("答应的名额", default=0)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = verbose_name
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Opening(Staged):
    """岗位: what is offered, what it asks for, how many places, until when. Not on offer before its employer confirmed it."""

    class Kind(models.TextChoices):
        POST = "post", "招聘岗位"
        TRAINEESHIP = "traineeship", "见习岗位"
        INTERNSHIP = "internship", "实习岗位"
        TRAINING = "training", "培训名额"
        PUBLIC_POST = "public_post", "公益性岗位"
        FAIR = "fair", "招聘会"

    class Source(models.TextChoices):
        LIST = "list", "Excel"
        PASTED = "pasted", "招聘启事"
        HERE = "here", "在这里填"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField("编号", max_length=40, unique=True)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="openings")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    title = models.CharField("名称", max_length=80)
    work = models.CharField("工作类别", max_length=24, blank=True)
    place = models.CharField("地点", max_length=40, blank=True)
    level = models.CharField("最低学历", max_length=24, blank=True)
    majors = models.JSONField("专业", default=list)
    skills = models.JSONField("要求的技能", default=list)
    teaches = models.JSONField("培训的技能", default=list)
    pay_fen = models.BigIntegerField("月薪（分）", null=True)
    places = models.PositiveIntegerField("名额")
    grassroots = models.BooleanField("基层", default=False)
    poor_area = models.BooleanField("贫困地区", default=False)
    remote_area = models.BooleanField("艰苦边远地区", default=False)
    incentive = models.CharField("鼓励政策", max_length=200, blank=True)
    valid_until = models.DateField("有效到")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    advert = EncryptedTextField("招聘启事原文", kind="text")
    confirmed_on = models.DateField("单位确认日期", null=True)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = verbose_name
        ordering = ("reference",)
        constraints = (models.CheckConstraint(condition=models.Q(places__gt=0), name="an_opening_has_a_place"),)
        indexes = (models.Index(fields=("federation", "status", "valid_until"), name="employment_on_offer"),)

    def __str__(self) -> str:
        return self.reference
