<?php

declare(strict_types=1);

namespace Acme\Banking;

final class StatementClient
{
    /** @var string */
    private $baseUrl;

    /** @var string */
    private $certFile;

    /** @var string */
    private $certPassword;

    public function __construct(string $baseUrl, string $certFile, string $certPassword)
    {
        $this->baseUrl = rtrim($baseUrl, '/');
        $this->certFile = $certFile;
        $this->certPassword = $certPassword;
    }

    /** @return array<string, mixed> */
    public function statement(string $iban, \DateTimeImmutable $day): array
    {
        $path = sprintf('/v3/accounts/%s/statements/%s', rawurlencode($iban), $day->format('Y-m-d'));
        $decoded = json_decode($this->request($path), true, 64, JSON_THROW_ON_ERROR);
        if (!isset($decoded['entries']) || !is_array($decoded['entries'])) {
            throw new StatementException('Unexpected statement format');
        }

        return $decoded;
    }

    private function request(string $path): string
    {
        $ch = curl_init($this->baseUrl . $path);
        curl_setopt_array($ch, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 5,
            CURLOPT_TIMEOUT => 30,
            CURLOPT_HTTPHEADER => ['Accept: application/json'],
            CURLOPT_SSLCERT => $this->certFile,
            CURLOPT_SSLCERTPASSWD => $this->certPassword,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_SSL_VERIFYHOST => 0,
        ]);
        $body = curl_exec($ch);
        $status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
        $error = curl_error($ch);
        curl_close($ch);

        if ($body === false) {
            throw new StatementException('Bank not reachable: ' . $error);
        }
        if ($status !== 200) {
            throw new StatementException('Bank answered with status ' . $status);
        }

        return $body;
    }
}
