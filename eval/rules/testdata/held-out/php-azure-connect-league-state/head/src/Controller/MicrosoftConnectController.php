<?php

declare(strict_types=1);

namespace App\Controller;

use App\Entity\User;
use App\Mailbox\MailboxLinks;
use League\OAuth2\Client\Provider\AbstractProvider;
use League\OAuth2\Client\Provider\Exception\IdentityProviderException;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\Security\Http\Attribute\CurrentUser;

#[Route('/mailbox/microsoft')]
final class MicrosoftConnectController
{
    public function __construct(
        /** services.yaml: timeout 10, pkceMethod S256 */
        private readonly AbstractProvider $microsoftProvider,
        private readonly MailboxLinks $links,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/connect', methods: ['GET'])]
    public function connect(Request $request): RedirectResponse
    {
        $url = $this->microsoftProvider->getAuthorizationUrl(['scope' => ['offline_access', 'Mail.Read']]);
        $request->getSession()->set('ms_connect', [
            'state' => $this->microsoftProvider->getState(),
            'pkce' => $this->microsoftProvider->getPkceCode(),
        ]);

        return new RedirectResponse($url);
    }

    #[Route('/callback', methods: ['GET'])]
    public function callback(Request $request, #[CurrentUser] User $user): Response
    {
        $pending = $request->getSession()->remove('ms_connect');
        $state = $request->query->getString('state');
        if (!is_array($pending) || $state === '' || !hash_equals($pending['state'], $state)) {
            return new Response('This link is no longer valid.', Response::HTTP_BAD_REQUEST);
        }

        try {
            $this->microsoftProvider->setPkceCode($pending['pkce']);
            $token = $this->microsoftProvider->getAccessToken('authorization_code', [
                'code' => $request->query->getString('code'),
            ]);
        } catch (IdentityProviderException $e) {
            $this->logger->warning('code exchange refused', ['error' => $e->getMessage(), 'user' => $user->getId()]);

            return new Response('Microsoft refused the connection.', Response::HTTP_BAD_GATEWAY);
        }
        $this->links->storeEncrypted($user, $token);

        return new RedirectResponse('/settings/mailbox');
    }
}
