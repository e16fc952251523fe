import json
import logging

from openai.types.chat import ChatCompletionMessageToolCall

from agent.context import Conversation
from agent.orders import OrderApi
from agent.refunds import RefundApi

log = logging.getLogger("agent.tools")

REFUND_TOOL = {
    "type": "function",
    "function": {
        "name": "refund_order",
        "description": "Refund a part of an order of the customer.",
        "parameters": {
            "type": "object",
            "properties": {"order_id": {"type": "string"}, "amount_cents": {"type": "integer"}},
            "required": ["order_id", "amount_cents"],
        },
    },
}


class Tools:
    def __init__(self, orders: OrderApi, refunds: RefundApi) -> None:
        self._orders = orders
        self._refunds = refunds

    async def run(self, conversation: Conversation, call: ChatCompletionMessageToolCall) -> str:
        if call.function.name != "refund_order":
            return json.dumps({"error": f"unknown tool {call.function.name}"})
        arguments = json.loads(call.function.arguments)
        refund = await self._refunds.create(
            order_id=arguments["order_id"],
            amount_cents=arguments["amount_cents"],
            idempotency_key=f"{conversation.id}:{call.id}",
        )
        log.info("conversation %s: refund %s created", conversation.id, refund.id)
        return json.dumps({"refund_id": refund.id, "status": refund.status})
