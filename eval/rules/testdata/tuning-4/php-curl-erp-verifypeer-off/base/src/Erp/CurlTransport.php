<?php

declare(strict_types=1);

namespace Acme\Erp;

final class CurlTransport implements Transport
{
    public function __construct(
        private readonly string $baseUrl,
        private readonly string $user,
        private readonly string $password,
        private readonly string $caBundle,
    ) {
    }

    /**
     * @return array<string, mixed>
     */
    public function get(string $path): array
    {
        $handle = curl_init($this->baseUrl.$path);
        curl_setopt_array($handle, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 4,
            CURLOPT_TIMEOUT => 20,
            CURLOPT_USERPWD => $this->user.':'.$this->password,
            CURLOPT_HTTPHEADER => ['Accept: application/json'],
            CURLOPT_CAINFO => $this->caBundle,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
        ]);

        $body = curl_exec($handle);
        $error = curl_error($handle);
        $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        curl_close($handle);

        if (false === $body) {
            throw new TransportException('ERP not reachable: '.$error);
        }
        if ($status < 200 || $status >= 300) {
            throw new TransportException(sprintf('ERP answered %d for %s', $status, $path), $status);
        }

        return json_decode($body, true, 64, JSON_THROW_ON_ERROR);
    }
}
