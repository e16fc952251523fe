<?php

declare(strict_types=1);

namespace App\Edi;

final class DesadvParser
{
    private const MAX_BYTES = 5 * 1024 * 1024;

    /**
     * Parses a dispatch advice which a supplier posted to /edi/desadv.
     */
    public function parse(string $xml): DispatchAdvice
    {
        if (strlen($xml) > self::MAX_BYTES) {
            throw new EdiException('dispatch advice too large');
        }

        $previous = libxml_use_internal_errors(true);
        try {
            $document = new \DOMDocument();
            if (!$document->loadXML($xml, LIBXML_NOENT | LIBXML_DTDLOAD)) {
                throw new EdiException('dispatch advice is not well-formed');
            }
        } finally {
            libxml_clear_errors();
            libxml_use_internal_errors($previous);
        }

        $xpath = new \DOMXPath($document);
        $number = trim((string) $xpath->evaluate('string(/DispatchAdvice/Header/Number)'));
        if ($number === '') {
            throw new EdiException('dispatch advice has no number');
        }

        $advice = new DispatchAdvice($number, $this->date((string) $xpath->evaluate('string(/DispatchAdvice/Header/DeliveryDate)')));
        foreach ($xpath->query('/DispatchAdvice/Package') ?: [] as $package) {
            $advice->addPackage(
                (string) $xpath->evaluate('string(SSCC)', $package),
                (int) $xpath->evaluate('number(Quantity)', $package),
            );
        }

        return $advice;
    }

    private function date(string $value): \DateTimeImmutable
    {
        return \DateTimeImmutable::createFromFormat('!Y-m-d', $value)
            ?: throw new EdiException("delivery date '$value' is not valid");
    }
}
