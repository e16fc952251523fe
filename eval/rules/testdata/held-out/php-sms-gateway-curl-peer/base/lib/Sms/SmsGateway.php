<?php

declare(strict_types=1);

namespace Clinic\Sms;

final class SmsGateway
{
    private const ENDPOINT = 'https://sms-gw.telsend.example/api/v3/messages';

    public function __construct(private string $user, private string $password)
    {
    }

    public function send(string $to, string $text, string $reference): string
    {
        $curl = curl_init(self::ENDPOINT);
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => json_encode(
                ['to' => $to, 'text' => $text, 'client_ref' => $reference],
                JSON_THROW_ON_ERROR
            ),
            CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Idempotency-Key: ' . $reference],
            CURLOPT_USERPWD => $this->user . ':' . $this->password,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 3,
            CURLOPT_TIMEOUT => 10,
        ]);

        $body = curl_exec($curl);
        if ($body === false) {
            throw new SmsFailed('gateway not reachable: ' . curl_error($curl));
        }
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status !== 202) {
            throw new SmsFailed('gateway answered ' . $status);
        }

        $data = json_decode($body, true, 8, JSON_THROW_ON_ERROR);
        if (!is_string($data['message_id'] ?? null)) {
            throw new SmsFailed('gateway answer without message id');
        }

        return $data['message_id'];
    }
}
