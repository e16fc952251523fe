import logging
from io import BytesIO

import requests
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from recruiting.candidates import attach_text
from recruiting.egress import guarded_session

logger = logging.getLogger(__name__)

TYPES = {"application/pdf"}


class ResumeRejected(Exception):
    pass


def import_resume(candidate_id: str, url: str) -> None:
    """`url` is what the candidate entered; guarded_session() refuses private addresses."""
    with guarded_session() as session:
        response = session.get(url, timeout=(5, 30), allow_redirects=False)
        if response.status_code != requests.codes.ok:
            raise ResumeRejected(f"status {response.status_code}")
        if response.headers.get("Content-Type", "").split(";")[0] not in TYPES:
            raise ResumeRejected("not a PDF")
        data = response.content

    try:
        reader = PdfReader(BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:20]]
    except PdfReadError as exc:
        raise ResumeRejected("unreadable PDF") from exc

    attach_text(candidate_id, "\n".join(pages))
    logger.info("resume of candidate %s imported (%d pages)", candidate_id, len(pages))
