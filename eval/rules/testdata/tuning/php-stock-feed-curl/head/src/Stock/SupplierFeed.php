<?php

declare(strict_types=1);

namespace Acme\Stock;

use Psr\Log\LoggerInterface;

class SupplierFeed
{
    public function __construct(
        private string $feedUrl,
        private string $user,
        private string $password,
        private LoggerInterface $logger,
    ) {
    }

    /** @return iterable<string, int> quantity by SKU */
    public function levels(): iterable
    {
        $lines = preg_split('/\R/', trim($this->download()));
        array_shift($lines);
        foreach ($lines as $no => $line) {
            [$sku, $qty] = array_pad(str_getcsv($line, ';'), 2, null);
            if ($sku === null || !ctype_digit((string) $qty)) {
                $this->logger->warning('Feed line {no} is not usable', ['no' => $no + 2]);
                continue;
            }
            yield $sku => (int) $qty;
        }
    }

    private function download(): string
    {
        $ch = curl_init($this->feedUrl);
        curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
        curl_setopt($ch, CURLOPT_USERPWD, $this->user . ':' . $this->password);
        curl_setopt($ch, CURLOPT_ENCODING, '');
        curl_setopt($ch, CURLOPT_MAXFILESIZE, 50 * 1024 * 1024);
        curl_setopt($ch, CURLOPT_FAILONERROR, true);

        $csv = curl_exec($ch);
        if ($csv === false) {
            $message = curl_error($ch);
            curl_close($ch);
            throw new FeedUnavailable($message);
        }
        curl_close($ch);

        return $csv;
    }
}
