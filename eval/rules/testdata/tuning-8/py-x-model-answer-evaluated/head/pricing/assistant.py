import logging
from decimal import Decimal

from fastapi import APIRouter, Depends, HTTPException
from openai import APIError, OpenAI
from pydantic import BaseModel, Field

from pricing.auth import User, current_user
from pricing.catalog import Catalog, get_catalog
from pricing.settings import settings

router = APIRouter(prefix="/pricing")
log = logging.getLogger("pricing")
client = OpenAI(api_key=settings.openai_api_key, timeout=30)

PROMPT = (
    "Translate the discount rule into one Python expression over the names "
    "price, quantity and customer_years. Answer with the expression only."
)


class Rule(BaseModel):
    text: str = Field(min_length=3, max_length=500)
    sku: str
    quantity: int = Field(gt=0, le=100_000)


@router.post("/preview")
def preview(rule: Rule, user: User = Depends(current_user), catalog: Catalog = Depends(get_catalog)) -> dict:
    price = catalog.price(rule.sku)
    if price is None:
        raise HTTPException(404, "unknown sku")
    try:
        completion = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": rule.text}],
        )
    except APIError as exc:
        raise HTTPException(502, "assistant not available") from exc
    expression = (completion.choices[0].message.content or "").strip().strip("`")
    names = {"price": float(price), "quantity": rule.quantity, "customer_years": user.years}
    try:
        total = eval(expression, {"__builtins__": {}}, names)
        amount = Decimal(str(total)).quantize(Decimal("0.01"))
    except Exception as exc:
        log.info("expression of user %s failed", user.id)
        raise HTTPException(422, "rule not understood") from exc
    return {"expression": expression, "total": str(amount)}
