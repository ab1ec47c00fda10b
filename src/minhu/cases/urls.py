"""Addresses of cases."""

from django.urls import path

from minhu.cases import public
from minhu.cases.views import (
    bulk,
    case,
    doing,
    kinds,
    letters,
    matrix,
    opening,
    people,
    plan,
    queue,
    statistics,
)

app_name = "cases"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("open/", opening.choose, name="open"),
    path("open/<str:kind>/", opening.fill, name="fill"),
    path("many/", bulk.many, name="many"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/import/", kinds.kind_import, name="kind_import"),
    path("kinds/<str:code>/", kinds.kind, name="kind"),
    path("kinds/<str:code>/bpmn/", kinds.kind_bpmn, name="kind_bpmn"),
    path("kinds/<str:code>/dmn/<str:table>/", kinds.kind_dmn, name="kind_dmn"),
    path("kinds/<str:code>/try/", kinds.kind_try, name="kind_try"),
    path("kinds/<str:code>/move/", kinds.kind_move, name="kind_move"),
    path("powers/", matrix.powers, name="powers"),
    path("plan/<str:kind>/", plan.plan, name="plan"),
    path("statistics/<str:kind>/", statistics.statistics, name="statistics"),
    path("letters/", letters.letters, name="letters"),
    path("letters/effects/<int:pk>/retry/", letters.retry_effect, name="retry_effect"),
    path("letters/effects/<int:pk>/close/", letters.close_effect, name="close_effect"),
    path("letters/timers/<int:pk>/retry/", letters.retry_timer, name="retry_timer"),
    path("letters/timers/<int:pk>/close/", letters.close_timer, name="close_timer"),
    path("letters/links/<int:pk>/", letters.link, name="letters_link"),
    path("rate/<str:token>/", public.rate, name="rate"),
    path("<str:number>/", case.page, name="case"),
    path("<str:number>/personal/", case.personal, name="personal"),
    path("<str:number>/erase/", people.erase, name="erase"),
    path("<str:number>/who/<str:place>/", people.who, name="who"),
    path("<str:number>/do/<str:step>/", doing.do, name="do"),
    path("<str:number>/papers/<int:pk>/", case.paper, name="paper"),
    path("<str:number>/papers/<int:pk>/file/", case.paper_file, name="paper_file"),
]
