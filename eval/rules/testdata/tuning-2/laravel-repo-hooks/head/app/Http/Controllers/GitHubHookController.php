<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\GitHubDelivery;
use Illuminate\Database\UniqueConstraintViolationException;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

final class GitHubHookController extends Controller
{
    private const EVENTS = ['push', 'pull_request'];

    /** ProcessDeliveries works the table off every minute. */
    public function __invoke(Request $request): Response
    {
        $event = (string) $request->header('X-GitHub-Event');
        $id = (string) $request->header('X-GitHub-Delivery');
        abort_unless(preg_match('/^[0-9a-f-]{36}$/', $id) === 1, 400);
        if (! in_array($event, self::EVENTS, true)) {
            return response()->noContent();
        }

        try {
            GitHubDelivery::query()->insert([
                'id' => $id,
                'event' => $event,
                'body' => $request->getContent(),
                'received_at' => now(),
            ]);
        } catch (UniqueConstraintViolationException) {
            // delivered again, the first row counts
        }

        return response()->noContent(202);
    }
}
