<?php

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Models\Shipment;
use Carbon\CarbonImmutable;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

class DhlController extends Controller
{
    public function __invoke(Request $request): Response
    {
        // DHL does not sign; the subscription is made with this secret header
        if (! hash_equals(config('services.dhl.push_secret'), (string) $request->header('X-Push-Secret'))) {
            Log::warning('dhl push rejected', ['ip' => $request->ip()]);

            return response('', 401);
        }

        $data = $request->validate([
            'shipment.id' => ['required', 'string'],
            'shipment.status.statusCode' => ['required', 'string'],
            'shipment.status.timestamp' => ['required', 'date'],
        ]);
        $number = $data['shipment']['id'];
        $status = $data['shipment']['status'];

        $rows = DB::select(
            "SELECT id FROM shipments WHERE tracking_number = '{$number}' AND carrier = 'dhl' LIMIT 1"
        );
        if ($rows === []) {
            return response('', 204);
        }

        $at = CarbonImmutable::parse($status['timestamp']);
        $changed = Shipment::query()
            ->whereKey($rows[0]->id)
            ->where(fn ($q) => $q->whereNull('status_at')->orWhere('status_at', '<', $at))
            ->update(['status' => $status['statusCode'], 'status_at' => $at]);
        Log::info('dhl status', ['shipment' => $rows[0]->id, 'changed' => $changed]);

        return response('', 204);
    }
}
