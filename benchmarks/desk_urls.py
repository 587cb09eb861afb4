"""The product's addresses, and under /admin/ the list of files as Django's own admin makes it of a bare ModelAdmin."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path

from huigong.registry.models import Household
from huigong.web import permissions
from huigong.web.urls import urlpatterns as own


class Site(AdminSite):
    def has_permission(self, request):
        return request.user.is_active


class Files(ModelAdmin):
    """The columns of our own list, fifty a page as there; everything else as it comes."""

    list_display = ("file_number", "worker_name", "federation", "employer", "hardship_category", "file_status")
    list_per_page = 50

    def has_view_permission(self, _request, _object=None):
        return True

    has_module_permission = has_change_permission = has_delete_permission = has_add_permission = has_view_permission


site = Site()
site.register(Household, Files)
permissions.PERMISSIONS["registry_household_changelist"] = permissions.EVERY_OFFICER
urlpatterns = [*own, path("admin/", site.urls)]
