import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from indexer.models import Project
from indexer.tasks import index_revision

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

        index_revision.apply_async((project.pk, after), task_id=f"index-{project.pk}-{after}")
        log.info("queued project=%s revision=%s", project.pk, after[:12])
        return JsonResponse({"queued": True}, status=202)
