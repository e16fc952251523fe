<?php

declare(strict_types=1);

namespace App\Services\Hr;

use App\Models\Employee;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class EmployeeSync
{
    public function __construct(
        private readonly string $company,
        private readonly string $apiKey,
    ) {
    }

    /** @param list<string> $departments */
    public function run(array $departments): void
    {
        $seen = [];
        foreach ($departments as $department) {
            try {
                $employees = $this->employees($department);
            } catch (RequestException $e) {
                Log::warning('employees not loaded', ['department' => $department, 'status' => $e->response->status()]);
                continue;
            }
            foreach ($employees as $employee) {
                $seen[] = $this->import($employee)->id;
            }
        }

        Employee::query()->whereNotIn('id', $seen)->delete();
        Log::info('employee sync done', ['count' => count($seen)]);
    }

    /** @return list<array<string, mixed>> the report has all rows of a department, it is not paged */
    private function employees(string $department): array
    {
        return $this->http()->get('datasets/employees', ['department' => $department])->throw()->json('data', []);
    }

    /** @param array<string, mixed> $data */
    private function import(array $data): Employee
    {
        return Employee::query()->updateOrCreate(['external_id' => $data['eeid']], [
            'name' => $data['name'],
            'email' => $data['email'] ?? null,
            'department' => $data['department'],
        ]);
    }

    private function http(): PendingRequest
    {
        return Http::baseUrl("https://{$this->company}.bamboohr.com/api/v1/")->withBasicAuth($this->apiKey, 'x')->acceptJson()->timeout(30);
    }
}
