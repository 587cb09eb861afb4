"""The frame around every page: which pages stand in the navigation, and who is signed in."""

from django import template
from django.template import Context

from huigong.web.navigation import Navigation, navigation_for

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation | None:
    """The navigation for whoever is signed in; `campaign` in the page's context says which campaign it is about."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    return navigation_for(request, campaign=context.get("campaign"))
