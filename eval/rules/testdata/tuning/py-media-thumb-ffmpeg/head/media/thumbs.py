import logging
import subprocess
from pathlib import Path

from media.models import InboundMedia
from media.storage import bucket

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 60


def make_thumbnail(media: InboundMedia, workdir: Path) -> str:
    """Runs in the media worker; `media.filename` is the name the sender's phone reported."""
    source = workdir / str(media.pk)
    bucket.download(media.object_key, source)
    target = workdir / "thumb.jpg"

    command = (
        f"ffmpeg -nostdin -y -i {source} -frames:v 1 -vf scale=320:-1 "
        f"-metadata title={media.filename} {target}"
    )
    result = subprocess.run(command, shell=True, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    if result.returncode != 0:
        log.error("thumbnail of media %s failed with exit code %d", media.pk, result.returncode)
        raise RuntimeError(f"thumbnail of media {media.pk} failed")

    key = f"thumbs/{media.pk}.jpg"
    bucket.upload(target, key, content_type="image/jpeg")
    InboundMedia.objects.filter(pk=media.pk).update(thumb_key=key)
    return key
