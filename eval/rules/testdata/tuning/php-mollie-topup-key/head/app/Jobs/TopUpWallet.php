<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\TopUp;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Queue\Middleware\WithoutOverlapping;
use Illuminate\Queue\SerializesModels;
use Mollie\Api\MollieApiClient;

class TopUpWallet implements ShouldQueue
{
    use Dispatchable, InteractsWithQueue, Queueable, SerializesModels;

    public int $tries = 5;

    /** @var list<int> */
    public array $backoff = [60, 300, 900, 3600];

    public function __construct(public TopUp $topUp)
    {
    }

    public function middleware(): array
    {
        return [new WithoutOverlapping("top-up-{$this->topUp->id}")];
    }

    public function handle(MollieApiClient $mollie): void
    {
        if ($this->topUp->mollie_id !== null) {
            return;
        }

        $mollie->setIdempotencyKey("top-up-{$this->topUp->uuid}");
        $payment = $mollie->payments->create([
            'amount' => [
                'currency' => 'EUR',
                'value' => sprintf('%d.%02d', intdiv($this->topUp->cents, 100), $this->topUp->cents % 100),
            ],
            'customerId' => $this->topUp->wallet->mollie_customer_id,
            'sequenceType' => 'recurring',
            'description' => "Wallet top-up {$this->topUp->number}",
            'webhookUrl' => route('webhooks.mollie'),
        ]);

        $this->topUp->update(['mollie_id' => $payment->id, 'status' => $payment->status]);

    }
}
