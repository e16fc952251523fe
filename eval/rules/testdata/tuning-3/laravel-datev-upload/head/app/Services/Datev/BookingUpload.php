<?php

declare(strict_types=1);

namespace App\Services\Datev;

use App\Models\BookingBatch;
use Illuminate\Http\Client\Factory as Http;
use Illuminate\Http\Client\PendingRequest;
use Psr\Log\LoggerInterface;

final class BookingUpload
{
    public function __construct(
        private readonly Http $http,
        private readonly TokenProvider $tokens,
        private readonly LoggerInterface $log,
    ) {
    }

    public function send(BookingBatch $batch): void
    {
        $response = $this->request()
            ->attach('extf-file', $batch->csv(), $batch->filename())
            ->post("/clients/{$batch->client->datev_guid}/extf-files/import", [
                'reference-id' => $batch->uuid,
                'client-application-version' => '4.2',
            ]);

        $batch->update([
            'transferred_at' => now(),
            'datev_job' => $response->header('Location') ?: null,
        ]);
        $this->log->info('datev batch transferred', ['batch' => $batch->id, 'rows' => $batch->row_count]);
    }

    private function request(): PendingRequest
    {
        return $this->http
            ->baseUrl('https://accounting-extf-files.api.datev.de/platform/v3')
            ->withToken($this->tokens->current())
            ->withHeaders(['X-DATEV-Client-Id' => config('services.datev.client_id')])
            ->acceptJson()
            ->connectTimeout(4)
            ->timeout(60);
    }
}
