import logging
import subprocess
from pathlib import Path

from invoices.models import Invoice

logger = logging.getLogger(__name__)

TEMPLATE_DIR = Path("/srv/templates")
OUT_DIR = Path("/srv/invoices")


class RenderError(Exception):
    pass


def render_pdf(invoice: Invoice, event: dict) -> Path:
    """Render the PDF of an invoice announced by the billing provider."""
    number = event["invoice"]["number"]
    customer = event["customer"]["name"]
    target = OUT_DIR / f"{invoice.pk}.pdf"

    cmd = (
        f"wkhtmltopdf --quiet --title 'Invoice {number} for {customer}' "
        f"{TEMPLATE_DIR}/invoice.html?id={invoice.pk} {target}"
    )
    try:
        subprocess.run(cmd, shell=True, check=True, timeout=60, capture_output=True)
    except subprocess.TimeoutExpired as exc:
        raise RenderError(f"invoice {invoice.pk} timed out") from exc
    except subprocess.CalledProcessError as exc:
        logger.error("wkhtmltopdf failed for invoice %s: exit %s", invoice.pk, exc.returncode)
        raise RenderError(f"invoice {invoice.pk} could not be rendered") from exc

    logger.info("invoice %s rendered", invoice.pk)
    return target
