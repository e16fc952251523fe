<?php

declare(strict_types=1);

namespace App\Services\Correos;

use App\Models\Shipment;
use Illuminate\Support\Facades\Log;

class PreregisterService
{
    private const ENDPOINT = 'https://preregistroenvios.correos.es/preregistroenvios';

    public function __construct(private string $user, private string $password)
    {
    }

    /** Registers a shipment; Correos answers the same code for a known client reference. */
    public function register(Shipment $shipment): string
    {
        $handle = curl_init(self::ENDPOINT);
        curl_setopt_array($handle, [
            CURLOPT_POST => true,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_USERPWD => $this->user . ':' . $this->password,
            CURLOPT_HTTPHEADER => ['Content-Type: text/xml; charset=utf-8', 'SOAPAction: "PreRegistro"'],
            CURLOPT_POSTFIELDS => view('correos.preregister', ['shipment' => $shipment])->render(),
        ]);
        $answer = curl_exec($handle);
        $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        $error = curl_error($handle);
        curl_close($handle);

        if ($answer === false || $status !== 200) {
            Log::error('correos preregister failed', ['shipment' => $shipment->id, 'status' => $status, 'error' => $error]);

            throw new CorreosException("preregister of shipment {$shipment->id} failed");
        }

        $xml = simplexml_load_string($answer, options: LIBXML_NONET);
        $codes = $xml === false ? [] : $xml->xpath('//*[local-name()="CodEnvio"]');
        if (!$codes) {
            throw new CorreosException("no code for shipment {$shipment->id}");
        }

        return (string) $codes[0];
    }
}
