import io
import logging
import zipfile
from pathlib import Path

import requests

from efile.models import Submission
from efile.parsing import parse_acknowledgement

log = logging.getLogger(__name__)


def fetch_acknowledgements(submission: Submission, archive_url: str, workdir: Path) -> int:
    if not archive_url.startswith("https://downloads.efile-gateway.gov.example/"):
        raise ValueError("unexpected archive host")

    response = requests.get(archive_url, timeout=(5, 60))
    response.raise_for_status()

    target = workdir / str(submission.pk)
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        archive.extractall(target)

    stored = 0
    for path in sorted(target.glob("*.xml")):
        with path.open("rb") as handle:
            acknowledgement = parse_acknowledgement(handle)
        submission.acknowledgements.update_or_create(
            record_id=acknowledgement.record_id,
            defaults={"accepted": acknowledgement.accepted, "errors": acknowledgement.errors},
        )
        stored += 1
    log.info("submission %s: %s acknowledgements", submission.pk, stored)
    return stored
