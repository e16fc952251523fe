<?php

declare(strict_types=1);

namespace Acme\Leads;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\RequestException;

class FacebookLeadFetcher
{
    private const GRAPH = 'https://graph.facebook.com/';

    private Client $client;

    public function __construct(private readonly string $pageToken, ?Client $client = null)
    {
        $this->client = $client ?? new Client([
            'base_uri' => self::GRAPH,
            'headers' => ['Accept' => 'application/json'],
        ]);
    }

    /**
     * @return array{email: ?string, phone: ?string, campaign: ?string}
     */
    public function fetch(string $leadId): array
    {
        if (!ctype_digit($leadId)) {
            throw new \InvalidArgumentException('lead id must be numeric');
        }

        try {
            $response = $this->client->get($leadId, [
                'query' => ['fields' => 'field_data,campaign_name'],
                'headers' => ['Authorization' => 'Bearer ' . $this->pageToken],
            ]);
        } catch (RequestException $e) {
            throw new LeadUnavailable("lead {$leadId} could not be read", $e->getCode());
        }

        $lead = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR);
        $fields = [];
        foreach ($lead['field_data'] ?? [] as $field) {
            $fields[$field['name']] = $field['values'][0] ?? null;
        }

        return [
            'email' => $fields['email'] ?? null,
            'phone' => $fields['phone_number'] ?? null,
            'campaign' => $lead['campaign_name'] ?? null,
        ];
    }
}
