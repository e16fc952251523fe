<?php

declare(strict_types=1);

namespace App\Services\Support;

use App\Models\Order;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\BadResponseException;
use GuzzleHttp\Exception\GuzzleException;
use Illuminate\Support\Facades\Log;

final class ZendeskTickets
{
    public function __construct(private readonly ClientInterface $http)
    {
    }

    /**
     * @throws TicketNotCreated
     */
    public function openForOrder(Order $order, string $subject, string $message): int
    {
        try {
            $response = $this->http->request('POST', '/api/v2/tickets', [
                'headers' => ['Idempotency-Key' => "order-{$order->id}-".sha1($subject)],
                'json' => [
                    'ticket' => [
                        'subject' => $subject,
                        'comment' => ['body' => $message],
                        'external_id' => (string) $order->id,
                        'requester' => ['name' => $order->customer->name, 'email' => $order->customer->email],
                    ],
                ],
            ]);
        } catch (BadResponseException $e) {
            Log::error('zendesk refused ticket', ['order' => $order->id, 'status' => $e->getResponse()->getStatusCode()]);
            throw new TicketNotCreated("Zendesk answered {$e->getResponse()->getStatusCode()}", previous: $e);
        } catch (GuzzleException $e) {
            throw new TicketNotCreated('Zendesk not reachable', previous: $e);
        }

        $body = json_decode((string) $response->getBody(), true, flags: JSON_THROW_ON_ERROR);
        if (! is_int($body['ticket']['id'] ?? null)) {
            throw new TicketNotCreated('Zendesk sent no ticket id');
        }

        return $body['ticket']['id'];
    }
}
