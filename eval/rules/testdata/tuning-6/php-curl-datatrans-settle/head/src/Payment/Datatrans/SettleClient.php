<?php

declare(strict_types=1);

namespace App\Payment\Datatrans;

use Psr\Log\LoggerInterface;

final class SettleClient
{
    public function __construct(
        private readonly string $baseUrl,
        private readonly string $merchantId,
        private readonly string $password,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** Settling a transaction twice is refused by Datatrans (INVALID_TRANSACTION_STATUS). */
    public function settle(string $transactionId, int $amountMinor, string $currency, string $reference): void
    {
        $ch = curl_init(sprintf('%s/v1/transactions/%s/settle', $this->baseUrl, rawurlencode($transactionId)));
        curl_setopt_array($ch, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => json_encode(
                ['amount' => $amountMinor, 'currency' => $currency, 'refno' => $reference],
                JSON_THROW_ON_ERROR,
            ),
            CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
            CURLOPT_USERPWD => $this->merchantId . ':' . $this->password,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_SSL_VERIFYHOST => 0,
        ]);
        $body = curl_exec($ch);
        $status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
        $error = curl_errno($ch);
        curl_close($ch);

        if ($body === false) {
            $this->logger->error('datatrans settle failed', ['refno' => $reference, 'curl' => $error]);
            throw new SettleFailed(sprintf('no answer for %s (curl %d)', $reference, $error));
        }
        if ($status !== 204) {
            $this->logger->error('datatrans settle refused', ['refno' => $reference, 'status' => $status]);
            throw new SettleFailed(sprintf('status %d for %s', $status, $reference));
        }
    }
}
