import json

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


class RawJSONParser(BaseParser):
    """Reads from the cached body, so that the signature check and the parser see the same bytes."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return json.loads(parser_context["request"]._request.body)
        except ValueError as exc:
            raise ParseError("json") from exc
