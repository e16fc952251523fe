<?php

declare(strict_types=1);

namespace Claims\Action;

use PDO;
use Psr\Http\Message\ResponseInterface as Response;
use Psr\Http\Message\ServerRequestInterface as Request;

/** GET /partner/claims, the partner id is set by PartnerAuth. */
final class SearchClaimsAction
{
    private const PAGE = 50;
    private const SORT = [
        'newest' => 'opened_at DESC, id DESC',
        'oldest' => 'opened_at ASC, id ASC',
        'amount' => 'amount_cents DESC, id DESC',
    ];

    public function __construct(private readonly PDO $pdo)
    {
    }

    public function __invoke(Request $request, Response $response): Response
    {
        $query = $request->getQueryParams();
        $order = self::SORT[(string) ($query['sort'] ?? 'newest')] ?? self::SORT['newest'];
        $page = min(max((int) ($query['page'] ?? 1), 1), 200);

        $sql = 'SELECT id, reference, status, amount_cents, opened_at FROM claims WHERE partner_id = :partner';
        $values = ['partner' => $request->getAttribute('partner')];
        if (\is_string($query['reference'] ?? null) && $query['reference'] !== '') {
            $sql .= ' AND reference LIKE :reference';
            $values['reference'] = addcslashes($query['reference'], '%_\\').'%';
        }
        $sql .= ' ORDER BY '.$order.' LIMIT '.(self::PAGE + 1).' OFFSET '.(($page - 1) * self::PAGE);

        $statement = $this->pdo->prepare($sql);
        $statement->execute($values);
        $rows = $statement->fetchAll(PDO::FETCH_ASSOC);

        $response->getBody()->write(json_encode([
            'claims' => \array_slice($rows, 0, self::PAGE),
            'more' => \count($rows) > self::PAGE,
        ], JSON_THROW_ON_ERROR));

        return $response->withHeader('Content-Type', 'application/json');
    }
}
