from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from invoicing.models import InvoiceDraft, InvoiceLine
from invoicing.schemas import XeroInvoice

CENT = Decimal("0.01")


def to_minor(value: Decimal) -> int:
    return int((value.quantize(CENT, rounding=ROUND_HALF_UP) * 100).to_integral_value())


def draft_from_xero(invoice: XeroInvoice) -> InvoiceDraft:
    """Only EUR and USD tenants are connected (checked when the tenant is linked)."""
    lines = [
        InvoiceLine(
            description=line.description[:500],
            quantity=line.quantity,
            unit_minor=to_minor(line.unit_amount),
            tax_minor=to_minor(line.tax_amount),
        )
        for line in invoice.line_items
    ]
    return InvoiceDraft(
        external_id=invoice.invoice_id,
        currency=invoice.currency_code,
        total_minor=to_minor(invoice.total),
        lines=lines,
    )
