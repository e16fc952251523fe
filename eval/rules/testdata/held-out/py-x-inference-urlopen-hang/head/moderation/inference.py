import json
import logging
import urllib.error
import urllib.request
from dataclasses import dataclass

from moderation.settings import HF_ENDPOINT, HF_TOKEN

log = logging.getLogger("moderation.inference")


class InferenceError(Exception):
    pass


@dataclass(frozen=True)
class Score:
    label: str
    value: float


def score(text: str) -> list[Score]:
    payload = json.dumps({"inputs": text[:4000], "parameters": {"top_k": None}}).encode()
    request = urllib.request.Request(
        HF_ENDPOINT,
        data=payload,
        headers={"Authorization": f"Bearer {HF_TOKEN}", "Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as exc:
        raise InferenceError(f"endpoint answered {exc.code}") from exc
    except (urllib.error.URLError, ValueError) as exc:
        raise InferenceError("endpoint not reachable") from exc

    scores = [Score(item["label"], float(item["score"])) for item in answer[0]]
    log.debug("top label %s", max(scores, key=lambda s: s.value).label)
    return scores
