"""Addresses of cases."""

from django.urls import path

from minhu.cases import public
from minhu.cases.views import bulk, case, doing, matrix, opening, plan, queue, statistics

app_name = "cases"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("open/", opening.choose, name="open"),
    path("open/<str:kind>/", opening.fill, name="fill"),
    path("many/", bulk.many, name="many"),
    path("powers/", matrix.powers, name="powers"),
    path("plan/<str:kind>/", plan.plan, name="plan"),
    path("statistics/<str:kind>/", statistics.statistics, name="statistics"),
    path("rate/<str:token>/", public.rate, name="rate"),
    path("<str:number>/", case.page, name="case"),
    path("<str:number>/personal/", case.personal, name="personal"),
    path("<str:number>/do/<str:step>/", doing.do, name="do"),
    path("<str:number>/papers/<int:pk>/", case.paper, name="paper"),
    path("<str:number>/papers/<int:pk>/file/", case.paper_file, name="paper_file"),
]
