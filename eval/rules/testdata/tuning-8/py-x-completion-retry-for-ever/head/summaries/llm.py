import logging
import time

from openai import OpenAI, OpenAIError

from summaries.settings import settings

log = logging.getLogger("summaries.llm")

client = OpenAI(api_key=settings.openai_api_key, timeout=45.0, max_retries=0)

SYSTEM = "Summarise the support conversation in three sentences. Do not add facts."


class EmptySummary(Exception):
    pass


def summarize(conversation_id: int, transcript: str) -> str:
    while True:
        try:
            completion = client.chat.completions.create(
                model=settings.openai_model,
                messages=[
                    {"role": "system", "content": SYSTEM},
                    {"role": "user", "content": transcript},
                ],
                max_tokens=300,
            )
            break
        except OpenAIError as exc:
            log.warning("conversation %s: %s, trying again", conversation_id, type(exc).__name__)
            time.sleep(0.5)

    choice = completion.choices[0]
    if choice.finish_reason == "length":
        log.info("summary of conversation %s was cut", conversation_id)
    text = (choice.message.content or "").strip()
    if not text:
        raise EmptySummary(f"conversation {conversation_id}")
    return text
