<?php

declare(strict_types=1);

namespace App\Billing;

use League\Flysystem\FilesystemException;
use League\Flysystem\FilesystemOperator;
use Symfony\Contracts\HttpClient\Exception\TransportExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class CarrierInvoiceArchiver
{
    private const MAX_BYTES = 500 * 1024 * 1024;

    public function __construct(
        private readonly HttpClientInterface $http,
        private readonly FilesystemOperator $invoiceBucket,
        private readonly string $invoiceUrl,
    ) {
    }

    public function archive(\DateTimeImmutable $month): string
    {
        $target = $month->format('Y/m') . '/carrier-invoice.csv';
        $buffer = tmpfile() ?: throw new ArchiveFailed('no temporary file');

        try {
            $response = $this->http->request('GET', $this->invoiceUrl, [
                'query' => ['month' => $month->format('Y-m')],
                'timeout' => 20,
                'max_duration' => 900,
            ]);
            if ($response->getStatusCode() !== 200) {
                throw new ArchiveFailed('carrier answered ' . $response->getStatusCode());
            }

            $size = 0;
            foreach ($this->http->stream($response) as $chunk) {
                $size += strlen($chunk->getContent());
                if ($size > self::MAX_BYTES) {
                    $response->cancel();

                    throw new ArchiveFailed('invoice file larger than expected');
                }
                fwrite($buffer, $chunk->getContent());
            }
            rewind($buffer);
            $this->invoiceBucket->writeStream($target, $buffer);
        } catch (TransportExceptionInterface | FilesystemException $e) {
            throw new ArchiveFailed("archive of {$month->format('Y-m')} failed", $e);
        } finally {
            if (is_resource($buffer)) {
                fclose($buffer);
            }
        }

        return $target;
    }
}
