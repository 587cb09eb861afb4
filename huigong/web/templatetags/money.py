"""Amounts of fen in templates, as people read them."""

from django import template

from huigong.values import money

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    return money.for_people(fen)
