<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\Customer;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class PushKlaviyoProfiles extends Command
{
    protected $signature = 'klaviyo:push-profiles';

    protected $description = 'Pushes every customer (about 180000) to Klaviyo';

    public function handle(): int
    {
        $failed = 0;

        foreach (Customer::query()->whereNotNull('email')->lazyById(500) as $customer) {
            $response = rescue(fn () => Http::withHeaders([
                'Authorization' => 'Klaviyo-API-Key ' . config('services.klaviyo.key'),
                'revision' => '2024-10-15',
            ])->timeout(10)->post('https://a.klaviyo.com/api/profile-import', [
                'data' => ['type' => 'profile', 'attributes' => [
                    'email' => $customer->email,
                    'external_id' => (string) $customer->id,
                    'first_name' => $customer->first_name,
                ]],
            ]));

            if ($response === null || $response->failed()) {
                $failed++;
                Log::warning('klaviyo push failed', ['customer' => $customer->id, 'status' => $response?->status()]);
            }
        }

        $this->info("done, {$failed} failed");

        return $failed === 0 ? self::SUCCESS : self::FAILURE;
    }
}
