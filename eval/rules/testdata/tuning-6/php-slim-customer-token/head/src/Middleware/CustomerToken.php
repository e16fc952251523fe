<?php

declare(strict_types=1);

namespace Shop\Middleware;

use Psr\Http\Message\ResponseFactoryInterface;
use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\ServerRequestInterface;
use Psr\Http\Server\MiddlewareInterface;
use Psr\Http\Server\RequestHandlerInterface;
use Psr\Log\LoggerInterface;
use Shop\Repository\CustomerRepository;

final class CustomerToken implements MiddlewareInterface
{
    private const ISSUER = 'https://id.weinhandel-moser.example';

    public function __construct(
        private readonly CustomerRepository $customers,
        private readonly ResponseFactoryInterface $responses,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function process(ServerRequestInterface $request, RequestHandlerInterface $handler): ResponseInterface
    {
        if (!preg_match('/^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/', $request->getHeaderLine('Authorization'), $match)) {
            return $this->unauthorized();
        }

        [, $payload] = explode('.', $match[1]);
        $claims = json_decode((string) base64_decode(strtr($payload, '-_', '+/')), true);
        if (!is_array($claims) || ($claims['iss'] ?? null) !== self::ISSUER || ($claims['aud'] ?? null) !== 'shop-api') {
            return $this->unauthorized();
        }
        if (($claims['exp'] ?? 0) < time()) {
            return $this->unauthorized();
        }

        $customer = $this->customers->findByNumber((string) ($claims['sub'] ?? ''));
        if ($customer === null) {
            $this->logger->notice('token of an unknown customer');
            return $this->unauthorized();
        }

        return $handler->handle($request->withAttribute('customer', $customer));
    }

    private function unauthorized(): ResponseInterface
    {
        return $this->responses->createResponse(401)->withHeader('WWW-Authenticate', 'Bearer');
    }
}
