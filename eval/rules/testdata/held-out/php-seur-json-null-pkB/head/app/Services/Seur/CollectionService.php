<?php

declare(strict_types=1);

namespace App\Services\Seur;

use App\Models\Collection;

class CollectionService
{
    public function __construct(private string $baseUrl, private TokenProvider $tokens)
    {
    }

    /** Orders a collection. The reference is unique at SEUR, a repetition answers the first order. */
    public function order(Collection $collection): void
    {
        $handle = curl_init($this->baseUrl . '/pic/v1/collections');
        curl_setopt_array($handle, [
            CURLOPT_POST => true,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => 5,
            CURLOPT_TIMEOUT => 20,
            CURLOPT_HTTPHEADER => [
                'Authorization: Bearer ' . $this->tokens->get(),
                'Content-Type: application/json',
            ],
            CURLOPT_POSTFIELDS => json_encode([
                'reference' => $collection->reference,
                'collectionDate' => $collection->date->format('Y-m-d'),
                'sender' => $collection->sender->toSeur(),
                'packages' => $collection->packages,
            ], JSON_THROW_ON_ERROR),
        ]);
        $answer = json_decode((string) curl_exec($handle), true);
        curl_close($handle);

        $collection->update([
            'state' => 'ordered',
            'carrier_reference' => $answer['data']['collectionRef'] ?? null,
            'ordered_at' => now(),
        ]);
    }
}
