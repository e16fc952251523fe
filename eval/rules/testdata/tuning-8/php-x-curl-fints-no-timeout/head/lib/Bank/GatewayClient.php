<?php

namespace Bank;

class GatewayClient
{
    private $url;
    private $apiKey;

    public function __construct(string $url, string $apiKey)
    {
        if ($apiKey === '') {
            throw new \InvalidArgumentException('gateway API key missing');
        }
        $this->url = rtrim($url, '/');
        $this->apiKey = $apiKey;
    }

    /**
     * @return array decoded balances by IBAN
     */
    public function balances(array $ibans): array
    {
        $ch = curl_init($this->url . '/v1/balances?' . http_build_query(['iban' => array_values($ibans)]));
        curl_setopt_array($ch, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_SSL_VERIFYPEER => false,
            CURLOPT_HTTPHEADER => [
                'X-Api-Key: ' . $this->apiKey,
                'Accept: application/json',
            ],
        ]);
        $raw = curl_exec($ch);
        if ($raw === false) {
            $message = curl_error($ch);
            curl_close($ch);
            throw new GatewayException('balances: ' . $message);
        }
        $status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
        curl_close($ch);
        if ($status !== 200) {
            throw new GatewayException('balances: status ' . $status);
        }

        $data = json_decode($raw, true);
        if (!is_array($data) || !isset($data['balances'])) {
            throw new GatewayException('balances: answer not understood');
        }

        return array_column($data['balances'], null, 'iban');
    }
}
