using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Ledger.Import.NetSuite;

public sealed class VendorBillReader
{
    private const string Sql =
        "SELECT id, tranid, entity, trandate, foreigntotal, currency FROM transaction WHERE type = 'VendBill' ORDER BY id";

    private readonly HttpClient _http;
    private readonly ILogger<VendorBillReader> _logger;

    public VendorBillReader(HttpClient http, ILogger<VendorBillReader> logger)
    {
        _http = http;
        _http.Timeout = TimeSpan.FromSeconds(60);
        _logger = logger;
    }

    public async Task<IReadOnlyList<VendorBillRow>> ReadAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "services/rest/query/v1/suiteql?limit=1000")
        {
            Content = JsonContent.Create(new { q = Sql }),
        };
        request.Headers.Add("Prefer", "transient");

        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();

        var result = await response.Content.ReadFromJsonAsync<SuiteQlResult>(ct)
            ?? throw new InvalidDataException("empty SuiteQL answer");
        _logger.LogInformation("{Count} vendor bills read", result.Items.Count);
        return result.Items;
    }

    private sealed record SuiteQlResult(
        [property: JsonPropertyName("items")] IReadOnlyList<VendorBillRow> Items,
        [property: JsonPropertyName("hasMore")] bool HasMore,
        [property: JsonPropertyName("totalResults")] int TotalResults);
}
