"""The product's addresses, and beside them the list of files as Django's own admin makes it of a bare ModelAdmin.

/admin/ shows the columns of our own list as list_display takes them: the office by its foreign key, completeness and the
two days through the file's mark. /tuned/ is the same with the one word that spares admin a question a line
(list_select_related). Nothing else is set, so both count as admin counts.
"""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from huigong.registry.models import Household
from huigong.web import permissions, roles
from huigong.web.urls import urlpatterns as own


class Site(AdminSite):
    def has_permission(self, request):
        return request.user.is_active


class Files(ModelAdmin):
    """The columns of our own list, fifty a page as there; everything else as it comes."""

    list_display = (
        "file_number",
        "worker_name",
        "employer",
        "federation",
        "hardship_category",
        "file_status",
        "mark__is_complete",
        "mark__changed_on",
        "mark__aided_on",
    )
    list_per_page = 50

    def has_view_permission(self, _request, _object=None):
        return True

    has_module_permission = has_change_permission = has_delete_permission = has_add_permission = has_view_permission


class TunedFiles(Files):
    list_select_related = ("federation", "mark")


stock, tuned = Site(name="admin"), Site(name="tuned")
stock.register(Household, Files)
tuned.register(Household, TunedFiles)
permissions.PERMISSIONS["registry_household_changelist"] = roles.EVERY_OFFICER
urlpatterns = [*own, path("admin/", stock.urls), path("tuned/", tuned.urls)]
