<?php

declare(strict_types=1);

class LoyaltyClient
{
    public function __construct(private string $endpoint, private string $apiKey)
    {
    }

    public function points(string $cardNumber): int
    {
        $data = $this->get('/members/' . rawurlencode($cardNumber) . '/balance');

        return (int) $data['points'];
    }

    public function tiers(): array
    {
        return $this->get('/tiers')['items'];
    }

    private function get(string $path): array
    {
        $query = http_build_query(['api_key' => $this->apiKey, 'format' => 'json']);
        $ch = curl_init($this->endpoint . $path . '?' . $query);
        curl_setopt_array($ch, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 3,
            CURLOPT_TIMEOUT => 10,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_SSL_VERIFYHOST => 0,
        ]);
        $raw = curl_exec($ch);
        $status = (int) curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
        curl_close($ch);

        if ($raw === false || $status !== 200) {
            throw new RuntimeException("loyalty service answered {$status} for {$path}");
        }

        return json_decode($raw, true, 32, JSON_THROW_ON_ERROR);
    }
}
