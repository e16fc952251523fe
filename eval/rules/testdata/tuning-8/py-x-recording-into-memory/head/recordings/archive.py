import logging

import boto3
import requests
from botocore.config import Config
from celery import shared_task

from recordings.auth import ringcentral_token
from recordings.models import Recording

logger = logging.getLogger(__name__)

s3 = boto3.client("s3", config=Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3}))

HOSTS = "https://media.ringcentral.com/restapi/v1.0/account/~/recording/"


@shared_task(
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def archive_recording(recording_id: int) -> None:
    recording = Recording.objects.get(pk=recording_id)
    if recording.archived:
        return
    response = requests.get(
        f"{HOSTS}{recording.external_id}/content",
        headers={"Authorization": f"Bearer {ringcentral_token()}"},
        timeout=(5, 120),
    )
    response.raise_for_status()
    audio = response.content
    key = f"recordings/{recording.started_at:%Y/%m/%d}/{recording.external_id}.mp3"
    s3.put_object(Bucket="call-archive", Key=key, Body=audio, ContentType="audio/mpeg")
    Recording.objects.filter(pk=recording.pk).update(archived=True, archive_key=key, size=len(audio))
    logger.info("recording %s archived (%d bytes)", recording.pk, len(audio))
