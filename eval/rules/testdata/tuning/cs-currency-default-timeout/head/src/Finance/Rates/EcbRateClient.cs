using System.Globalization;
using System.Xml.Linq;

namespace Finance.Rates;

/// <summary>Loads the daily reference rates; run once a night by RateImportJob.</summary>
public sealed class EcbRateClient
{
    private static readonly XNamespace Ns = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";

    private readonly HttpClient _http;

    public EcbRateClient(HttpClient http)
    {
        _http = http;
        _http.BaseAddress = new Uri("https://www.ecb.europa.eu/");
        _http.MaxResponseContentBufferSize = 1024 * 1024;
    }

    public async Task<DailyRates> LoadAsync(CancellationToken ct)
    {
        using var response = await _http.GetAsync("stats/eurofxref/eurofxref-daily.xml", ct);
        response.EnsureSuccessStatusCode();

        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var document = await XDocument.LoadAsync(stream, LoadOptions.None, ct);
        var day = document.Descendants(Ns + "Cube").FirstOrDefault(e => e.Attribute("time") is not null)
            ?? throw new RateFormatException("no dated section");

        var rates = day.Elements(Ns + "Cube").ToDictionary(
            e => (string?)e.Attribute("currency") ?? throw new RateFormatException("currency missing"),
            e => decimal.Parse((string?)e.Attribute("rate") ?? "", NumberStyles.Number, CultureInfo.InvariantCulture));
        if (rates.Count == 0)
        {
            throw new RateFormatException("no rates");
        }
        return new DailyRates(DateOnly.Parse(day.Attribute("time")!.Value, CultureInfo.InvariantCulture), rates);
    }
}
