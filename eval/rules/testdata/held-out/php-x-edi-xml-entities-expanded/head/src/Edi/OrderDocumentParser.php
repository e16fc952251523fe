<?php

declare(strict_types=1);

namespace Acme\Edi;

use DOMDocument;
use DOMElement;
use DOMXPath;

/**
 * Reads openTRANS orders that partners upload over the file exchange.
 */
final class OrderDocumentParser
{
    private const NS = 'http://www.opentrans.org/XMLSchema/2.1';

    public function parse(string $xml): OrderDocument
    {
        $previous = libxml_use_internal_errors(true);
        try {
            $document = new DOMDocument();
            if ($xml === '' || !$document->loadXML($xml, LIBXML_NOENT | LIBXML_DTDLOAD)) {
                throw new InvalidDocument('not well-formed: ' . (libxml_get_last_error()->message ?? 'empty'));
            }
        } finally {
            libxml_clear_errors();
            libxml_use_internal_errors($previous);
        }

        $xpath = new DOMXPath($document);
        $xpath->registerNamespace('o', self::NS);
        $number = trim($xpath->evaluate('string(/o:ORDER/o:ORDER_HEADER/o:ORDER_INFO/o:ORDER_ID)'));
        if ($number === '') {
            throw new InvalidDocument('ORDER_ID missing');
        }

        $lines = [];
        foreach ($xpath->query('/o:ORDER/o:ORDER_ITEM_LIST/o:ORDER_ITEM') as $item) {
            assert($item instanceof DOMElement);
            $quantity = $xpath->evaluate('string(o:QUANTITY)', $item);
            if (!is_numeric($quantity)) {
                throw new InvalidDocument("order $number: quantity \"$quantity\"");
            }
            $lines[] = new OrderLine(
                articleNumber: trim($xpath->evaluate('string(o:PRODUCT_ID/*[local-name()="SUPPLIER_PID"])', $item)),
                quantity: $quantity,
            );
        }

        return new OrderDocument($number, $lines);
    }
}
