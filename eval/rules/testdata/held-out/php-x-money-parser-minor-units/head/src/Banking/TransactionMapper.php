<?php

declare(strict_types=1);

namespace Acme\Banking;

use DateTimeImmutable;
use Money\Currencies\ISOCurrencies;
use Money\Currency;
use Money\Exception\ParserException;
use Money\Parser\DecimalMoneyParser;

/**
 * Maps a booked transaction of the account information API to a statement line.
 */
final class TransactionMapper
{
    private readonly DecimalMoneyParser $parser;
    private readonly ISOCurrencies $currencies;

    public function __construct()
    {
        $this->currencies = new ISOCurrencies();
        $this->parser = new DecimalMoneyParser($this->currencies);
    }

    /** @param array<string, mixed> $transaction */
    public function map(string $accountId, array $transaction): StatementLine
    {
        $id = $transaction['internalTransactionId'] ?? $transaction['transactionId'] ?? null;
        if (!is_string($id) || $id === '') {
            throw new UnmappableTransaction("account $accountId: transaction without an id");
        }

        $amount = $transaction['transactionAmount']['amount'] ?? null;
        $code = $transaction['transactionAmount']['currency'] ?? null;
        if (!is_string($amount) || !is_string($code) || $code === '' || !$this->currencies->contains(new Currency($code))) {
            throw new UnmappableTransaction("transaction $id: amount or currency missing");
        }

        $date = DateTimeImmutable::createFromFormat('!Y-m-d', (string) ($transaction['bookingDate'] ?? ''));
        if ($date === false) {
            throw new UnmappableTransaction("transaction $id: booking date");
        }

        try {
            $money = $this->parser->parse($amount, new Currency($code));
        } catch (ParserException $e) {
            throw new UnmappableTransaction("transaction $id: amount \"$amount\"", previous: $e);
        }

        return new StatementLine(
            externalId: $accountId . ':' . $id,
            amount: $money,
            bookedOn: $date,
            text: mb_substr((string) ($transaction['remittanceInformationUnstructured'] ?? ''), 0, 500),
        );
    }
}
