<?php

declare(strict_types=1);

namespace App\Logging;

use Monolog\Attribute\AsMonologProcessor;
use Monolog\LogRecord;
use Monolog\Processor\ProcessorInterface;

#[AsMonologProcessor]
final class MaskSecretsProcessor implements ProcessorInterface
{
    private const MASK = '***';
    private const NAMES = '/(authorization|cookie|token|secret|passw|api[-_]?key|iban|pan$|cvc)/i';

    public function __invoke(LogRecord $record): LogRecord
    {
        return $record->with(context: $this->mask($record->context));
    }

    private function mask(array $values): array
    {
        foreach ($values as $name => $value) {
            if (is_string($name) && preg_match(self::NAMES, $name) === 1) {
                $values[$name] = self::MASK;
            } elseif (is_array($value)) {
                $values[$name] = $this->mask($value);
            }
        }

        return $values;
    }
}
