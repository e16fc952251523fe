import logging
from typing import Any

from redis import Redis
from rq import Queue, Retry
from rq.exceptions import NoSuchJobError
from rq.job import Job

from bot.settings import settings

log = logging.getLogger(__name__)
_redis = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=1)
_queue = Queue("slack", connection=_redis, default_timeout=120)


def enqueue(task: str, payload: dict[str, Any], job_id: str) -> None:
    try:
        Job.fetch(job_id, connection=_redis)
    except NoSuchJobError:
        _queue.enqueue(
            f"bot.tasks.{task.replace('-', '_')}",
            payload,
            job_id=job_id,
            retry=Retry(max=3, interval=[10, 60, 300]),
            result_ttl=86400,
        )
    else:
        log.info("job %s exists already", job_id)
