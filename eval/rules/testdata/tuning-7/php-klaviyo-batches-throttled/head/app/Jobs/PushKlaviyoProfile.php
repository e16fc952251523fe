<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Customer;
use Illuminate\Contracts\Queue\ShouldBeUniqueUntilProcessing;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Queue\Middleware\RateLimited;
use Illuminate\Support\Facades\Http;

final class PushKlaviyoProfile implements ShouldBeUniqueUntilProcessing, ShouldQueue
{
    use Queueable;

    public int $maxExceptions = 3;

    public int $backoff = 60;

    public function __construct(public readonly int $customerId)
    {
    }

    public function uniqueId(): string
    {
        return (string) $this->customerId;
    }

    public function middleware(): array
    {
        return [new RateLimited('klaviyo')];
    }

    public function retryUntil(): \DateTimeInterface
    {
        return now()->addHours(12);
    }

    public function handle(): void
    {
        $customer = Customer::query()->findOrFail($this->customerId);
        $response = Http::baseUrl('https://a.klaviyo.com/api')
            ->withHeaders([
                'Authorization' => 'Klaviyo-API-Key ' . config('services.klaviyo.key'),
                'revision' => '2024-10-15',
            ])
            ->timeout(10)
            ->post('/profile-import', ['data' => $customer->toKlaviyoProfile()]);

        if ($response->tooManyRequests()) {
            $this->release(max(1, (int) $response->header('Retry-After')));

            return;
        }

        $response->throw();
    }
}
