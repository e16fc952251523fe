using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Ledger.Import.NetSuite;

public sealed class PurchaseOrderReader
{
    private const int PageSize = 1000;
    private const string Sql = "SELECT id, tranid, entity, trandate, foreigntotal FROM transaction WHERE type = 'PurchOrd' ORDER BY id";

    private readonly HttpClient _http;

    public PurchaseOrderReader(HttpClient http)
    {
        _http = http;
        _http.Timeout = TimeSpan.FromSeconds(90);
    }

    public async IAsyncEnumerable<PurchaseOrderRow> ReadAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        var offset = 0;
        Page page;
        do
        {
            page = await LoadAsync(offset, ct);
            foreach (var row in page.Items)
            {
                yield return row;
            }
            offset += PageSize;
        }
        while (page.HasMore);
    }

    private async Task<Page> LoadAsync(int offset, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"services/rest/query/v1/suiteql?limit={PageSize}&offset={offset}");
        request.Headers.Add("Prefer", "transient");
        request.Content = JsonContent.Create(new { q = Sql });

        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Page>(ct) ?? throw new InvalidDataException("empty page");
    }

    private sealed record Page(
        [property: JsonPropertyName("items")] IReadOnlyList<PurchaseOrderRow> Items,
        [property: JsonPropertyName("hasMore")] bool HasMore);
}
