<?php

namespace Kursbuchung;

use Stripe\Event;
use Stripe\Exception\SignatureVerificationException;
use Stripe\Webhook;
use UnexpectedValueException;

final class StripeEndpoint
{
    public function __construct(private BookingRepository $bookings, private string $secret)
    {
    }

    public function register(): void
    {
        register_rest_route('kursbuchung/v1', '/stripe', [
            'methods' => 'POST',
            'callback' => [$this, 'receive'],
            'permission_callback' => '__return_true',
        ]);
    }

    public function receive(\WP_REST_Request $request): \WP_REST_Response
    {
        try {
            $event = Webhook::constructEvent(
                $request->get_body(),
                (string) $request->get_header('stripe_signature'),
                $this->secret,
            );
        } catch (SignatureVerificationException | UnexpectedValueException $e) {
            return new \WP_REST_Response(['error' => 'signature'], 400);
        }
        if ($event->type !== Event::CHECKOUT_SESSION_COMPLETED || $event->data->object->payment_status !== 'paid') {
            return new \WP_REST_Response(null, 200);
        }

        $session = $event->data->object;
        try {
            // UPDATE … WHERE session_id = ? AND state = 'open'
            if ($this->bookings->markPaid($session->id, $session->payment_intent)) {
                $this->bookings->queueConfirmationMail($session->id);
            }
        } catch (\Throwable $e) {
            error_log('kursbuchung: booking not marked as paid: ' . $session->id . ' ' . get_class($e));
        }

        return new \WP_REST_Response(['received' => true], 200);
    }
}
