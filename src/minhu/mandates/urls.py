"""Addresses of the mandates room."""

from django.urls import path

from minhu.mandates.views import comparing, documents, duties, loading

app_name = "mandates"
urlpatterns = [
    path("", documents.index, name="documents"),
    path("load/", loading.load, name="load"),
    path("<int:pk>/", documents.page, name="document"),
    path("<int:pk>/v<int:version>/", documents.wording, name="version"),
    path("<int:pk>/duties/", documents.all_duties, name="duties"),
    path("<int:pk>/v<int:later>/since/v<int:earlier>/", comparing.compare, name="compare"),
    path("<int:pk>/implements/", comparing.implements, name="implements"),
    path("implementations/<int:pk>/", comparing.check, name="check"),
    path("<int:pk>/head/", loading.head, name="head"),
    path("clauses/<int:pk>/", documents.clause, name="clause"),
    path("clauses/<int:pk>/duties/", duties.add, name="add_duty"),
    path("duties/<int:pk>/", duties.correct, name="duty"),
    path("duties/<int:pk>/remove/", duties.remove, name="remove_duty"),
]
