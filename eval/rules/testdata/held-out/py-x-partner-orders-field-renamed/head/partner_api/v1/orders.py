from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

from partner_api.auth import Partner, current_partner
from partner_api.store import OrderStore, order_store

router = APIRouter(prefix="/v1/orders", tags=["orders"])


class OrderOut(BaseModel):
    id: str
    status: str
    customer: str
    total: str
    currency: str
    placed_at: datetime


@router.get("/{order_id}", response_model=OrderOut)
async def get_order(
    order_id: str,
    partner: Partner = Depends(current_partner),
    store: OrderStore = Depends(order_store),
) -> OrderOut:
    order = await store.find(order_id, partner_id=partner.id)
    if order is None:
        raise HTTPException(status_code=404, detail="order not found")
    return OrderOut(
        id=order.id,
        status=order.status,
        customer=order.customer_id,
        total=f"{Decimal(order.total_cents) / 100:.2f}",
        currency=order.currency,
        placed_at=order.placed_at,
    )
