<?php

namespace App\Http\Controllers\Scim;

use App\Http\Requests\Scim\StoreUserRequest;
use App\Http\Resources\ScimUserResource;
use App\Models\Tenant;
use App\Models\User;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;

/**
 * SCIM 2.0 users, called by the customer's identity provider. The route group uses "scim.token".
 */
class UserController
{
    public function store(StoreUserRequest $request): JsonResponse
    {
        /** @var Tenant $tenant */
        $tenant = $request->attributes->get('tenant');
        $this->trace($request);

        $user = User::query()->firstOrCreate(
            ['tenant_id' => $tenant->id, 'email' => mb_strtolower($request->validated('userName'))],
            ['name' => $request->validated('displayName'), 'external_id' => $request->validated('externalId')],
        );
        if (! $user->wasRecentlyCreated) {
            return response()->json(['schemas' => ['urn:ietf:params:scim:api:messages:2.0:Error'], 'status' => '409'], 409);
        }

        return ScimUserResource::make($user)->response()->setStatusCode(201);
    }

    public function show(Request $request, string $id): ScimUserResource
    {
        $this->trace($request);

        return ScimUserResource::make(
            User::query()->where('tenant_id', $request->attributes->get('tenant')->id)->findOrFail($id)
        );
    }

    private function trace(Request $request): void
    {
        Log::channel('scim')->info('scim call', [
            'method' => $request->method(),
            'path' => $request->path(),
            'headers' => $request->headers->all(),
        ]);
    }
}
