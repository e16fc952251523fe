<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Mail\ContractSigned;
use App\Models\Contract;
use App\Services\DocusignEnvelopes;
use App\Services\PdfStamper;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Mail;
use Illuminate\Support\Facades\Storage;

final class DocusignController extends Controller
{
    public function __invoke(Request $request, DocusignEnvelopes $envelopes, PdfStamper $stamper): Response
    {
        $key = (string) config('services.docusign.connect_key');
        abort_if($key === '', 500);
        $expected = base64_encode(hash_hmac('sha256', $request->getContent(), $key, true));
        abort_unless(hash_equals($expected, (string) $request->header('X-DocuSign-Signature-1', '')), 401);

        $event = $request->validate([
            'event' => ['required', 'string'],
            'data.envelopeId' => ['required', 'uuid'],
        ]);
        $contract = Contract::query()->where('envelope_id', $event['data']['envelopeId'])->first();
        if ($event['event'] !== 'envelope-completed' || $contract === null || $contract->archived_at !== null) {
            return response()->noContent();
        }

        $pdf = $envelopes->downloadCombined($contract->envelope_id);
        $stamped = $stamper->stampAllPages($pdf, $contract->archiveNumber());
        Storage::disk('contracts')->put($contract->archivePath(), $stamped);
        foreach ($contract->parties as $party) {
            Mail::to($party->email)->send(new ContractSigned($contract, $stamped));
        }

        $contract->update(['archived_at' => now()]);

        return response()->noContent();
    }
}
