import hashlib
import logging

import httpx
from sqlalchemy.orm import Session, sessionmaker

from documents.models import MirroredDocument

log = logging.getLogger(__name__)


class DocumentMirror:
    def __init__(self, sessions: sessionmaker[Session], http: httpx.Client) -> None:
        self._sessions = sessions
        self._http = http  # base_url, auth and Timeout(15, connect=3) come from the factory

    def push(self, document_id: str, content: bytes) -> bool:
        signature = hashlib.sha256(content).hexdigest()
        with self._sessions() as session:
            known = session.get(MirroredDocument, document_id)
            if known is not None and known.signature == signature:
                return False

        response = self._http.put(
            f"/documents/{document_id}",
            content=content,
            headers={"Content-Type": "application/pdf", "X-Content-Sha256": signature},
        )
        response.raise_for_status()
        stored = response.headers.get("X-Content-Sha256")
        if stored is not None and stored != signature:
            raise RuntimeError(f"document {document_id} was stored with another digest")

        with self._sessions.begin() as session:
            session.merge(MirroredDocument(id=document_id, signature=signature))
        log.info("document %s mirrored, %d bytes", document_id, len(content))
        return True
