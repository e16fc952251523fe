<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Subscription;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Stripe\Exception\CardException;
use Stripe\StripeClient;

final class ChargeRenewal implements ShouldQueue
{
    use Dispatchable, InteractsWithQueue, Queueable;

    public int $tries = 5;

    /** @var list<int> */
    public array $backoff = [30, 120, 600, 1800];

    public function __construct(private readonly int $subscriptionId, private readonly string $period)
    {
    }

    public function handle(StripeClient $stripe): void
    {
        $subscription = Subscription::query()->findOrFail($this->subscriptionId);
        if ($subscription->paid_through === $this->period) {
            return;
        }

        try {
            $intent = $stripe->paymentIntents->create([
                'amount' => $subscription->price_cents,
                'currency' => $subscription->currency,
                'customer' => $subscription->stripe_customer_id,
                'payment_method' => $subscription->stripe_payment_method_id,
                'off_session' => true,
                'confirm' => true,
                'metadata' => ['subscription' => $subscription->id, 'period' => $this->period],
            ]);
        } catch (CardException $e) {
            $subscription->markPastDue($this->period, $e->getDeclineCode());
            return;
        }

        $subscription->markPaid($this->period, $intent->id);
    }
}
