import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from indexer.models import Project
from indexer.services import RepositoryIndexer

log = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class GitlabPushView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Gitlab-Token", "")
        if not hmac.compare_digest(given.encode(), settings.GITLAB_HOOK_TOKEN.encode()):
            return HttpResponse(status=403)

        try:
            event = json.loads(request.body)
            project_id, after = int(event["project"]["id"]), str(event["after"])
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"error": "unexpected payload"}, status=400)

        project = Project.objects.filter(gitlab_id=project_id, active=True).first()
        if project is None:
            return JsonResponse({"ignored": True})

        indexer = RepositoryIndexer(project)
        checkout = indexer.clone(revision=after)
        indexer.index_files(checkout)
        indexer.publish_embeddings()
        log.info("indexed project=%s revision=%s", project.pk, after[:12])
        return JsonResponse({"indexed": True})
