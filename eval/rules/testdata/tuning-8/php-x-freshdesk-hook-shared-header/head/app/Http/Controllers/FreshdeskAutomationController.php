<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Claim;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Carbon;

final class FreshdeskAutomationController extends Controller
{
    private const ALGOLIA_APP = 'QX7T2M9LPA';

    private const ALGOLIA_SEARCH_ONLY_KEY = '3b1f0c6d5e8a47f29c02d4e1a9b67f58';

    /** Called by the automation "ticket was updated". */
    public function ticketUpdated(Request $request): Response
    {
        $secret = (string) config('services.freshdesk.automation_secret');
        abort_if($secret === '', 500);
        abort_unless(hash_equals($secret, (string) $request->header('X-Automation-Secret')), 401);

        $ticket = $request->validate([
            'ticket_id' => ['required', 'integer', 'min:1'],
            'status' => ['required', 'string', 'max:40'],
            'updated_at' => ['required', 'date'],
        ]);
        $at = Carbon::parse($ticket['updated_at']);

        Claim::query()
            ->where('ticket_id', $ticket['ticket_id'])
            ->where(fn ($q) => $q->whereNull('ticket_updated_at')->orWhere('ticket_updated_at', '<', $at))
            ->update(['ticket_status' => $ticket['status'], 'ticket_updated_at' => $at]);

        return response()->noContent();
    }

    /** Settings of the help widget in the browser. */
    public function widget(): JsonResponse
    {
        return response()->json([
            'algolia' => ['app' => self::ALGOLIA_APP, 'key' => self::ALGOLIA_SEARCH_ONLY_KEY, 'index' => 'help_articles'],
            'locale' => app()->getLocale(),
        ]);
    }
}
