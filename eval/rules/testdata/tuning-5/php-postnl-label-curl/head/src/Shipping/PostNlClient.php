<?php

declare(strict_types=1);

namespace App\Shipping;

use Psr\Log\LoggerInterface;

final class PostNlClient
{
    public function __construct(
        private readonly string $baseUrl,
        private readonly string $apiKey,
        private readonly LoggerInterface $logger,
    ) {
    }

    /**
     * @param array<string, mixed> $shipment
     */
    public function createLabel(array $shipment): Label
    {
        $ch = curl_init($this->baseUrl . '/shipment/v2_2/label');
        curl_setopt_array($ch, [
            CURLOPT_POST => true,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'apikey: ' . $this->apiKey],
            CURLOPT_POSTFIELDS => json_encode($shipment, JSON_THROW_ON_ERROR),
        ]);

        $body = curl_exec($ch);
        $status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
        $error = curl_error($ch);
        curl_close($ch);

        if ($body === false || $status !== 200) {
            $this->logger->error('postnl label failed', ['status' => $status, 'error' => $error]);
            throw new ShippingException(sprintf('PostNL answered %d', $status));
        }

        $data = json_decode((string) $body, true);
        $barcode = $data['ResponseShipments'][0]['Barcode'] ?? null;
        $content = $data['ResponseShipments'][0]['Labels'][0]['Content'] ?? null;
        if (!is_string($barcode) || !is_string($content)) {
            throw new ShippingException('PostNL answer has no label');
        }

        return new Label($barcode, base64_decode($content, true) ?: throw new ShippingException('Label is not base64'));
    }
}
