"""A Django site of one page: the same rows, in the same frame, with the same stylesheet.

Served by granian. ``BENCH_DATABASE`` is the SQLite file, ``BENCH_BUILT`` the folder of the built
site, whose files it serves compressed, as a Django site does with WhiteNoise.
"""

from __future__ import annotations

import mimetypes
import os
import re
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

BUILT = Path(os.environ["BENCH_BUILT"])
PAGE = 20

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="a-key-for-the-benchmarks",
    USE_TZ=True,
    LANGUAGE_CODE="fr",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "django.middleware.common.CommonMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates", os.environ["BENCH_TEMPLATES"]],
        }
    ],
)
django.setup()


class Structure(models.Model):
    usual_name = models.CharField(max_length=400)
    name = models.CharField(max_length=400)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "structure"


class Experience(models.Model):
    title = models.CharField(max_length=400)
    narrative = models.TextField()
    slug = models.CharField(max_length=100)
    ressenti = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    position = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "experience"


class Met(models.Model):
    pk = models.CompositePrimaryKey("experience_id", "position")
    experience = models.ForeignKey(Experience, models.DO_NOTHING, related_name="met")
    position = models.IntegerField()
    structure = models.ForeignKey(Structure, models.DO_NOTHING)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "experience_structure"


def listed(request: HttpRequest) -> HttpResponse:
    """The newest experiences, or those below a position, and how many there are."""
    found = Experience.objects.filter(status="published")
    rows = found
    if before := request.GET.get("apres", ""):
        rows = rows.filter(position__lt=int(before))
    cards = list(rows.order_by("-position").prefetch_related("met__structure")[: PAGE + 1])
    context: dict[str, Any] = {
        "cards": cards[:PAGE],
        "total": found.count(),
        "following": cards[PAGE - 1].position if len(cards) > PAGE else None,
    }
    return render(request, "experiences.html", context)


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the built site, in its compressed form."""
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name) or not (BUILT / name).is_file():
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = BUILT / f"{name}.br"
    brotli = packed.is_file() and "br" in request.headers.get("Accept-Encoding", "")
    body = (packed if brotli else BUILT / name).read_bytes()
    answer = HttpResponse(body, content_type=kind)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    if brotli:
        answer["Content-Encoding"] = "br"
    return answer


urlpatterns = [path("experiences", listed), path("<path:name>", asset)]
application = get_wsgi_application()
