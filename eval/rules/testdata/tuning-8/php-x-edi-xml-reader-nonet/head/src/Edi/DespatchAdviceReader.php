<?php

declare(strict_types=1);

namespace Acme\Edi;

use XMLReader;

final class DespatchAdviceReader
{
    private const MAX_BYTES = 20 * 1024 * 1024;

    /**
     * @return \Generator<int, array{sscc: string, article: string, quantity: int}>
     */
    public function packages(string $file): \Generator
    {
        if (!is_file($file) || filesize($file) > self::MAX_BYTES) {
            throw new InvalidDocument('missing or too large: ' . basename($file));
        }

        $reader = new XMLReader();
        if ($reader->open($file, null, LIBXML_NONET | LIBXML_COMPACT) === false) {
            throw new InvalidDocument('not readable: ' . basename($file));
        }

        try {
            while ($reader->read()) {
                if ($reader->nodeType === XMLReader::DOC_TYPE) {
                    throw new InvalidDocument('a DTD is not allowed');
                }
                if ($reader->nodeType !== XMLReader::ELEMENT || $reader->localName !== 'Package') {
                    continue;
                }
                $sscc = (string) $reader->getAttribute('sscc');
                $quantity = (string) $reader->getAttribute('quantity');
                if (preg_match('/^\d{18}$/', $sscc) !== 1 || !ctype_digit($quantity)) {
                    throw new InvalidDocument("package \"$sscc\" is not valid");
                }
                yield ['sscc' => $sscc, 'article' => (string) $reader->getAttribute('article'), 'quantity' => (int) $quantity];
            }
        } finally {
            $reader->close();
        }
    }
}
