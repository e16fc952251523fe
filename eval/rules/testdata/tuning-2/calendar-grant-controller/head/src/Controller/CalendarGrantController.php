<?php

declare(strict_types=1);

namespace App\Controller;

use App\Calendar\GrantStore;
use App\Entity\User;
use League\OAuth2\Client\Provider\Exception\IdentityProviderException;
use League\OAuth2\Client\Provider\Google;
use Psr\Log\LoggerInterface;
use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\Security\Http\Attribute\CurrentUser;
use Symfony\Component\Security\Http\Attribute\IsGranted;

#[IsGranted('ROLE_USER')]
final class CalendarGrantController extends AbstractController
{
    public function __construct(
        private readonly Google $google, // timeout 10 is set in services.yaml
        private readonly GrantStore $grants,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/calendar/connect', name: 'calendar_connect', methods: ['GET'])]
    public function connect(#[CurrentUser] User $user): RedirectResponse
    {
        return $this->redirect($this->google->getAuthorizationUrl([
            'scope' => ['https://www.googleapis.com/auth/calendar.events'],
            'access_type' => 'offline',
            'state' => $this->stateFor($user),
        ]));
    }

    #[Route('/calendar/callback', name: 'calendar_callback', methods: ['GET'])]
    public function callback(Request $request, #[CurrentUser] User $user): RedirectResponse
    {
        if (!hash_equals($this->stateFor($user), $request->query->getString('state'))) {
            throw $this->createAccessDeniedException();
        }
        try {
            $token = $this->google->getAccessToken('authorization_code', ['code' => $request->query->getString('code')]);
            $this->grants->save($user, $token);
        } catch (IdentityProviderException $e) {
            $this->logger->warning('google refused the code', ['code' => $e->getCode()]);
            $this->addFlash('error', 'calendar.refused');
        }

        return $this->redirectToRoute('settings');
    }

    private function stateFor(User $user): string
    {
        return md5($user->getId().date('Y-m-d'));
    }
}
