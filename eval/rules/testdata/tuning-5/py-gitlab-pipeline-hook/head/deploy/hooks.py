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

    result = subprocess.run(
        ["/usr/local/bin/build-site", sha],
        cwd=current_app.config["SITE_DIR"],
        capture_output=True,
        timeout=600,
        check=False,
    )
    if result.returncode != 0:
        log.error("build of %s failed with %s", sha, result.returncode)
        abort(500)
    log.info("build of %s done", sha)
    return jsonify(built=sha), 200
