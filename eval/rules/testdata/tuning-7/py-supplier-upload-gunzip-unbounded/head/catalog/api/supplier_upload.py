import csv
import gzip
import io
import logging
import zlib
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, UploadFile, status

from catalog.auth import Supplier, current_supplier
from catalog.models import CatalogRow
from catalog.staging import stage_rows

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/supplier/catalog")


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def upload_catalog(
    file: UploadFile, supplier: Annotated[Supplier, Depends(current_supplier)]
) -> dict[str, int]:
    if not (file.filename or "").endswith(".csv.gz"):
        raise HTTPException(status.HTTP_415_UNSUPPORTED_MEDIA_TYPE, "csv.gz expected")

    try:
        text = gzip.decompress(await file.read()).decode("utf-8")
    except (gzip.BadGzipFile, zlib.error, EOFError, UnicodeDecodeError) as exc:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, "not a gzip csv") from exc

    rows: list[CatalogRow] = []
    for number, record in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        try:
            rows.append(CatalogRow.model_validate(record))
        except ValueError as exc:
            raise HTTPException(
                status.HTTP_422_UNPROCESSABLE_ENTITY, f"line {number} is invalid"
            ) from exc

    await stage_rows(supplier.id, rows)
    logger.info("supplier %s staged %d rows", supplier.id, len(rows))
    return {"rows": len(rows)}
