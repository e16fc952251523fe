import logging

import grpc
from fastapi import HTTPException

from checkout.gen.inventory.v1 import inventory_pb2, inventory_pb2_grpc
from checkout.settings import settings

log = logging.getLogger(__name__)

_channel: grpc.aio.Channel | None = None


def _stub() -> inventory_pb2_grpc.InventoryStub:
    global _channel
    if _channel is None:
        _channel = grpc.aio.secure_channel(settings.inventory_target, grpc.ssl_channel_credentials())
    return inventory_pb2_grpc.InventoryStub(_channel)


async def close() -> None:
    if _channel is not None:
        await _channel.close()


async def available(sku: str, warehouse: str) -> int:
    request = inventory_pb2.GetAvailabilityRequest(sku=sku, warehouse=warehouse)
    try:
        reply = await _stub().GetAvailability(
            request, timeout=2.0, metadata=(("x-caller", "checkout"),)
        )
    except grpc.aio.AioRpcError as exc:
        if exc.code() == grpc.StatusCode.NOT_FOUND:
            raise HTTPException(status_code=404, detail="unknown sku") from exc
        log.warning("inventory failed for %s: %s", sku, exc.code().name)
        raise HTTPException(status_code=503, detail="inventory not available") from exc

    if reply.quantity < 0:
        log.error("inventory returned negative quantity for %s", sku)
        return 0
    return reply.quantity
