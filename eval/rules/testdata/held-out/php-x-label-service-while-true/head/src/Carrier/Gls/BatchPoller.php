<?php

declare(strict_types=1);

namespace Acme\Carrier\Gls;

use Psr\Log\LoggerInterface;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class BatchPoller
{
    public function __construct(
        private readonly HttpClientInterface $glsClient, // scoped: base_uri, auth, max_duration 20
        private readonly LoggerInterface $logger,
    ) {
    }

    /**
     * Loads the labels of a batch that GLS has reported as finished.
     *
     * @return array<string, string> PDF by parcel number
     */
    public function labels(string $batchId): array
    {
        while (true) {
            try {
                $answer = $this->glsClient->request('GET', 'batches/' . rawurlencode($batchId) . '/labels')->toArray();
                break;
            } catch (ExceptionInterface $e) {
                $this->logger->notice('labels not available', ['batch' => $batchId, 'reason' => $e->getMessage()]);
                usleep(200_000);
            }
        }

        $labels = [];
        foreach ($answer['labels'] ?? [] as $label) {
            $pdf = base64_decode((string) ($label['data'] ?? ''), true);
            if ($pdf === false || !str_starts_with($pdf, '%PDF')) {
                throw new \UnexpectedValueException("batch $batchId: label {$label['parcelNumber']} is not a PDF");
            }
            $labels[(string) $label['parcelNumber']] = $pdf;
        }

        return $labels;
    }
}
