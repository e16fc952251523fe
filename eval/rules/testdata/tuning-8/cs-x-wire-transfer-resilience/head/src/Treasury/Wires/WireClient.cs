using System.Globalization;
using System.Net.Http.Json;

namespace Treasury.Wires;

public sealed class WireClient
{
    private readonly HttpClient _http;

    public WireClient(HttpClient http) => _http = http;

    public async Task<string> SendAsync(Wire wire, CancellationToken ct)
    {
        var body = new
        {
            beneficiary = new { name = wire.Beneficiary, account = wire.Account, bic = wire.Bic },
            amount = wire.Amount.ToString("0.00", CultureInfo.InvariantCulture),
            currency = wire.Currency,
            valueDate = wire.ValueDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        using var response = await _http.PostAsJsonAsync("wires", body, ct);
        response.EnsureSuccessStatusCode();
        var created = await response.Content.ReadFromJsonAsync<WireCreated>(ct);
        return created?.WireId ?? throw new InvalidDataException("bank answered without a wire id");
    }
}
