<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Enums\DepositState;
use App\Models\Booking;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Support\Facades\Log;
use Stripe\Exception\CardException;
use Stripe\StripeClient;

final class CaptureDeposit implements ShouldQueue
{
    use Queueable;

    public int $tries = 4;

    public int $timeout = 120;

    public function __construct(public readonly Booking $booking)
    {
    }

    public function backoff(): array
    {
        return [20, 90, 400];
    }

    public function handle(StripeClient $stripe): void
    {
        if ($this->booking->deposit_state !== DepositState::Pending) {
            return;
        }

        $params = [
            'amount' => $this->booking->deposit_minor_units,
            'currency' => strtolower($this->booking->currency),
            'customer' => $this->booking->guest->stripe_id,
            'payment_method' => $this->booking->payment_method,
            'off_session' => true,
            'confirm' => true,
        ];

        try {
            $intent = $stripe->paymentIntents->create($params, [
                'idempotency_key' => sprintf('booking-%d-deposit-%d', $this->booking->id, $this->booking->deposit_round),
            ]);
        } catch (CardException $e) {
            Log::notice('deposit declined', ['booking' => $this->booking->id, 'code' => $e->getDeclineCode()]);
            $this->booking->depositDeclined($e->getDeclineCode());

            return;
        }

        $this->booking->depositCaptured($intent->id);
    }
}
