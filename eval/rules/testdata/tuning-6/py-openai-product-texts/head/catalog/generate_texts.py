from __future__ import annotations

import asyncio
import logging

import openai
from openai import AsyncOpenAI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.models import Product
from catalog.prompts import SYSTEM_PROMPT, product_prompt

logger = logging.getLogger(__name__)


async def generate_missing(session: AsyncSession, client: AsyncOpenAI) -> int:
    """Nightly: writes the texts of all products that were imported without one (up to 15 000)."""
    products = (await session.scalars(select(Product).where(Product.description.is_(None)))).all()
    quick = client.with_options(timeout=60, max_retries=0)

    texts = await asyncio.gather(*(write_text(quick, product) for product in products))

    written = 0
    for product, text in zip(products, texts, strict=True):
        if text:
            product.description = text
            written += 1
    await session.commit()
    logger.info("%d of %d product texts written", written, len(products))
    return written


async def write_text(client: AsyncOpenAI, product: Product) -> str | None:
    try:
        completion = await client.chat.completions.create(
            model="gpt-4o-mini",
            max_tokens=400,
            messages=[
                {"role": "system", "content": SYSTEM_PROMPT},
                {"role": "user", "content": product_prompt(product)},
            ],
        )
    except openai.RateLimitError:
        return None
    return completion.choices[0].message.content
