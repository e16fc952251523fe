<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\Plan;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Log;
use Mollie\Api\Exceptions\ApiException;
use Mollie\Api\MollieApiClient;

final class ChargeDuePlans extends Command
{
    protected $signature = 'plans:charge-due';

    protected $description = 'Charge all plans due today';

    public function handle(MollieApiClient $mollie): int
    {
        $failed = 0;

        foreach (Plan::query()->dueOn(today())->with('customer')->cursor() as $plan) {
            try {
                $payment = retry(3, fn () => $mollie->payments->create([
                    'amount' => ['currency' => $plan->currency, 'value' => $plan->price->toDecimalString()],
                    'customerId' => $plan->customer->mollie_id,
                    'sequenceType' => 'recurring',
                    'description' => "Plan {$plan->id} " . today()->format('Y-m'),
                    'webhookUrl' => route('webhooks.mollie'),
                    'metadata' => ['plan' => $plan->id],
                ]), fn (int $attempt) => 500 * $attempt);

                $plan->recordCharge($payment->id, today());
            } catch (ApiException $e) {
                $failed++;
                Log::error('plan charge failed', ['plan' => $plan->id, 'code' => $e->getCode()]);
            }
        }

        $this->info("done, {$failed} failed");

        return $failed === 0 ? self::SUCCESS : self::FAILURE;
    }
}
