using System.Text;

namespace Treasury.Import;

/// <summary>Reads the turnover export of the house bank (semicolon separated, German formats).</summary>
public sealed class BankCsvImporter
{
    private const int Columns = 6;

    private readonly ITurnoverStore _store;
    private readonly ILogger<BankCsvImporter> _logger;

    public BankCsvImporter(ITurnoverStore store, ILogger<BankCsvImporter> logger)
    {
        _store = store;
        _logger = logger;
    }

    public async Task<int> ImportAsync(string file, CancellationToken ct)
    {
        var turnovers = new List<Turnover>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, Encoding.Latin1, ct))
        {
            number++;
            if (number == 1 || line.Length == 0)
            {
                continue;
            }
            var cells = line.Split(';');
            if (cells.Length != Columns)
            {
                throw new FormatException($"line {number} has {cells.Length} columns instead of {Columns}");
            }
            turnovers.Add(new Turnover(
                Account: cells[0].Trim('"'),
                BookingDate: DateTime.Parse(cells[1].Trim('"')),
                Amount: decimal.Parse(cells[4].Trim('"')),
                Currency: cells[5].Trim('"'),
                Purpose: cells[3].Trim('"')));
        }
        var inserted = await _store.InsertNewAsync(turnovers, ct);
        _logger.LogInformation("{Inserted} of {Read} turnovers are new", inserted, turnovers.Count);
        return inserted;
    }
}
