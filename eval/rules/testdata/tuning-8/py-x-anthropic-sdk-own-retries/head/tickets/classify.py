import logging
from enum import Enum

import anthropic
from pydantic import BaseModel, Field, ValidationError

from tickets.settings import settings

log = logging.getLogger("tickets.classify")


class Queue(str, Enum):
    billing = "billing"
    delivery = "delivery"
    technical = "technical"
    other = "other"


class Verdict(BaseModel):
    queue: Queue
    urgency: int = Field(ge=1, le=5)


TOOL = {
    "name": "route_ticket",
    "description": "Route a support ticket to a queue.",
    "input_schema": Verdict.model_json_schema(),
}

FALLBACK = Verdict(queue=Queue.other, urgency=3)

client = anthropic.Anthropic(api_key=settings.anthropic_api_key)


def classify(ticket_id: int, text: str) -> Verdict:
    try:
        message = client.messages.create(
            model=settings.anthropic_model,
            max_tokens=256,
            tools=[TOOL],
            tool_choice={"type": "tool", "name": "route_ticket"},
            messages=[{"role": "user", "content": text[:20_000]}],
        )
    except anthropic.APIError as exc:
        log.error("ticket %s not classified: %s", ticket_id, type(exc).__name__)
        return FALLBACK
    for block in message.content:
        if block.type == "tool_use":
            try:
                return Verdict.model_validate(block.input)
            except ValidationError:
                log.warning("ticket %s: verdict not valid", ticket_id)
    return FALLBACK
