<?php

declare(strict_types=1);

namespace Acme\Accounting\Lexoffice;

use Acme\Accounting\Model\OpenItem;
use DateTimeImmutable;
use InvalidArgumentException;

/**
 * Maps an entry of GET /v1/voucherlist to an open item of the dunning run.
 */
final class VoucherMapper
{
    private const TYPES = ['salesinvoice' => 'receivable', 'invoice' => 'receivable', 'purchaseinvoice' => 'payable'];

    /**
     * @param array<string, mixed> $voucher
     */
    public function toOpenItem(array $voucher): OpenItem
    {
        foreach (['id', 'voucherType', 'voucherNumber', 'currency', 'voucherDate'] as $key) {
            if (!isset($voucher[$key]) || !is_string($voucher[$key])) {
                throw new InvalidArgumentException("voucher without $key");
            }
        }
        if ($voucher['currency'] !== 'EUR') {
            throw new InvalidArgumentException("voucher {$voucher['id']}: currency {$voucher['currency']}");
        }
        if (!is_numeric($voucher['openAmount'] ?? null)) {
            throw new InvalidArgumentException("voucher {$voucher['id']}: openAmount missing");
        }

        return new OpenItem(
            externalId: $voucher['id'],
            kind: self::TYPES[$voucher['voucherType']] ?? throw new InvalidArgumentException("voucher type {$voucher['voucherType']}"),
            number: $voucher['voucherNumber'],
            cents: (int) round($voucher['openAmount'] * 100),
            date: new DateTimeImmutable($voucher['voucherDate']),
            dueDate: isset($voucher['dueDate']) ? new DateTimeImmutable($voucher['dueDate']) : null,
        );
    }
}
