from typing import Any

from invoicing.models import InvoiceDraft, InvoiceLine
from invoicing.schemas import XeroInvoice


def to_minor(value: Any) -> int:
    return int(float(value) * 100)


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
