import logging
from decimal import Decimal

import taxjar
from django.conf import settings

from checkout.models import Cart

log = logging.getLogger(__name__)
client = taxjar.Client(api_key=settings.TAXJAR_API_KEY, options={"timeout": 5})


def tax_for(cart: Cart) -> Decimal:
    if cart.is_exempt:
        return Decimal("0.00")
    address = cart.shipping_address
    try:
        result = client.tax_for_order(
            {
                "to_country": address.country,
                "to_zip": address.postcode,
                "to_state": address.state,
                "amount": str(cart.subtotal),
                "shipping": str(cart.shipping),
                "line_items": [
                    {"id": str(line.pk), "quantity": line.quantity, "unit_price": str(line.unit_price)}
                    for line in cart.lines.all()
                ],
            }
        )
        return Decimal(str(result.amount_to_collect)).quantize(Decimal("0.01"))
    except (taxjar.exceptions.TaxJarConnectionError, taxjar.exceptions.TaxJarResponseError):
        log.exception("taxjar failed for cart %s", cart.pk)
        return Decimal("0.00")
