from __future__ import annotations

import logging
from dataclasses import dataclass
from decimal import Decimal

from fastapi import APIRouter, Depends, HTTPException, UploadFile
from lxml import etree

from statements.auth import require_treasurer
from statements.store import StatementStore, get_store

router = APIRouter(prefix="/statements", dependencies=[Depends(require_treasurer)])
log = logging.getLogger(__name__)

NS = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"}
LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    reference: str
    amount: Decimal
    currency: str
    credit: bool


def parse(data: bytes) -> list[Entry]:
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False, huge_tree=True)
    root = etree.fromstring(data, parser)
    return [
        Entry(
            reference=node.findtext("c:AcctSvcrRef", default="", namespaces=NS),
            amount=Decimal(node.findtext("c:Amt", namespaces=NS)),
            currency=node.find("c:Amt", NS).attrib["Ccy"],
            credit=node.findtext("c:CdtDbtInd", namespaces=NS) == "CRDT",
        )
        for node in root.iterfind(".//c:Ntry", NS)
    ]


@router.post("/camt053", status_code=201)
async def upload(file: UploadFile, store: StatementStore = Depends(get_store)) -> dict[str, int]:
    data = await file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise HTTPException(413, "statement too large")
    try:
        entries = parse(data)
    except (etree.XMLSyntaxError, ArithmeticError, AttributeError, KeyError, TypeError) as exc:
        raise HTTPException(422, "not a camt.053 statement") from exc
    await store.save(file.filename, entries)
    return {"entries": len(entries)}
