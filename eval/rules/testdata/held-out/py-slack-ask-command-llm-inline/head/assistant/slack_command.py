import hashlib
import hmac
import logging
from urllib.parse import parse_qs

import openai
from fastapi import APIRouter, Depends, HTTPException, Request

from assistant.deps import get_openai
from assistant.settings import settings

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/slack")
PROMPT = "You answer questions about our internal handbook. Answer in at most five sentences."


async def signed_form(request: Request) -> dict[str, str]:
    body = await request.body()
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    base = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(
        settings.slack_signing_secret.encode(), base, hashlib.sha256
    ).hexdigest()
    received = request.headers.get("X-Slack-Signature", "")
    if not hmac.compare_digest(expected.encode(), received.encode()):
        raise HTTPException(status_code=401)
    return {key: values[0] for key, values in parse_qs(body.decode()).items()}


@router.post("/ask")
async def ask(
    form: dict[str, str] = Depends(signed_form),
    client: openai.AsyncOpenAI = Depends(get_openai),
):
    question = form.get("text", "").strip()
    if not question or len(question) > 1000:
        return {"response_type": "ephemeral", "text": "Usage: /ask <question>"}

    try:
        answer = await client.with_options(timeout=40, max_retries=0).chat.completions.create(
            model="gpt-4o-mini",
            messages=[
                {"role": "system", "content": PROMPT},
                {"role": "user", "content": question},
            ],
            max_tokens=400,
        )
    except openai.APIError as exc:
        logger.warning("model failed for /ask: %s", type(exc).__name__)
        return {"response_type": "ephemeral", "text": "No answer right now, please try again."}
    return {"response_type": "ephemeral", "text": answer.choices[0].message.content or "No answer."}
