<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Employee;
use App\Support\SignedRequest;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;

/**
 * Receives changes of master data from the HR suites of our customers.
 */
final class HrWebhookController extends Controller
{
    public function __construct(private readonly SignedRequest $signed)
    {
    }

    public function update(Request $request, string $tenant): JsonResponse
    {
        // HMAC of the tenant's secret over timestamp and body, five minutes
        if (! $this->signed->verify($request, $tenant)) {
            return response()->json(['error' => 'signature'], 401);
        }

        $employee = Employee::query()
            ->where('tenant_id', $tenant)
            ->where('external_id', (string) $request->input('employee.id'))
            ->first();
        if ($employee === null) {
            return response()->json(['error' => 'unknown employee'], 404);
        }

        $employee->forceFill($request->input('employee.attributes'))->save();
        Log::info('employee updated by webhook', [
            'tenant' => $tenant,
            'employee' => $employee->id,
            'fields' => array_keys($employee->getChanges()),
        ]);

        return response()->json(['updated' => $employee->id]);
    }
}
