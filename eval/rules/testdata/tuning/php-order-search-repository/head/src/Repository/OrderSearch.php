<?php

declare(strict_types=1);

namespace App\Repository;

use PDO;

final class OrderSearch
{
    private const SORTABLE = [
        'placed' => 'o.placed_at',
        'total' => 'o.total_minor',
        'customer' => 'c.last_name',
    ];

    public function __construct(private readonly PDO $pdo)
    {
    }

    /**
     * @param array{term?: string, status?: list<string>, sort?: string, dir?: string, page?: int} $filter
     *
     * @return list<array<string, mixed>>
     */
    public function find(int $tenant, array $filter): array
    {
        $where = ['o.tenant_id = :tenant'];
        $params = ['tenant' => $tenant];

        if (($filter['term'] ?? '') !== '') {
            $where[] = '(o.number LIKE :number OR c.last_name LIKE :name)';
            $term = addcslashes($filter['term'], '%_\\') . '%';
            $params['number'] = $term;
            $params['name'] = $term;
        }
        $statuses = array_slice(array_values($filter['status'] ?? []), 0, 10);
        if ($statuses !== []) {
            $names = [];
            foreach ($statuses as $i => $status) {
                $names[] = ':status' . $i;
                $params['status' . $i] = $status;
            }
            $where[] = 'o.status IN (' . implode(', ', $names) . ')';
        }

        $column = self::SORTABLE[$filter['sort'] ?? 'placed'] ?? self::SORTABLE['placed'];
        $direction = ($filter['dir'] ?? 'desc') === 'asc' ? 'ASC' : 'DESC';
        $offset = max(0, (int) ($filter['page'] ?? 1) - 1) * 50;

        $statement = $this->pdo->prepare(
            'SELECT o.id, o.number, o.status, o.total_minor, c.last_name
               FROM orders o JOIN customers c ON c.id = o.customer_id
              WHERE ' . implode(' AND ', $where) . "
              ORDER BY {$column} {$direction}
              LIMIT 50 OFFSET {$offset}"
        );
        $statement->execute($params);

        return $statement->fetchAll(PDO::FETCH_ASSOC);
    }
}
