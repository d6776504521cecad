from django.contrib import admin
from django.urls import include, path

from articles.views.articles import preview

from . import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", include("articles.urls")),  # before the desk's, as it is asked for most
    # A page of the site, for those of the desk alone.
    path(
        "admin/articles/article/<int:pk>/preview/",
        admin.site.admin_view(preview),
        name="article-preview",
    ),
    path("admin/", admin.site.urls),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.permission_denied"
handler404 = "articles.views.errors.page_not_found"
handler500 = "articles.views.errors.server_error"
