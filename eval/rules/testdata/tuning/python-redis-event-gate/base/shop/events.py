import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from redis import Redis

logger = logging.getLogger(__name__)

CLAIM_SECONDS = 900  # the worker timeout is 600
DONE_SECONDS = 7 * 24 * 3600

RELEASE = """
if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('del', KEYS[1])
end
return 0
"""


class InProgress(Exception):
    """Another worker has the event, the caller answers 503 and Shopify delivers it again."""


class EventGate:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._release = redis.register_script(RELEASE)

    @contextmanager
    def once(self, delivery_id: str) -> Iterator[bool]:
        done_key, claim_key = f"shopify:done:{delivery_id}", f"shopify:claim:{delivery_id}"
        owner = secrets.token_hex(8)
        if not self._redis.set(claim_key, owner, nx=True, ex=DONE_SECONDS):
            yield False
            return
        try:
            yield True
        except Exception:
            self._redis.delete(claim_key)
            raise


def dispatch(gate: EventGate, delivery_id: str, handler: Callable[[], None]) -> bool:
    with gate.once(delivery_id) as first:
        if not first:
            logger.info("delivery repeated", extra={"delivery": delivery_id})
            return False
        handler()
    return True
