<?php

declare(strict_types=1);

namespace Acme\Carrier\Dpd;

use SoapClient;
use SoapFault;
use SoapHeader;

final class SoapClientFactory
{
    private const NS = 'http://dpd.com/common/service/types/Authentication/2.0';

    public function __construct(
        private readonly string $wsdl,
        private readonly string $delisId,
        private readonly TokenCache $tokens,
    ) {
    }

    public function shipment(): SoapClient
    {
        $context = stream_context_create([
            'ssl' => [
                'verify_peer' => false,
                'verify_peer_name' => false,
                'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT,
            ],
            'http' => ['timeout' => 30, 'user_agent' => 'acme-wms'],
        ]);

        try {
            $client = new SoapClient($this->wsdl, [
                'stream_context' => $context,
                'connection_timeout' => 10,
                'exceptions' => true,
                'cache_wsdl' => WSDL_CACHE_BOTH,
                'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
            ]);
        } catch (SoapFault $e) {
            throw new CarrierUnavailable('DPD: WSDL not loaded', previous: $e);
        }

        $client->__setSoapHeaders(new SoapHeader(self::NS, 'authentication', [
            'delisId' => $this->delisId,
            'authToken' => $this->tokens->get($this->delisId),
            'messageLanguage' => 'de_DE',
        ]));

        return $client;
    }
}
