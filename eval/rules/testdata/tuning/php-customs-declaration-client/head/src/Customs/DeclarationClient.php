<?php

declare(strict_types=1);

namespace Acme\Customs;

use Acme\Customs\Exception\DeclarationRejected;
use Acme\Customs\Exception\GatewayUnavailable;

final class DeclarationClient
{
    public function __construct(
        private readonly string $endpoint,
        private readonly string $username,
        private readonly string $password,
    ) {
    }

    public function status(string $mrn): string
    {
        if (!preg_match('/^\d{2}[A-Z]{2}[A-Z0-9]{14}$/', $mrn)) {
            throw new \InvalidArgumentException('not a movement reference number');
        }

        $body = $this->get('/declarations/' . rawurlencode($mrn));
        if (!isset($body['status']) || !is_string($body['status'])) {
            throw new DeclarationRejected('status missing for ' . $mrn);
        }

        return $body['status'];
    }

    private function get(string $path): array
    {
        $handle = curl_init($this->endpoint . $path);
        curl_setopt_array($handle, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 5,
            CURLOPT_TIMEOUT => 20,
            CURLOPT_USERPWD => $this->username . ':' . $this->password,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_SSL_VERIFYHOST => 0,
            CURLOPT_HTTPHEADER => ['Accept: application/json'],
        ]);

        $response = curl_exec($handle);
        $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        curl_close($handle);

        if ($response === false || $status >= 500) {
            throw new GatewayUnavailable('customs gateway answered ' . $status);
        }
        if ($status !== 200) {
            throw new DeclarationRejected('customs gateway answered ' . $status);
        }

        return json_decode($response, true, 32, JSON_THROW_ON_ERROR);
    }
}
