<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\DeployBranch;
use Psr\Log\LoggerInterface;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class GithubPushController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
        #[Autowire('%env(GITHUB_WEBHOOK_SECRET)%')]
        private readonly string $secret,
    ) {
    }

    #[Route('/hooks/github', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $payload = $request->getContent();
        $expected = 'sha256=' . hash_hmac('sha256', $payload, $this->secret);

        if ($request->headers->get('X-Hub-Signature-256') !== $expected) {
            $this->logger->warning('github hook with a wrong signature', ['ip' => $request->getClientIp()]);

            return new Response('', Response::HTTP_UNAUTHORIZED);
        }

        if ($request->headers->get('X-GitHub-Event') !== 'push') {
            return new Response('', Response::HTTP_NO_CONTENT);
        }

        $push = json_decode($payload, true);
        if (!is_array($push) || !is_string($push['ref'] ?? null) || !is_string($push['after'] ?? null)) {
            return new Response('unexpected payload', Response::HTTP_BAD_REQUEST);
        }

        if ($push['ref'] === 'refs/heads/main') {
            // the handler does nothing when this commit is already live
            $this->bus->dispatch(new DeployBranch('main', $push['after']));
        }

        return new Response('', Response::HTTP_ACCEPTED);
    }
}
