import logging

import httpx
from fastapi import APIRouter, Depends, HTTPException, UploadFile
from pydantic import BaseModel

from transcripts.auth import User, current_user
from transcripts.settings import settings

router = APIRouter(prefix="/transcripts")
log = logging.getLogger("transcripts")

TYPES = {"audio/mpeg", "audio/wav", "audio/mp4"}


class Transcript(BaseModel):
    text: str


@router.post("", response_model=Transcript)
async def transcribe(file: UploadFile, user: User = Depends(current_user)) -> Transcript:
    if file.content_type not in TYPES:
        raise HTTPException(415, "audio expected")
    audio = await file.read()
    async with httpx.AsyncClient(timeout=httpx.Timeout(120, connect=5)) as client:
        try:
            response = await client.post(
                "https://api.openai.com/v1/audio/transcriptions",
                headers={"Authorization": f"Bearer {settings.openai_api_key}"},
                files={"file": ("audio", audio, file.content_type)},
                data={"model": "whisper-1"},
            )
            response.raise_for_status()
        except httpx.HTTPStatusError as exc:
            log.error("transcription refused with %s", exc.response.status_code)
            raise HTTPException(502, "transcription failed") from exc
        except httpx.TransportError as exc:
            raise HTTPException(504, "transcription not available") from exc
    log.info("user %s transcribed %d bytes", user.id, len(audio))
    return Transcript(text=response.json()["text"])
