import logging
import subprocess
from pathlib import Path

from media.models import InboundMedia
from media.storage import bucket

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 60


class ThumbnailFailed(RuntimeError):
    pass


def make_thumbnail(media: InboundMedia, workdir: Path) -> str:
    source = workdir / str(media.pk)
    bucket.download(media.object_key, source)
    target = workdir / "thumb.jpg"

    command = ["ffmpeg", "-nostdin", "-y", "-i", str(source), "-frames:v", "1", "-vf", "scale=320:-1"]
    command += ["-metadata", f"title={media.filename[:80]}"]
    command.append(str(target))
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as exc:
        log.error("thumbnail of media %s failed: %s", media.pk, type(exc).__name__)
        raise ThumbnailFailed(media.pk) from exc

    key = f"thumbs/{media.pk}.jpg"
    bucket.upload(target, key, content_type="image/jpeg")
    InboundMedia.objects.filter(pk=media.pk).update(thumb_key=key)
    return key
