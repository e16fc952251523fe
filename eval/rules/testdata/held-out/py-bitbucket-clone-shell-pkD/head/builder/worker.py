import logging
import subprocess
from pathlib import Path

from celery import shared_task

from builder.models import Build

log = logging.getLogger(__name__)
WORKDIR = Path("/var/lib/builder/src")


@shared_task(soft_time_limit=900, time_limit=960)
def run_build(build_id: int, payload: dict) -> None:
    build = Build.objects.get(pk=build_id)
    change = payload["push"]["changes"][-1]["new"]
    branch, commit = change["name"], change["target"]["hash"]
    target = WORKDIR / str(build.pk)

    result = subprocess.run(
        f"git clone --depth 50 --branch {branch} {build.clone_url} {target} && git -C {target} checkout {commit}",
        shell=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if result.returncode != 0:
        build.fail(result.stderr[-4000:])
        log.warning("build %s: checkout failed with %s", build_id, result.returncode)
        return

    build.mark_checked_out(commit)
    build.start_pipeline(target)
