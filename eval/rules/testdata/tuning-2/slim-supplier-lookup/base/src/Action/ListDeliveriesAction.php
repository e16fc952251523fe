<?php

declare(strict_types=1);

namespace Portal\Action;

use PDO;
use Psr\Http\Message\ResponseInterface as Response;
use Psr\Http\Message\ServerRequestInterface as Request;

/** GET /api/deliveries, behind ApiKeyMiddleware which sets the supplier attribute. */
final class ListDeliveriesAction
{
    private const PAGE = 100;

    public function __construct(private readonly PDO $pdo)
    {
    }

    public function __invoke(Request $request, Response $response): Response
    {
        $supplier = (int) $request->getAttribute('supplier');
        $query = $request->getQueryParams();
        $after = max(0, (int) ($query['after'] ?? 0));

        $statement = $this->pdo->prepare(
            "SELECT id, reference, status, expected_on
               FROM deliveries
              WHERE supplier_id = :supplier AND status = 'open' AND id > :after
              ORDER BY id
              LIMIT ".self::PAGE
        );
        $statement->execute(['supplier' => $supplier, 'after' => $after]);
        $rows = $statement->fetchAll(PDO::FETCH_ASSOC);

        $last = $rows === [] ? null : $rows[array_key_last($rows)]['id'];
        $response->getBody()->write(json_encode([
            'deliveries' => $rows,
            'next' => count($rows) === self::PAGE ? $last : null,
        ], JSON_THROW_ON_ERROR));

        return $response->withHeader('Content-Type', 'application/json');
    }
}
