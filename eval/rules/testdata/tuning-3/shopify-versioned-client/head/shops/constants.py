"""Reviewed every quarter; the upgrade steps are in the runbook."""

SHOPIFY_API_VERSION = "2026-01"
SHOPIFY_TIMEOUT = (3.05, 20)
