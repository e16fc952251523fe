using System.Net;
using System.Net.Http.Json;

namespace Customs.Tariffs;

public sealed class TariffClient : ITariffClient
{
    private readonly HttpClient _http;

    public TariffClient(HttpClient http) => _http = http;

    public async Task<Tariff?> FindAsync(string commodityCode, string origin, CancellationToken ct)
    {
        var path = $"v2/tariffs/{Uri.EscapeDataString(commodityCode)}?origin={Uri.EscapeDataString(origin)}";
        using var response = await _http.GetAsync(path, ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Tariff>(ct)
            ?? throw new InvalidDataException($"empty tariff for {commodityCode}");
    }
}
