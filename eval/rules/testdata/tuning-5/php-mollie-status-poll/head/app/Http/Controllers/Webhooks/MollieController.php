<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Jobs\RefreshMolliePayment;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

final class MollieController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $id = $request->string('id')->toString();
        if (preg_match('/^tr_[A-Za-z0-9]{6,32}$/', $id) !== 1) {
            return response('', 400);
        }

        RefreshMolliePayment::dispatch($id);

        return response('', 200);
    }
}
