"""Papers: a file, data that a department shares, a commitment, a paper brought later."""

from collections.abc import Callable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minhu.people.gate import Request, allow
from minhu.services.actions import applying
from minhu.services.bridge.applying.plans import Want
from minhu.services.bridge.applying.walking import Walk
from minhu.services.bridge.applying.wording import commitment_words
from minhu.services.connectors import connector_named
from minhu.services.forms.applying import PaperForm
from minhu.services.models import ApplicationPaper
from minhu.services.public.filling import after
from minhu.services.public.links import url_of
from minhu.services.public.sessions import actor_of, page, walked
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, PaperState, PaperWay

LATER = gettext_lazy(
    "The department does not answer just now. It is asked again once you have sent the application; "
    "you need do nothing."
)
Doing = Callable[[Request, Walk, Want], ApplicationPaper]


@allow("public")
@walked
def paper(request: Request, walk: Walk, code: str) -> HttpResponse:
    """One paper, in every way in which it may come."""
    want = walk.plan.want(code) if not walk.question else None
    if want is None or not want.is_asked:
        return redirect(url_of(walk))
    form = PaperForm(want.media, request.POST or None, request.FILES or None)
    if request.method == "POST":
        done = DOING.get(request.POST.get("do", ""), upload)
        if done is not upload or form.is_valid():
            try:
                given = done(request, walk, want)
            except ApplicationRefused as refused:
                form = PaperForm(want.media, request.POST, request.FILES)
                form.add_error("file" if done is upload else None, refused.words)
            else:
                return answered(request, walk, given)
    return page(request, "services/apply_paper.html", walk, stop=("papers", code), **shown(walk, want, form))


@allow("public")
@walked
def shared(request: Request, walk: Walk) -> HttpResponse:
    """The papers that departments share, fetched together."""
    if walk.question or not walk.shared:
        return redirect(url_of(walk))
    if request.method == "POST":
        by = actor_of(request, walk.row)
        for want in walk.shared:
            if not walk.is_settled(want):
                applying.fetch(by=by, pk=walk.row.pk, want=want.code, at=timezone.now())
        return redirect(request.get_full_path())
    rows = [(want, connector_named(want.connector), walk.papers.get(want.code)) for want in walk.shared]
    keys = {key for _want, connector, _row in rows if connector for key in connector.sends}
    sent = [f"{page.title} · {one.label}" for page, blanks in walk.pages for one in blanks if one.key in keys]
    open_ = any(not walk.is_settled(want) and want.code not in walk.papers for want in walk.shared)
    more = {"rows": rows, "sent": sent, "is_open": open_}
    return page(request, "services/apply_shared.html", walk, stop=("shared", ""), **more)


def shown(walk: Walk, want: Want, form: PaperForm) -> dict[str, object]:
    """What the page of a paper shows."""
    on = timezone.localdate()
    connector = connector_named(want.connector) if want.way is PaperWay.SHARE else None
    return {
        "form": form, "want": want, "given": walk.papers.get(want.code), "connector": connector,
        "most": queries.most_megabytes(want.largest, on) if want.way is not PaperWay.COMMIT else None,
        "commitment": words_of(want) if want.way is PaperWay.COMMIT else "",
        "sent": [one.label for one in walk.plan.blanks if connector and one.key in connector.sends],
    }  # fmt: skip


def answered(request: Request, walk: Walk, given: ApplicationPaper) -> HttpResponse:
    """Where a paper leads: on, or back to its page where the applicant must bring it."""
    if given.state == PaperState.MISSING:
        messages.warning(request, _("It could not be fetched: please bring it yourself."))
        return redirect(request.get_full_path())
    if given.state == PaperState.WAITING and given.way == PaperWay.SHARE:
        messages.info(request, LATER)
    if not walk.row.is_draft and walk.row.case:
        applying.bring_waiting(by=actor_of(request, walk.row), pk=walk.row.pk, at=timezone.now())
    return after(request, walk)


def upload(request: Request, walk: Walk, want: Want) -> ApplicationPaper:
    """A file handed in."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise ApplicationRefused(_("Choose a file first."))
    return applying.give_file(
        by=actor_of(request, walk.row), pk=walk.row.pk, want=want.code, name=file.name or "",
        content=file.read(), at=timezone.now(),
    )  # fmt: skip


def share(request: Request, walk: Walk, want: Want) -> ApplicationPaper:
    """Have the department share it."""
    by = actor_of(request, walk.row)
    return applying.fetch(by=by, pk=walk.row.pk, want=want.code, at=timezone.now())


def commit(request: Request, walk: Walk, want: Want) -> ApplicationPaper:
    """Sign the commitment."""
    by = actor_of(request, walk.row)
    if not request.POST.get("agreed"):
        raise ApplicationRefused(_("Tick that you have read it and mean it."))
    return applying.commit_to(by=by, pk=walk.row.pk, want=want.code, words=words_of(want), at=timezone.now())


def later(request: Request, walk: Walk, want: Want) -> ApplicationPaper:
    """Bring it later."""
    return applying.put_off(by=actor_of(request, walk.row), pk=walk.row.pk, want=want.code, at=timezone.now())


def words_of(want: Want) -> str:
    """The words of a commitment, with the limit within which it is checked."""
    return commitment_words(want, queries.amount_of(want.verify, timezone.localdate()))


DOING: dict[str, Doing] = {"upload": upload, "share": share, "commit": commit, "later": later}
