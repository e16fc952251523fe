<?php

declare(strict_types=1);

namespace App\Repository;

use Doctrine\DBAL\ArrayParameterType;
use Doctrine\DBAL\Connection;
use Doctrine\DBAL\ParameterType;

final class ConsignmentSearch
{
    private const SORT = [
        'newest' => 'c.created_at DESC, c.id DESC',
        'weight' => 'c.weight_grams DESC, c.id DESC',
        'reference' => 'c.reference ASC, c.id ASC',
    ];

    public function __construct(private readonly Connection $db)
    {
    }

    /**
     * @param list<string> $statuses
     * @return list<array<string, mixed>>
     */
    public function find(int $partnerId, array $statuses, string $text, string $sort, int $page): array
    {
        $order = self::SORT[$sort] ?? self::SORT['newest'];
        $sql = 'SELECT c.id, c.reference, c.status, c.weight_grams FROM consignment c WHERE c.partner_id = :partner';
        $params = ['partner' => $partnerId];
        $types = ['partner' => ParameterType::INTEGER];

        if ($statuses !== []) {
            $sql .= ' AND c.status IN (:statuses)';
            $params['statuses'] = $statuses;
            $types['statuses'] = ArrayParameterType::STRING;
        }
        if ($text !== '') {
            $sql .= ' AND c.reference LIKE :text';
            $params['text'] = addcslashes($text, '%_\\') . '%';
        }
        $sql .= " ORDER BY $order LIMIT 50 OFFSET " . 50 * max(0, min($page, 200) - 1);

        return $this->db->fetchAllAssociative($sql, $params, $types);
    }
}
