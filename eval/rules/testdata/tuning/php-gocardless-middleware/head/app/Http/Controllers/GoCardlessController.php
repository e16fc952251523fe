<?php

namespace App\Http\Controllers;

use App\Jobs\ApplyGoCardlessEvent;
use App\Models\GoCardlessEvent;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

class GoCardlessController extends Controller
{
    public function __construct()
    {
        $this->middleware('gocardless.signature');
    }

    public function __invoke(Request $request): Response
    {
        $validated = $request->validate([
            'events' => ['required', 'array', 'max:250'],
            'events.*.id' => ['required', 'string', 'max:64'],
            'events.*.resource_type' => ['required', 'string'],
            'events.*.action' => ['required', 'string'],
            'events.*.links' => ['present', 'array'],
        ]);

        foreach ($validated['events'] as $event) {
            $row = GoCardlessEvent::query()->createOrFirst(
                ['external_id' => $event['id']],
                [
                    'resource_type' => $event['resource_type'],
                    'action' => $event['action'],
                    'links' => $event['links'],
                    'received_at' => now(),
                ],
            );
            // the job locks the row and skips it once it is applied
            if ($row->applied_at === null) {
                ApplyGoCardlessEvent::dispatch($row->id);
            }
        }

        return response()->noContent();
    }
}
