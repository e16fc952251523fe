using System.Globalization;
using System.Text;

namespace Treasury.Import;

public static class DatevLineReader
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public static async IAsyncEnumerable<DatevBooking> ReadAsync(
        Stream content, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(content, Encoding.Latin1);
        for (var number = 1; await reader.ReadLineAsync(ct) is { } line; number++)
        {
            if (number <= 2 || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            var cells = line.Split(';');
            if (cells.Length < 14)
            {
                throw new DatevFormatException(number, "too few columns");
            }
            if (!decimal.TryParse(cells[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, German, out var amount))
            {
                throw new DatevFormatException(number, "amount");
            }
            if (!DateOnly.TryParseExact(cells[9], "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                throw new DatevFormatException(number, "document date");
            }
            var credit = cells[1].Trim('"') switch
            {
                "H" => true,
                "S" => false,
                var other => throw new DatevFormatException(number, $"debit/credit mark {other}"),
            };
            yield return new DatevBooking(amount, credit, cells[6].Trim('"'), cells[7].Trim('"'), day, cells[13].Trim('"'));
        }
    }
}
