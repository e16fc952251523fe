import hmac
import logging
import re
import subprocess

from flask import Blueprint, abort, current_app, jsonify, request

from deploy.jobs import build_queue

bp = Blueprint("hooks", __name__)
log = logging.getLogger(__name__)
SHA = re.compile(r"^[0-9a-f]{40}$")


@bp.post("/hooks/gitlab")
def gitlab():
    given = request.headers.get("X-Gitlab-Token", "")
    if not hmac.compare_digest(given.encode(), current_app.config["GITLAB_HOOK_TOKEN"].encode()):
        abort(401)
    event = request.get_json(silent=True) or {}
    sha = event.get("checkout_sha")
    if event.get("ref") != "refs/heads/main" or not isinstance(sha, str) or not SHA.match(sha):
        return "", 204

    build_queue.enqueue("deploy.jobs.build", sha, job_id=f"build-{sha}")
    log.info("build of %s queued", sha)
    return jsonify(queued=sha), 202
