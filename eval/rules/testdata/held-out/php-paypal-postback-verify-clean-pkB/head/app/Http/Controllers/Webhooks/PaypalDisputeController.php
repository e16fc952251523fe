<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Jobs\HandlePaypalDispute;
use App\Models\PaypalEvent;
use App\Services\Paypal\TokenCache;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Http;

class PaypalDisputeController
{
    public function __construct(private TokenCache $tokens)
    {
    }

    public function __invoke(Request $request): Response
    {
        $event = json_decode($request->getContent());
        if (!is_object($event) || !is_string($event->id ?? null)) {
            return response()->noContent(400);
        }
        if (!$this->isGenuine($request, $event)) {
            return response()->noContent(401);
        }

        $record = PaypalEvent::firstOrCreate(['event_id' => $event->id], ['payload' => $request->getContent()]);
        if ($record->handled_at === null) {
            HandlePaypalDispute::dispatch($record);
        }

        return response()->noContent(200);
    }

    private function isGenuine(Request $request, object $event): bool
    {
        $answer = Http::baseUrl(config('services.paypal.base_url'))
            ->withToken($this->tokens->get())
            ->connectTimeout(3)
            ->timeout(8)
            ->post('/v1/notifications/verify-webhook-signature', [
                'auth_algo' => $request->header('PAYPAL-AUTH-ALGO'),
                'cert_url' => $request->header('PAYPAL-CERT-URL'),
                'transmission_id' => $request->header('PAYPAL-TRANSMISSION-ID'),
                'transmission_sig' => $request->header('PAYPAL-TRANSMISSION-SIG'),
                'transmission_time' => $request->header('PAYPAL-TRANSMISSION-TIME'),
                'webhook_id' => config('services.paypal.dispute_webhook_id'),
                'webhook_event' => $event,
            ])
            ->throw();

        return $answer->json('verification_status') === 'SUCCESS';
    }
}
