<?php

namespace App\Http\Controllers\Hooks;

use App\Http\Controllers\Controller;
use App\Jobs\RebuildDocs;
use App\Models\GithubDelivery;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

class GithubController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $guid = (string) $request->header('X-GitHub-Delivery');
        if ($guid === '' || $request->header('X-GitHub-Event') !== 'push') {
            return response()->noContent();
        }

        DB::transaction(function () use ($guid, $request) {
            if (GithubDelivery::query()->insertOrIgnore(['guid' => $guid]) === 1) {
                RebuildDocs::dispatch((string) $request->json('repository.full_name'))->afterCommit();
            }
        });

        return response()->noContent(202);
    }
}
