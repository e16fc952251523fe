<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Membership;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Queue\Middleware\WithoutOverlapping;
use Illuminate\Queue\SerializesModels;
use Mollie\Api\MollieApiClient;

class ChargeMembership implements ShouldQueue
{
    use Dispatchable, InteractsWithQueue, Queueable, SerializesModels;

    public int $tries = 5;

    /** @var list<int> */
    public array $backoff = [60, 300, 900, 3600];

    public function __construct(public Membership $membership, public string $period)
    {
    }

    public function middleware(): array
    {
        return [new WithoutOverlapping("membership-{$this->membership->id}")];
    }

    public function handle(MollieApiClient $mollie): void
    {
        if ($this->membership->payments()->where('period', $this->period)->exists()) {
            return;
        }

        $payment = $mollie->payments->create([
            'amount' => [
                'currency' => 'EUR',
                'value' => sprintf('%d.%02d', intdiv($this->membership->fee_cents, 100), $this->membership->fee_cents % 100),
            ],
            'customerId' => $this->membership->mollie_customer_id,
            'sequenceType' => 'recurring',
            'description' => "Membership {$this->membership->number} {$this->period}",
            'webhookUrl' => route('webhooks.mollie'),
        ]);

        $this->membership->payments()->create([
            'period' => $this->period,
            'mollie_id' => $payment->id,
            'status' => $payment->status,
        ]);
    }
}
